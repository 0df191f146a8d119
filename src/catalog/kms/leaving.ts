import type { KeyMetadata } from "@aws-sdk/client-kms";

/**
 * Whether its deletion is scheduled. Nobody can use such a key, it costs nothing, and it goes by itself: it counts as gone,
 * as a secret that waits for its deletion does. Source: KMS developer guide, "Key states of AWS KMS keys".
 */
export function isLeaving(key: KeyMetadata | undefined): boolean {
  return key?.KeyState === "PendingDeletion" || key?.KeyState === "PendingReplicaDeletion";
}
