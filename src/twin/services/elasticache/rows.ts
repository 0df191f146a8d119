import type {
  CacheCluster,
  CreateCacheClusterMessage,
  CreateReplicationGroupMessage,
  ReplicationGroup,
} from "@aws-sdk/client-elasticache";
import { present } from "../../departing.ts";
import { AwsFault, type Call, type Stored, type Table, tagMap } from "../../service.ts";

export interface ClusterRow {
  readonly cluster: Stored<CacheCluster>;
  readonly tags: Record<string, string>;
}

export interface GroupRow {
  readonly group: Stored<ReplicationGroup>;
  readonly tags: Record<string, string>;
}

export const CLUSTER = "elasticache.cluster";
export const GROUP = "elasticache.replicationgroup";

export const clusters = (call: Call): Table<ClusterRow> => present<ClusterRow>(call, CLUSTER);
export const groups = (call: Call): Table<GroupRow> => present<GroupRow>(call, GROUP);

/** Ids are kept in lower case. Source: ElastiCache API reference, CreateCacheCluster, CacheClusterId. */
export const idOf = (id: string | undefined) => (id ?? "").toLowerCase();

const PORTS: Readonly<Record<string, number>> = { memcached: 11_211 };

function endpoint(call: Call, name: string, engine: string, port: number | undefined) {
  return { Address: `${name}.c1twin.${call.region}.cache.amazonaws.com`, Port: port ?? PORTS[engine] ?? 6379 };
}

/** A cluster as CreateCacheCluster makes it. */
export function createdCluster(input: Stored<CreateCacheClusterMessage>, call: Call): ClusterRow {
  const id = idOf(input.CacheClusterId);
  const Engine = input.Engine ?? "redis";
  const NumCacheNodes = input.NumCacheNodes ?? 1;
  if (Engine !== "memcached" && NumCacheNodes !== 1)
    throw new AwsFault("InvalidParameterValue", "Cannot create a Redis cluster with a NumCacheNodes other than 1.");
  const zone = input.PreferredAvailabilityZone ?? `${call.region}a`;
  const cluster: ClusterRow["cluster"] = {
    CacheClusterId: id,
    ARN: call.arn("elasticache", `cluster:${id}`),
    CacheClusterStatus: "creating",
    CacheClusterCreateTime: call.now(),
    Engine,
    EngineVersion: input.EngineVersion ?? (Engine === "memcached" ? "1.6.22" : "7.1.0"),
    CacheNodeType: input.CacheNodeType ?? "cache.t4g.micro",
    NumCacheNodes,
    PreferredAvailabilityZone: zone,
    PreferredMaintenanceWindow: input.PreferredMaintenanceWindow ?? "mon:04:00-mon:05:00",
    PendingModifiedValues: {},
    CacheSecurityGroups: [],
    CacheParameterGroup: {
      CacheParameterGroupName: input.CacheParameterGroupName ?? `default.${Engine}`,
      ParameterApplyStatus: "in-sync",
      CacheNodeIdsToReboot: [],
    },
    CacheSubnetGroupName: input.CacheSubnetGroupName ?? "default",
    CacheNodes: Array.from({ length: NumCacheNodes }, (_, index) => ({
      CacheNodeId: String(index + 1).padStart(4, "0"),
      CacheNodeStatus: "available",
      CacheNodeCreateTime: call.now(),
      Endpoint: endpoint(call, `${id}.${index + 1}`, Engine, input.Port),
      ParameterGroupStatus: "in-sync",
      CustomerAvailabilityZone: zone,
    })),
    AutoMinorVersionUpgrade: input.AutoMinorVersionUpgrade ?? true,
    SecurityGroups: (input.SecurityGroupIds ?? []).map((SecurityGroupId) => ({ SecurityGroupId, Status: "active" })),
    ...(input.ReplicationGroupId ? { ReplicationGroupId: idOf(input.ReplicationGroupId) } : {}),
    SnapshotRetentionLimit: input.SnapshotRetentionLimit ?? 0,
    AuthTokenEnabled: input.AuthToken !== undefined,
    TransitEncryptionEnabled: input.TransitEncryptionEnabled ?? false,
    AtRestEncryptionEnabled: false,
    ...(Engine === "memcached" ? { ConfigurationEndpoint: endpoint(call, `${id}.cfg`, Engine, input.Port) } : {}),
  };
  return { cluster, tags: tagMap(input.Tags) };
}

/** A replication group as CreateReplicationGroup makes it, of one node group whose first member is the primary. */
export function createdGroup(input: Stored<CreateReplicationGroupMessage>, call: Call): GroupRow {
  const id = idOf(input.ReplicationGroupId);
  const Engine = input.Engine ?? "redis";
  const members = Array.from(
    { length: input.NumCacheClusters ?? 1 },
    (_, index) => `${id}-${String(index + 1).padStart(3, "0")}`,
  );
  const group: GroupRow["group"] = {
    ReplicationGroupId: id,
    ARN: call.arn("elasticache", `replicationgroup:${id}`),
    Description: input.ReplicationGroupDescription,
    Status: "creating",
    ReplicationGroupCreateTime: call.now(),
    PendingModifiedValues: {},
    MemberClusters: members,
    NodeGroups: [
      {
        NodeGroupId: "0001",
        Status: "available",
        PrimaryEndpoint: endpoint(call, id, Engine, input.Port),
        ReaderEndpoint: endpoint(call, `${id}-ro`, Engine, input.Port),
        NodeGroupMembers: members.map((CacheClusterId, index) => ({
          CacheClusterId,
          CacheNodeId: "0001",
          ReadEndpoint: endpoint(call, CacheClusterId, Engine, input.Port),
          PreferredAvailabilityZone: `${call.region}${"abc"[index % 3]}`,
          CurrentRole: index === 0 ? "primary" : "replica",
        })),
      },
    ],
    AutomaticFailover: input.AutomaticFailoverEnabled ? "enabled" : "disabled",
    MultiAZ: input.MultiAZEnabled ? "enabled" : "disabled",
    SnapshotRetentionLimit: input.SnapshotRetentionLimit ?? 0,
    SnapshotWindow: input.SnapshotWindow ?? "01:00-02:00",
    ClusterEnabled: false,
    CacheNodeType: input.CacheNodeType ?? "cache.t4g.micro",
    AuthTokenEnabled: input.AuthToken !== undefined,
    TransitEncryptionEnabled: input.TransitEncryptionEnabled ?? false,
    AtRestEncryptionEnabled: input.AtRestEncryptionEnabled ?? false,
    ...(input.KmsKeyId ? { KmsKeyId: input.KmsKeyId } : {}),
    UserGroupIds: input.UserGroupIds ?? [],
    AutoMinorVersionUpgrade: input.AutoMinorVersionUpgrade ?? true,
    Engine,
  };
  return { group, tags: tagMap(input.Tags) };
}
