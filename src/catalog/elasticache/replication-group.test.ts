import {
  CreateReplicationGroupCommand,
  DeleteReplicationGroupCommand,
  ElastiCacheClient,
  ModifyReplicationGroupCommand,
} from "@aws-sdk/client-elasticache";
import { contractSuite } from "../../../tests/contract/suite.ts";

/** ElastiCache's smallest page is twenty. */
const IDS = Array.from({ length: 21 }, (_, index) => `sessions-${String(index).padStart(2, "0")}`);

contractSuite("AWS::ElastiCache::ReplicationGroup", {
  seed: async ({ send, twin }) => {
    const settings = { ReplicationGroupDescription: "sessions", CacheNodeType: "cache.r7g.large", NumCacheClusters: 2 };
    const Tags = [{ Key: "team", Value: "shop" }];
    for (const ReplicationGroupId of IDS)
      await send(ElastiCacheClient, new CreateReplicationGroupCommand({ ReplicationGroupId, ...settings, Tags }));
    await twin.clock.sleep(3_600_000);
    return IDS;
  },
  remove: async ({ send, twin }, ReplicationGroupId) => {
    await send(ElastiCacheClient, new DeleteReplicationGroupCommand({ ReplicationGroupId }));
    await twin.clock.sleep(3_600_000);
  },
  change: ({ send }, ReplicationGroupId) =>
    send(ElastiCacheClient, new ModifyReplicationGroupCommand({ ReplicationGroupId, SnapshotRetentionLimit: 7 })),
});
