import {
  DeleteSecretCommand,
  DescribeSecretCommand,
  type DescribeSecretResponse,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { isError } from "../../model/errors.ts";
import type { Found, ReadScope, Removal, RemovalState, WriteScope } from "../contract.ts";

/** The longest that AWS gives to change one's mind. Source: Secrets Manager API reference, DeleteSecret. */
const WINDOW_DAYS = 30;

function inspect({ arn, configuration }: Found, scope: ReadScope): RemovalState {
  const { OwningService, PrimaryRegion, ReplicationStatus = [] } = configuration as DescribeSecretResponse;
  const identity = { ARN: arn ?? null };
  if (OwningService) return { identity, refuses: `${OwningService} made it, and deletes it with what it is for` };
  if (PrimaryRegion && PrimaryRegion !== scope.region)
    return { identity, refuses: `it is a replica of the secret in ${PrimaryRegion}, where its replication is ended` };
  const regions = ReplicationStatus.map(({ Region }) => Region);
  if (regions.length > 0)
    return { identity, refuses: `it has replicas in ${regions.join(", ")}: end its replication there first` };
  return { identity };
}

/** A second call is refused, as every other is, because the first has marked it. */
async function schedule(scope: WriteScope, { id, arn }: Found): Promise<void> {
  // By its ARN: the name may be another one's meanwhile.
  const SecretId = arn ?? id;
  try {
    await scope
      .writer(SecretsManagerClient)
      .send(new DeleteSecretCommand({ SecretId, RecoveryWindowInDays: WINDOW_DAYS }));
  } catch (error) {
    if (!isError(error, "AWS_REFUSED")) throw error;
    const secret = await scope.client(SecretsManagerClient).send(new DescribeSecretCommand({ SecretId }));
    if (!secret.DeletedDate) throw error;
  }
}

export const removal: Removal = { inspect, remove: schedule };
