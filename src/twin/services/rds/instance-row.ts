import type { CreateDBInstanceMessage, DBInstance, ModifyDBInstanceMessage } from "@aws-sdk/client-rds";
import { later } from "../../moving.ts";
import type { Call, Stored } from "../../service.ts";
import { managedSecret } from "./managed-secret.ts";
import * as shared from "./shared.ts";
import { subnetGroupNamed } from "./subnet-groups.ts";

type Row = Stored<DBInstance>;

/** Members that input and description share. */
const SHARED = [
  "DBInstanceClass",
  "AllocatedStorage",
  "MaxAllocatedStorage",
  "BackupRetentionPeriod",
  "PreferredBackupWindow",
  "PreferredMaintenanceWindow",
  "MultiAZ",
  "EngineVersion",
  "AutoMinorVersionUpgrade",
  "LicenseModel",
  "Iops",
  "StorageType",
  "StorageThroughput",
  "PubliclyAccessible",
  "CopyTagsToSnapshot",
  "MonitoringInterval",
  "MonitoringRoleArn",
  "PromotionTier",
  "DeletionProtection",
  "NetworkType",
] as const;

/** Changes that wait for the maintenance window unless ApplyImmediately is set. */
const DEFERRED = ["DBInstanceClass", "AllocatedStorage", "MultiAZ", "EngineVersion", "StorageType", "Iops"] as const;

export type InstanceInput = Stored<CreateDBInstanceMessage>;

/** An instance as CreateDBInstance makes it. */
export function createdInstance(input: InstanceInput, call: Call): Row {
  const id = input.DBInstanceIdentifier ?? "";
  const Engine = input.Engine ?? "mysql";
  const suffix = `${call.region}.rds.amazonaws.com`;
  return {
    DBInstanceIdentifier: id,
    DBInstanceArn: call.arn("rds", `db:${id}`),
    DbiResourceId: call.id("db-", 26).toUpperCase().replace("DB-", "db-"),
    Engine,
    EngineVersion: shared.versionOf(Engine),
    DBInstanceStatus: "available",
    InstanceCreateTime: call.now(),
    MasterUsername: input.MasterUsername ?? "admin",
    Endpoint: { Address: `${id}.c1twin.${suffix}`, Port: input.Port ?? shared.portOf(Engine), HostedZoneId: "Z1TWIN" },
    AllocatedStorage: 20,
    BackupRetentionPeriod: 1,
    PreferredBackupWindow: "03:00-03:30",
    PreferredMaintenanceWindow: "mon:04:00-mon:04:30",
    DBSecurityGroups: [],
    VpcSecurityGroups: shared.securityGroups(input.VpcSecurityGroupIds),
    DBParameterGroups: [
      { DBParameterGroupName: input.DBParameterGroupName ?? `default.${Engine}`, ParameterApplyStatus: "in-sync" },
    ],
    OptionGroupMemberships: [{ OptionGroupName: input.OptionGroupName ?? `default:${Engine}`, Status: "in-sync" }],
    AvailabilityZone: input.AvailabilityZone ?? `${call.region}a`,
    PendingModifiedValues: {},
    MultiAZ: false,
    AutoMinorVersionUpgrade: true,
    ReadReplicaDBInstanceIdentifiers: [],
    LicenseModel: "general-public-license",
    PubliclyAccessible: false,
    StorageType: "gp2",
    StorageEncrypted: input.StorageEncrypted ?? false,
    CACertificateIdentifier: "rds-ca-rsa2048-g1",
    DomainMemberships: [],
    CopyTagsToSnapshot: false,
    MonitoringInterval: 0,
    IAMDatabaseAuthenticationEnabled: input.EnableIAMDatabaseAuthentication ?? false,
    PerformanceInsightsEnabled: input.EnablePerformanceInsights ?? false,
    DeletionProtection: false,
    AssociatedRoles: [],
    TagList: input.Tags ?? [],
    ...shared.given(input, SHARED),
    ...shared.given(input, ["DBName", "KmsKeyId", "DBClusterIdentifier"]),
    ...(input.EnableCloudwatchLogsExports ? { EnabledCloudwatchLogsExports: input.EnableCloudwatchLogsExports } : {}),
    ...managedSecret(call, input, `db-${id}`),
    ...(input.DBSubnetGroupName ? { DBSubnetGroup: subnetGroupNamed(call, input.DBSubnetGroupName) } : {}),
  };
}

/** What waits for the maintenance window is pending, the rest is done. */
export function modifyInstance(row: Row, input: Stored<ModifyDBInstanceMessage>): void {
  const now = shared.given(input, SHARED) as Partial<Row>;
  if (!input.ApplyImmediately) {
    const later = shared.given(input, DEFERRED);
    for (const name of Object.keys(later)) delete now[name as keyof Row];
    const password = input.MasterUserPassword ? { MasterUserPassword: "****" } : {};
    row.PendingModifiedValues = { ...row.PendingModifiedValues, ...later, ...password };
  }
  Object.assign(row, now);
  if (input.VpcSecurityGroupIds) row.VpcSecurityGroups = shared.securityGroups(input.VpcSecurityGroupIds);
  if (input.DBParameterGroupName)
    row.DBParameterGroups = [
      { DBParameterGroupName: input.DBParameterGroupName, ParameterApplyStatus: "pending-reboot" },
    ];
  if (input.EnableIAMDatabaseAuthentication !== undefined)
    row.IAMDatabaseAuthenticationEnabled = input.EnableIAMDatabaseAuthentication;
}

export const moveOf = (id: string | undefined) => `rds.db-instance/${id}`;

/** Stops or starts it, which takes minutes; a member of a cluster moves with it. */
export function moveInstance(row: Row, call: Call, to: "available" | "stopped"): void {
  row.DBInstanceStatus = to === "stopped" ? "stopping" : "starting";
  const ms = to === "stopped" ? shared.STOPPING_MS : shared.STARTING_MS;
  later(call, moveOf(row.DBInstanceIdentifier), ms, { DBInstanceStatus: to });
}
