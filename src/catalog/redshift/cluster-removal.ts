import { DeleteClusterCommand, RedshiftClient } from "@aws-sdk/client-redshift";
import type { Found, Removal } from "../contract.ts";

/** Source: Redshift API reference, Cluster, ClusterStatus. */
const isLeaving = ({ state }: Found) => state === "deleting" || state === "final-snapshot";

export const removal: Removal = {
  inspect(found) {
    const words = found.state ?? "in an unknown state";
    return isLeaving(found) ? { leaving: true, words } : { words };
  },

  async remove(scope, found, finalSnapshot) {
    if (isLeaving(found)) return;
    const command = new DeleteClusterCommand({
      ClusterIdentifier: found.id,
      ...(finalSnapshot ? { FinalClusterSnapshotIdentifier: finalSnapshot } : { SkipFinalClusterSnapshot: true }),
    });
    await scope.writer(RedshiftClient).send(command);
  },
};
