import {
  CreateCacheClusterCommand,
  CreateReplicationGroupCommand,
  DescribeCacheClustersCommand,
  DescribeSnapshotsCommand,
  ElastiCacheClient,
} from "@aws-sdk/client-elasticache";
import { describe, expect, it } from "vitest";
import { type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { memoryStore } from "../../../tests/contract/memory-store.ts";
import { planOf, removalSuite } from "../../../tests/contract/removal-suite.ts";
import { memoryHost } from "../../io/memory.ts";
import { executeRemoval } from "../../verbs/removal/execute.ts";
import type { ReadScope } from "../contract.ts";
import groupEntry from "./replication-group.ts";

const CLUSTER = "AWS::ElastiCache::CacheCluster";
const GROUP = "AWS::ElastiCache::ReplicationGroup";

/** All that was begun has happened by then. */
const SETTLED_MS = 3_600_000;

async function clusters({ send, twin }: TestAccount, Engine = "redis"): Promise<string> {
  for (const CacheClusterId of ["pages", "other"])
    await send(ElastiCacheClient, new CreateCacheClusterCommand({ CacheClusterId, Engine }));
  await twin.clock.sleep(SETTLED_MS);
  return "pages";
}

async function groups({ send, twin }: TestAccount): Promise<string> {
  const settings = { ReplicationGroupDescription: "sessions", NumCacheClusters: 2 };
  for (const ReplicationGroupId of ["sessions", "other"])
    await send(ElastiCacheClient, new CreateReplicationGroupCommand({ ReplicationGroupId, ...settings }));
  await twin.clock.sleep(SETTLED_MS);
  return "sessions";
}

const unusedActions = { "elasticache:CreateSnapshot": "ElastiCache makes the final snapshot, in the caller's name" };

removalSuite(CLUSTER, { seed: (account) => clusters(account), unusedActions });
removalSuite(GROUP, { seed: groups, unusedActions });

describe("the removal of a cache", () => {
  function contextOf({ connection, twin }: TestAccount) {
    const { signal } = new AbortController();
    return { connection, host: memoryHost(), clock: twin.clock, signal, store: memoryStore() };
  }
  const snapshots = async ({ send }: TestAccount) =>
    (await send(ElastiCacheClient, new DescribeSnapshotsCommand({}))).Snapshots ?? [];

  it("takes a final snapshot of Redis, and asks none of Memcached, which has none", async () => {
    for (const [engine, taken] of [
      ["redis", 1],
      ["memcached", 0],
    ] as const) {
      const account = await testAccount();
      const context = contextOf(account);
      const plan = await planOf(context, CLUSTER, [await clusters(account, engine)]);
      const { outcomes } = await executeRemoval(context, plan);

      expect([...outcomes.values()].map(({ kind }) => kind)).toEqual(["applied"]);
      expect(await snapshots(account)).toHaveLength(taken);
    }
  });

  it("takes a replication group with its members and no other's, and one snapshot of it", async () => {
    const account = await testAccount();
    const context = contextOf(account);
    const plan = await planOf(context, GROUP, [await groups(account)]);
    await executeRemoval(context, plan);
    const { CacheClusters } = await account.send(ElastiCacheClient, new DescribeCacheClustersCommand({}));

    expect(CacheClusters?.map(({ ReplicationGroupId }) => ReplicationGroupId)).toEqual(["other", "other"]);
    expect(await snapshots(account)).toMatchObject([{ ReplicationGroupId: "sessions" }]);
  });

  it("never takes a member out of a group that stays", async () => {
    const account = await testAccount();
    await groups(account);
    const plan = await planOf(contextOf(account), CLUSTER, ["sessions-001", "sessions-002"]);

    expect(plan.steps).toEqual([]);
    const stays = { reason: expect.stringMatching(/belongs to/) };
    expect(plan.kept).toMatchObject([stays, stays]);
  });

  it("keeps a member of a global datastore", () => {
    const configuration = { GlobalReplicationGroupInfo: { GlobalReplicationGroupId: "world" } };
    const found = { id: "sessions", state: "available", tags: {}, configuration };
    expect(groupEntry.removal.inspect(found, undefined as never as ReadScope)).toMatchObject({
      refuses: expect.stringMatching(/global datastore world/),
    });
  });
});
