import type { DescribeSecretResponse } from "@aws-sdk/client-secrets-manager";
import { AwsFault, type Call, type Stored, type Table } from "../../service.ts";

export interface Row {
  readonly secret: Stored<DescribeSecretResponse>;
  /** Values by version id. */
  readonly values: Record<string, string>;
  policy?: string;
}

export const secrets = (call: Call): Table<Row> => call.table<Row>("secretsmanager.secret");

export function notFound(): AwsFault {
  return new AwsFault("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
}

/** A secret by name or ARN, with or without the six characters at its end. */
export function named(call: Call, id = ""): Row {
  const all = secrets(call).all();
  const row = all.find(({ secret }) => id === secret.Name || id === secret.ARN || secret.ARN?.slice(0, -7) === id);
  if (!row) throw notFound();
  // What was to be deleted by now is gone.
  if (row.secret.DeletedDate && row.secret.DeletedDate <= call.now()) {
    secrets(call).delete(row.secret.Name ?? "");
    throw notFound();
  }
  return row;
}

/** A secret that is not waiting for its deletion. */
export function usable(call: Call, id: string | undefined): Row {
  const row = named(call, id);
  if (row.secret.DeletedDate)
    throw new AwsFault(
      "InvalidRequestException",
      "You can't perform this operation on the secret because it was marked for deletion.",
    );
  return row;
}

export function touch({ secret }: Row, call: Call): void {
  secret.LastChangedDate = call.now();
}

/** Makes a version the current one and the one before it the previous. */
export function addVersion(row: Row, value: string, call: Call): string {
  const id = call.uuid();
  const stages = Object.entries(row.secret.VersionIdsToStages ?? {});
  const current = stages.find(([, names]) => (names ?? []).includes("AWSCURRENT"));
  row.secret.VersionIdsToStages = {
    ...(current ? { [current[0]]: ["AWSPREVIOUS"] } : {}),
    [id]: ["AWSCURRENT"],
  } as never;
  row.values[id] = value;
  touch(row, call);
  return id;
}

export function answer({ secret }: Row) {
  return { ARN: secret.ARN, Name: secret.Name };
}

export const givenValue = (input: { SecretString?: string | undefined; SecretBinary?: unknown }): string | undefined =>
  input.SecretString ?? (input.SecretBinary === undefined ? undefined : String(input.SecretBinary));
