import { DescribeKeyCommand, type KeyMetadata, KMSClient, ScheduleKeyDeletionCommand } from "@aws-sdk/client-kms";
import { isError } from "../../model/errors.ts";
import type { Found, Removal, RemovalState, WriteScope } from "../contract.ts";
import { isLeaving } from "./leaving.ts";

/** The longest that AWS gives to change one's mind. Source: KMS API reference, ScheduleKeyDeletion. */
const WINDOW_DAYS = 30;

/** A primary key would only wait for its replicas, whose data keeps it alive in their regions. */
function replicasOf({ MultiRegionConfiguration: multi }: KeyMetadata): string[] {
  return multi?.MultiRegionKeyType === "PRIMARY" ? (multi.ReplicaKeys ?? []).map(({ Region = "" }) => Region) : [];
}

function inspect({ configuration, state }: Found): RemovalState {
  const key = configuration as KeyMetadata;
  if (key.KeyManager === "AWS") return { refuses: "it is a key of AWS's own, which can't be deleted" };
  if (!key.KeyManager) return { refuses: "nothing is known of it: its own policy keeps it from being described" };
  const replicas = replicasOf(key);
  if (replicas.length > 0)
    return {
      refuses: `its replicas in ${replicas.join(", ")} go first, and are there until their waiting time is over`,
    };
  return { words: state ?? "in an unknown state" };
}

/** A second call is refused by the state that the first has brought about. */
async function schedule(scope: WriteScope, KeyId: string): Promise<void> {
  const asked = { KeyId, PendingWindowInDays: WINDOW_DAYS };
  try {
    await scope.writer(KMSClient).send(new ScheduleKeyDeletionCommand(asked));
  } catch (error) {
    if (!isError(error, "AWS_REFUSED")) throw error;
    const { KeyMetadata } = await scope.client(KMSClient).send(new DescribeKeyCommand({ KeyId }));
    if (!isLeaving(KeyMetadata)) throw error;
  }
}

export const removal: Removal = { inspect, remove: (scope, { id }) => schedule(scope, id) };
