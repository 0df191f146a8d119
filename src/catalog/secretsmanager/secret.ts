import {
  DescribeSecretCommand,
  type DescribeSecretResponse,
  GetResourcePolicyCommand,
  paginateListSecrets,
  type SecretListEntry,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { inParallel, orGone, parseDocument, readParts, tagsOf, unknownOf, without } from "../reading.ts";
import { charges } from "./secret-charges.ts";
import { removal } from "./secret-removal.ts";

/** Secrets that wait for their deletion are not listed: nobody can use them. */
async function* secrets(scope: ReadScope): AsyncGenerator<SecretListEntry> {
  const paging = { client: scope.client(SecretsManagerClient), pageSize: scope.pageSize(100) };
  for await (const page of paginateListSecrets(paging, {})) yield* page.SecretList ?? [];
}

/** A listed secret as DescribeSecret would tell it, but for its replicas. */
function asDescribed(secret: SecretListEntry): DescribeSecretResponse {
  return { ...without(secret, "SecretVersionsToStages"), VersionIdsToStages: secret.SecretVersionsToStages };
}

async function withPolicy(scope: ReadScope, secret: DescribeSecretResponse): Promise<Found> {
  const client = scope.client(SecretsManagerClient);
  const command = new GetResourcePolicyCommand({ SecretId: secret.ARN });
  const { values, unknown } = await readParts({
    ResourcePolicy: async () => parseDocument((await client.send(command)).ResourcePolicy),
  });
  return {
    id: secret.Name ?? "",
    arn: secret.ARN,
    createdAt: secret.CreatedDate,
    tags: tagsOf(secret.Tags),
    configuration: { ...without(secret, "Tags", "Name", "ARN", "CreatedDate"), ...values },
    ...unknownOf(unknown),
  };
}

/**
 * The listing lags up to five minutes behind and says nothing of replicas, so each secret is described; where that may
 * not be done, the listing counts.
 * @param listed undefined = it is asked for by name
 */
async function describe(scope: ReadScope, SecretId: string, listed?: SecretListEntry): Promise<Found | undefined> {
  const client = scope.client(SecretsManagerClient);
  const command = new DescribeSecretCommand({ SecretId });
  if (!listed) {
    const secret = without(await client.send(command), "$metadata");
    return secret.DeletedDate ? undefined : withPolicy(scope, secret);
  }
  const { values, unknown } = await readParts({ secret: async () => without(await client.send(command), "$metadata") });
  const { secret = asDescribed(listed) } = values;
  if (secret.DeletedDate) return undefined;
  const found = await withPolicy(scope, secret);
  const replicas = unknown.map((part) => ({ ...part, path: "ReplicationStatus" }));
  return { ...found, ...unknownOf(found.unknown, replicas) };
}

export default {
  list: (scope) => inParallel(secrets(scope), (secret) => orGone(describe(scope, secret.ARN ?? "", secret))),
  read: (scope, id) => orGone(describe(scope, id)),
  charges,
  removal,
} satisfies Entry;
