import { DeleteClusterCommand, RedshiftClient, ResumeClusterCommand } from "@aws-sdk/client-redshift";
import type { Found, Removal } from "../contract.ts";
import { stillBusy } from "../removing.ts";

/** Source: Redshift API reference, Cluster, ClusterStatus. */
const isLeaving = ({ state }: Found) => state === "deleting" || state === "final-snapshot";

/**
 * Redshift deletes no cluster that is paused, with a final snapshot or without. Source: its own refusal, `You can only delete
 * clusters with ACTIVE, INCOMPATIBLE_NETWORK, … lifecycle`.
 */
const AT_A_PAUSE: ReadonlySet<string> = new Set(["pausing", "paused", "resuming"]);

export const removal: Removal = {
  inspect(found) {
    const words = found.state ?? "in an unknown state";
    if (isLeaving(found)) return { leaving: true, words };
    return { words, ...(AT_A_PAUSE.has(words) ? { needs: ["resume"] } : {}) };
  },

  async prepare(scope, { id, state }) {
    if (state === "resuming") return;
    if (state === "pausing") throw stillBusy(`Redshift cluster ${id}`, state);
    await scope.writer(RedshiftClient).send(new ResumeClusterCommand({ ClusterIdentifier: id }));
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
