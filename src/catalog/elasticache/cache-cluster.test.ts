import {
  CreateCacheClusterCommand,
  CreateReplicationGroupCommand,
  DeleteCacheClusterCommand,
  ElastiCacheClient,
  ModifyCacheClusterCommand,
} from "@aws-sdk/client-elasticache";
import { expect, it } from "vitest";
import { HERE, testAccount } from "../../../tests/contract/account.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { readScope } from "../scope.ts";
import entry from "./cache-cluster.ts";

/** ElastiCache's smallest page is twenty. */
const IDS = Array.from({ length: 21 }, (_, index) => `pages-${String(index).padStart(2, "0")}`);

contractSuite("AWS::ElastiCache::CacheCluster", {
  seed: async ({ send, twin }) => {
    const settings = { Engine: "memcached", CacheNodeType: "cache.t4g.small", NumCacheNodes: 2 };
    const Tags = [{ Key: "team", Value: "shop" }];
    for (const CacheClusterId of IDS)
      await send(ElastiCacheClient, new CreateCacheClusterCommand({ CacheClusterId, ...settings, Tags }));
    await twin.clock.sleep(3_600_000);
    return IDS;
  },
  remove: async ({ send, twin }, CacheClusterId) => {
    await send(ElastiCacheClient, new DeleteCacheClusterCommand({ CacheClusterId }));
    await twin.clock.sleep(3_600_000);
  },
  change: ({ send }, CacheClusterId) =>
    send(ElastiCacheClient, new ModifyCacheClusterCommand({ CacheClusterId, AutoMinorVersionUpgrade: false })),
});

it("lists the members of a replication group with the group that owns them, and their nodes", async () => {
  const account = await testAccount();
  const group = { ReplicationGroupId: "sessions", ReplicationGroupDescription: "sessions", NumCacheClusters: 2 };
  await account.send(ElastiCacheClient, new CreateReplicationGroupCommand(group));
  await account.twin.clock.sleep(3_600_000);
  const scope = readScope(account.connection, HERE, { signal: new AbortController().signal });

  expect(await entry.read(scope, "sessions-002")).toMatchObject({
    state: "available",
    configuration: { ReplicationGroupId: "sessions", CacheNodes: [{ CacheNodeId: "0001" }] },
  });
});
