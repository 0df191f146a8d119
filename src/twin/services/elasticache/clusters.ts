import { depart } from "../../departing.ts";
import { arrive, forget, later } from "../../moving.ts";
import { AwsFault, type Call, type Operations, page } from "../../service.ts";
import { CLUSTER, type ClusterRow, clusters, createdCluster, groups, idOf } from "./rows.ts";
import { CHANGING_MS, CREATING_MS, DELETING_MS, given, PAGE } from "./shared.ts";
import { takeSnapshot } from "./snapshots.ts";

const moveOf = (id: string | undefined) => `elasticache.cluster/${id}`;

function asOfNow(row: ClusterRow, call: Call): ClusterRow {
  arrive(call, moveOf(row.cluster.CacheClusterId), row.cluster);
  return row;
}

function clusterNamed(call: Call, id: string | undefined): ClusterRow {
  const row = clusters(call).get(idOf(id));
  if (!row) throw new AwsFault("CacheClusterNotFound", `CacheCluster not found: ${id}`, 404);
  return asOfNow(row, call);
}

/** Makes a cluster, which takes minutes. */
export function putCluster(call: Call, row: ClusterRow): ClusterRow {
  const id = row.cluster.CacheClusterId ?? "";
  if (clusters(call).get(id)) throw new AwsFault("CacheClusterAlreadyExists", `Cache cluster ${id} already exists.`);
  later(call, moveOf(id), CREATING_MS, { CacheClusterStatus: "available" });
  return clusters(call).put(id, row);
}

/** Begins to delete one, which takes minutes. */
export function dropCluster(call: Call, id: string): void {
  const row = clusters(call).get(id);
  if (!row) return;
  forget(call, moveOf(id));
  row.cluster.CacheClusterStatus = "deleting";
  depart(call, CLUSTER, id, DELETING_MS);
}

function expectAvailable({ cluster }: ClusterRow): void {
  if (cluster.CacheClusterStatus === "available") return;
  throw new AwsFault("InvalidCacheClusterState", `Cluster ${cluster.CacheClusterId} is ${cluster.CacheClusterStatus}.`);
}

/** Takes a replica out of its group; the primary is refused. Source: ElastiCache API reference, DeleteCacheCluster. */
function leaveGroup(call: Call, { cluster }: ClusterRow): void {
  const group = groups(call).get(cluster.ReplicationGroupId ?? "")?.group;
  if (!group) return;
  const id = cluster.CacheClusterId;
  for (const node of group.NodeGroups ?? []) {
    const self = node.NodeGroupMembers?.find(({ CacheClusterId }) => CacheClusterId === id);
    if (self?.CurrentRole === "primary")
      throw new AwsFault("InvalidCacheClusterState", `Cluster ${id} is the primary of a replication group.`);
    node.NodeGroupMembers = (node.NodeGroupMembers ?? []).filter(({ CacheClusterId }) => CacheClusterId !== id);
  }
  group.MemberClusters = (group.MemberClusters ?? []).filter((member) => member !== id);
}

export const clusterOperations = {
  CreateCacheCluster(input, call) {
    return { CacheCluster: putCluster(call, createdCluster(input, call)).cluster };
  },
  DescribeCacheClusters(input, call) {
    const all = input.CacheClusterId ? [clusterNamed(call, input.CacheClusterId)] : clusters(call).all();
    const single = input.ShowCacheClustersNotInReplicationGroups;
    const found = all.filter(({ cluster }) => !(single && cluster.ReplicationGroupId));
    const { items, next } = page(found, { token: input.Marker, max: input.MaxRecords }, PAGE);
    const shown = items.map((row) => asOfNow(row, call).cluster);
    return {
      CacheClusters: input.ShowCacheNodeInfo ? shown : shown.map(({ CacheNodes: _, ...cluster }) => cluster),
      Marker: next,
    };
  },
  ModifyCacheCluster(input, call) {
    const row = clusterNamed(call, input.CacheClusterId);
    expectAvailable(row);
    Object.assign(
      row.cluster,
      given(input, [
        "PreferredMaintenanceWindow",
        "AutoMinorVersionUpgrade",
        "SnapshotRetentionLimit",
        "SnapshotWindow",
      ]),
      input.ApplyImmediately ? given(input, ["CacheNodeType", "EngineVersion"]) : {},
      { CacheClusterStatus: "modifying" },
    );
    later(call, moveOf(row.cluster.CacheClusterId), CHANGING_MS, { CacheClusterStatus: "available" });
    return { CacheCluster: row.cluster };
  },
  DeleteCacheCluster(input, call) {
    const row = clusterNamed(call, input.CacheClusterId);
    expectAvailable(row);
    if (input.FinalSnapshotIdentifier && row.cluster.Engine === "memcached")
      throw new AwsFault("SnapshotFeatureNotSupportedFault", "Memcached clusters have no snapshots.");
    takeSnapshot(call, input.FinalSnapshotIdentifier, { CacheClusterId: row.cluster.CacheClusterId });
    leaveGroup(call, row);
    dropCluster(call, row.cluster.CacheClusterId ?? "");
    return { CacheCluster: row.cluster };
  },
} satisfies Operations<typeof import("@aws-sdk/client-elasticache")>;
