import type { CreateDBClusterMessage, DBCluster } from "@aws-sdk/client-rds";
import type { Call, Stored } from "../../service.ts";
import { managedSecret } from "./managed-secret.ts";
import * as shared from "./shared.ts";
import { subnetGroupNamed } from "./subnet-groups.ts";

type Row = Stored<DBCluster>;

/** Members that input and description share. */
export const SHARED = [
  "BackupRetentionPeriod",
  "PreferredBackupWindow",
  "PreferredMaintenanceWindow",
  "EngineVersion",
  "Port",
  "StorageType",
  "Iops",
  "DBClusterInstanceClass",
  "CopyTagsToSnapshot",
  "DeletionProtection",
  "AllocatedStorage",
  "NetworkType",
] as const;

/** A cluster as CreateDBCluster makes it. */
export function createdCluster(input: Stored<CreateDBClusterMessage>, call: Call): Row {
  const id = input.DBClusterIdentifier ?? "";
  const Engine = input.Engine ?? "aurora-mysql";
  const host = `c1twin.${call.region}.${/^(docdb|neptune)/.exec(Engine)?.[0] ?? "rds"}.amazonaws.com`;
  return {
    DBClusterIdentifier: id,
    DBClusterArn: call.arn("rds", `cluster:${id}`),
    DbClusterResourceId: call.id("cluster-", 26),
    Engine,
    EngineVersion: shared.versionOf(Engine),
    EngineMode: input.EngineMode ?? "provisioned",
    Status: "available",
    ClusterCreateTime: call.now(),
    EarliestRestorableTime: call.now(),
    AllocatedStorage: 1,
    AvailabilityZones: input.AvailabilityZones ?? ["a", "b", "c"].map((zone) => `${call.region}${zone}`),
    BackupRetentionPeriod: 1,
    DBClusterParameterGroup: input.DBClusterParameterGroupName ?? `default.${Engine}`,
    DBSubnetGroup: input.DBSubnetGroupName
      ? subnetGroupNamed(call, input.DBSubnetGroupName).DBSubnetGroupName
      : "default",
    Endpoint: `${id}.cluster-${host}`,
    ReaderEndpoint: `${id}.cluster-ro-${host}`,
    MultiAZ: false,
    Port: shared.portOf(Engine),
    MasterUsername: input.MasterUsername ?? "admin",
    PreferredBackupWindow: "03:00-03:30",
    PreferredMaintenanceWindow: "mon:04:00-mon:04:30",
    DBClusterMembers: [],
    VpcSecurityGroups: shared.securityGroups(input.VpcSecurityGroupIds),
    HostedZoneId: "Z1TWIN",
    StorageEncrypted: input.StorageEncrypted ?? false,
    AssociatedRoles: [],
    IAMDatabaseAuthenticationEnabled: input.EnableIAMDatabaseAuthentication ?? false,
    DeletionProtection: false,
    CopyTagsToSnapshot: false,
    TagList: input.Tags ?? [],
    ...shared.given(input, SHARED),
    ...shared.given(input, ["DatabaseName", "KmsKeyId", "GlobalClusterIdentifier", "ReplicationSourceIdentifier"]),
    ...managedSecret(call, input, `cluster-${id}`),
    ...(input.ServerlessV2ScalingConfiguration
      ? { ServerlessV2ScalingConfiguration: input.ServerlessV2ScalingConfiguration }
      : {}),
    ...(input.EnableCloudwatchLogsExports ? { EnabledCloudwatchLogsExports: input.EnableCloudwatchLogsExports } : {}),
  };
}
