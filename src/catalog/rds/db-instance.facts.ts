import type { Facts } from "../contract.ts";
import { IDLE_CHECKS, WEEK_HOURS } from "../idle.ts";
import { INSTANCE_PROPERTIES } from "./instance-properties.ts";
import { DATA_LOST, PATIENCE_MINUTES, START_INSTANCE, UNPROTECT_INSTANCE } from "./removal-facts.ts";

export const facts = {
  type: "AWS::RDS::DBInstance",
  short: "rds:db",
  title: "RDS instance",
  group: "databases",
  scope: "regional",
  arn: "arn:{partition}:rds:{region}:{account}:db:{id}",
  billed: { alsoBy: "DbiResourceId" },
  shape: { sdk: "client-rds", name: "DBInstance" },
  ...INSTANCE_PROPERTIES,
  controllerOwned: [
    { path: "AllocatedStorage", by: "RDS storage autoscaling" },
    { path: "AdditionalStorageVolumes[].AllocatedStorage", by: "RDS storage autoscaling" },
  ],
  links: [
    { kind: "member-of", to: "AWS::RDS::DBCluster", path: "DBClusterIdentifier", onRemoval: "together" },
    { kind: "uses", to: "AWS::RDS::DBInstance", path: "ReadReplicaSourceDBInstanceIdentifier" },
    { kind: "uses", to: "AWS::RDS::DBCluster", path: "ReadReplicaSourceDBClusterIdentifier" },
    { kind: "uses", to: "AWS::RDS::DBSubnetGroup", path: "DBSubnetGroup.DBSubnetGroupName" },
    { kind: "uses", to: "AWS::RDS::DBParameterGroup", path: "DBParameterGroups[].DBParameterGroupName" },
    { kind: "uses", to: "AWS::RDS::OptionGroup", path: "OptionGroupMemberships[].OptionGroupName" },
    { kind: "uses", to: "AWS::EC2::SecurityGroup", path: "VpcSecurityGroups[].VpcSecurityGroupId" },
    { kind: "uses", to: "AWS::KMS::Key", path: "KmsKeyId" },
    { kind: "uses", to: "AWS::KMS::Key", path: "PerformanceInsightsKMSKeyId" },
    { kind: "uses", to: "AWS::KMS::Key", path: "ActivityStreamKmsKeyId" },
    // Of RDS Custom.
    { kind: "uses", to: "AWS::IAM::InstanceProfile", path: "CustomIamInstanceProfile" },
    { kind: "uses", to: "AWS::IAM::Role", path: "MonitoringRoleArn" },
    { kind: "uses", to: "AWS::IAM::Role", path: "AssociatedRoles[].RoleArn" },
    // RDS makes, rotates and deletes the secret of a managed master password.
    { kind: "owns", to: "AWS::SecretsManager::Secret", path: "MasterUserSecret.SecretArn" },
    { kind: "attached-to", to: "AWS::EC2::Subnet", path: "DBSubnetGroup.Subnets[].SubnetIdentifier" },
    { kind: "attached-to", to: "AWS::EC2::VPC", path: "DBSubnetGroup.VpcId" },
  ],
  // The API lists DocumentDB's and Neptune's instances too: they are left out by their engine.
  iam: { list: ["rds:DescribeDBInstances"], read: ["rds:DescribeDBInstances"] },
  pause: {
    stage: "databases",
    how: "stopped",
    ways: { snapshot: "stopped, after a DB snapshot evenkeel-ID-TIME of it" },
    keepsCosting: ["storage and provisioned IOPS", "backups and snapshots"],
    restartsAfterDays: 7,
    // A Multi-AZ instance, or one that is still backing up, can take long to stop.
    patienceMinutes: 45,
    iam: {
      capture: ["rds:DescribeDBInstances"],
      pause: ["rds:StopDBInstance"],
      resume: ["rds:StartDBInstance"],
    },
  },
  removal: {
    how: "deleted",
    loses: DATA_LOST,
    holdsData: true,
    // Members of a cluster and read replicas have none: it is their cluster or their source that has the data.
    backup: "a final snapshot",
    preparations: { start: START_INSTANCE, unprotect: UNPROTECT_INSTANCE },
    patienceMinutes: PATIENCE_MINUTES,
    // The snapshot is made in the caller's name.
    iam: { inspect: [], remove: ["rds:DeleteDBInstance", "rds:CreateDBSnapshot"] },
  },
  idle: [
    {
      namespace: "AWS/RDS",
      // Trusted Advisor: no connection in seven days.
      signs: [{ metric: "DatabaseConnections", statistic: "Maximum", below: 1, unit: " connections" }],
      dimensions: { DBInstanceIdentifier: { from: "id" } },
      hours: WEEK_HOURS,
      sources: [IDLE_CHECKS, "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html"],
    },
  ],
  sources: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBInstance.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBSnapshot.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBInstance.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_StopInstance.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html",
    "https://docs.aws.amazon.com/documentdb/latest/developerguide/API_DescribeDBInstances.html",
  ],
} as const satisfies Facts;
