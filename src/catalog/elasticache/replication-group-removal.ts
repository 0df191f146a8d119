import { DeleteReplicationGroupCommand, ElastiCacheClient, type ReplicationGroup } from "@aws-sdk/client-elasticache";
import type { Removal } from "../contract.ts";

export const removal: Removal = {
  inspect({ state, configuration }) {
    const words = state ?? "in an unknown state";
    if (state === "deleting") return { leaving: true, words };
    const { GlobalReplicationGroupInfo: global } = configuration as ReplicationGroup;
    if (!global?.GlobalReplicationGroupId) return { words };
    return { refuses: `it is in global datastore ${global.GlobalReplicationGroupId}, which it must leave first` };
  },

  async remove(scope, { id, state }, finalSnapshot) {
    if (state === "deleting") return;
    const snapshot = finalSnapshot ? { FinalSnapshotIdentifier: finalSnapshot } : {};
    // With all of its members, the primary among them.
    const command = new DeleteReplicationGroupCommand({
      ReplicationGroupId: id,
      RetainPrimaryCluster: false,
      ...snapshot,
    });
    await scope.writer(ElastiCacheClient).send(command);
  },
};
