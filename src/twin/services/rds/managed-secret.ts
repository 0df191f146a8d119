import type { MasterUserSecret } from "@aws-sdk/client-rds";
import type { Call, Stored } from "../../service.ts";
import { secrets } from "../secretsmanager/secrets.ts";

interface WithSecret {
  MasterUserSecret?: Stored<MasterUserSecret> | undefined;
}

/** The secret that RDS makes where it is to manage the master password. Source: RDS user guide, "Password management with RDS and AWS Secrets Manager". */
export function managedSecret(
  call: Call,
  input: { ManageMasterUserPassword?: boolean | undefined },
  id: string,
): WithSecret {
  if (!input.ManageMasterUserPassword) return {};
  const Name = `rds!${id}-${call.uuid()}`;
  const SecretArn = call.arn("secretsmanager", `secret:${Name}-${call.id("", 6)}`);
  const dates = { CreatedDate: call.now(), LastChangedDate: call.now() };
  const secret = { Name, ARN: SecretArn, OwningService: "rds", Tags: [], ...dates };
  secrets(call).put(Name, { secret, values: {} });
  return { MasterUserSecret: { SecretArn, SecretStatus: "active" } };
}

/** RDS deletes its secret with what it is of. */
export function dropSecret(call: Call, { MasterUserSecret: managed }: WithSecret): void {
  const row = secrets(call)
    .all()
    .find(({ secret }) => secret.ARN === managed?.SecretArn);
  if (row) secrets(call).delete(row.secret.Name ?? "");
}
