import { type CacheCluster, DeleteCacheClusterCommand, ElastiCacheClient } from "@aws-sdk/client-elasticache";
import type { Removal } from "../contract.ts";

/** One that is in a replication group goes with that; these are the others. */
export const removal: Removal = {
  inspect({ state, configuration }) {
    const words = state ?? "in an unknown state";
    if (state === "deleting") return { leaving: true, words };
    const isMemcached = (configuration as CacheCluster).Engine === "memcached";
    return { words, ...(isMemcached ? { loses: ["everything that is in it: Memcached has no snapshots"] } : {}) };
  },

  async remove(scope, { id, state, configuration }, finalSnapshot) {
    if (state === "deleting") return;
    // Memcached refuses to be asked for one.
    const copies = finalSnapshot !== undefined && (configuration as CacheCluster).Engine !== "memcached";
    const snapshot = copies ? { FinalSnapshotIdentifier: finalSnapshot } : {};
    await scope.writer(ElastiCacheClient).send(new DeleteCacheClusterCommand({ CacheClusterId: id, ...snapshot }));
  },
};
