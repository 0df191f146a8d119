import type { Cluster, CreateClusterMessage, ModifyClusterMessage } from "@aws-sdk/client-redshift";
import type { Call, Stored } from "../../service.ts";

export type Row = Stored<Cluster>;

/** Members that are set as they are given. */
const SHARED = [
  "AutomatedSnapshotRetentionPeriod",
  "ManualSnapshotRetentionPeriod",
  "PreferredMaintenanceWindow",
  "AllowVersionUpgrade",
  "NodeType",
  "NumberOfNodes",
  "PubliclyAccessible",
  "Encrypted",
  "KmsKeyId",
  "EnhancedVpcRouting",
  "MaintenanceTrackName",
  "AvailabilityZone",
  "IpAddressType",
] as const;

type Settings = Pick<Stored<CreateClusterMessage & ModifyClusterMessage>, (typeof SHARED)[number]>;

function settings(input: Partial<Settings>): Partial<Row> {
  return Object.fromEntries(SHARED.flatMap((name) => (input[name] === undefined ? [] : [[name, input[name]]])));
}

const securityGroups = (ids: readonly string[] | undefined) =>
  (ids ?? []).map((VpcSecurityGroupId) => ({ VpcSecurityGroupId, Status: "active" }));

const parameterGroup = (name: string | undefined) => [
  { ParameterGroupName: name ?? "default.redshift-1.0", ParameterApplyStatus: "in-sync" },
];

/** What a leader and its nodes are called. A cluster of one node has both in one. */
function nodes(count: number, first: number): Row["ClusterNodes"] {
  const roles = count === 1 ? ["SHARED"] : ["LEADER", ...Array.from({ length: count }, (_, at) => `COMPUTE-${at}`)];
  return roles.map((NodeRole, at) => ({ NodeRole, PrivateIPAddress: `10.0.${first}.${10 + at}` }));
}

/** A cluster as CreateCluster makes it. Defaults: Redshift API reference, CreateCluster. */
export function createdCluster(input: Stored<CreateClusterMessage>, call: Call): Row {
  const id = input.ClusterIdentifier ?? "";
  const NumberOfNodes = input.NumberOfNodes ?? 1;
  const hsm = input.HsmConfigurationIdentifier;
  return {
    ClusterIdentifier: id,
    ClusterStatus: "available",
    ClusterAvailabilityStatus: "Available",
    MasterUsername: input.MasterUsername,
    DBName: input.DBName ?? "dev",
    Endpoint: { Address: `${id}.c1twin.${call.region}.redshift.amazonaws.com`, Port: input.Port ?? 5439 },
    ClusterCreateTime: call.now(),
    AutomatedSnapshotRetentionPeriod: 1,
    ManualSnapshotRetentionPeriod: -1,
    ClusterSecurityGroups: [],
    VpcSecurityGroups: securityGroups(input.VpcSecurityGroupIds),
    ClusterParameterGroups: parameterGroup(input.ClusterParameterGroupName),
    ClusterSubnetGroupName: input.ClusterSubnetGroupName ?? "default",
    AvailabilityZone: `${call.region}a`,
    PreferredMaintenanceWindow: "mon:12:00-mon:12:30",
    PendingModifiedValues: {},
    ClusterVersion: input.ClusterVersion ?? "1.0",
    AllowVersionUpgrade: true,
    NumberOfNodes,
    PubliclyAccessible: false,
    Encrypted: false,
    ClusterNodes: nodes(NumberOfNodes, 0),
    ClusterRevisionNumber: "41465",
    Tags: input.Tags ?? [],
    EnhancedVpcRouting: false,
    IamRoles: (input.IamRoles ?? []).map((IamRoleArn) => ({ IamRoleArn, ApplyStatus: "in-sync" })),
    MaintenanceTrackName: "current",
    DeferredMaintenanceWindows: [],
    NextMaintenanceWindowStartTime: call.now(),
    AvailabilityZoneRelocationStatus: input.AvailabilityZoneRelocation ? "enabled" : "disabled",
    ClusterNamespaceArn: call.arn("redshift", `namespace:${call.uuid()}`),
    MultiAZ: input.MultiAZ ? "Enabled" : "Disabled",
    ...settings(input),
    ...(input.ElasticIp ? { ElasticIpStatus: { ElasticIp: input.ElasticIp, Status: "active" } } : {}),
    ...(hsm ? { HsmStatus: { HsmConfigurationIdentifier: hsm, Status: "active" } } : {}),
  };
}

export function modifyCluster(row: Row, input: Stored<ModifyClusterMessage>): void {
  Object.assign(row, settings(input));
  if (input.VpcSecurityGroupIds) row.VpcSecurityGroups = securityGroups(input.VpcSecurityGroupIds);
  if (input.ClusterParameterGroupName) row.ClusterParameterGroups = parameterGroup(input.ClusterParameterGroupName);
}

/** What becomes of a cluster that is resumed: other nodes, with other addresses. */
export function resumedNodes(row: Row): Row["ClusterNodes"] {
  const before = Number(row.ClusterNodes?.[0]?.PrivateIPAddress?.split(".")[2] ?? 0);
  return nodes(row.NumberOfNodes ?? 1, (before + 1) % 256);
}
