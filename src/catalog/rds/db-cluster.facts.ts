import type { Facts } from "../contract.ts";
import { IDLE_CRITERIA, WEEK_HOURS } from "../idle.ts";
import { CLUSTER_PROPERTIES } from "./cluster-properties.ts";
import { clusterPreparations, DATA_LOST, PATIENCE_MINUTES } from "./removal-facts.ts";

export const facts = {
  type: "AWS::RDS::DBCluster",
  short: "rds:cluster",
  title: "Aurora or Multi-AZ DB cluster",
  group: "databases",
  scope: "regional",
  arn: "arn:{partition}:rds:{region}:{account}:cluster:{id}",
  billed: { alsoBy: "DbClusterResourceId" },
  shape: { sdk: "client-rds", name: "DBCluster" },
  ...CLUSTER_PROPERTIES,
  links: [
    {
      kind: "owns",
      to: "AWS::RDS::DBInstance",
      path: "DBClusterMembers[].DBInstanceIdentifier",
      onRemoval: "together",
    },
    { kind: "member-of", to: "AWS::RDS::GlobalCluster", path: "GlobalClusterIdentifier" },
    { kind: "uses", to: "AWS::RDS::DBCluster", path: "ReplicationSourceIdentifier" },
    { kind: "uses", to: "AWS::RDS::DBSubnetGroup", path: "DBSubnetGroup" },
    { kind: "uses", to: "AWS::RDS::DBClusterParameterGroup", path: "DBClusterParameterGroup" },
    { kind: "uses", to: "AWS::EC2::SecurityGroup", path: "VpcSecurityGroups[].VpcSecurityGroupId" },
    { kind: "uses", to: "AWS::KMS::Key", path: "KmsKeyId" },
    { kind: "uses", to: "AWS::KMS::Key", path: "PerformanceInsightsKMSKeyId" },
    { kind: "uses", to: "AWS::KMS::Key", path: "ActivityStreamKmsKeyId" },
    { kind: "uses", to: "AWS::IAM::Role", path: "MonitoringRoleArn" },
    { kind: "uses", to: "AWS::IAM::Role", path: "AssociatedRoles[].RoleArn" },
    // RDS makes, rotates and deletes the secret of a managed master password.
    { kind: "owns", to: "AWS::SecretsManager::Secret", path: "MasterUserSecret.SecretArn" },
  ],
  // The API lists DocumentDB's and Neptune's clusters too: they are left out by their engine.
  iam: { list: ["rds:DescribeDBClusters"], read: ["rds:DescribeDBClusters"] },
  pause: {
    stage: "databases",
    how: "stopped with all of its members",
    keepsCosting: ["storage", "backups and snapshots"],
    restartsAfterDays: 7,
    patienceMinutes: 45,
    iam: {
      capture: ["rds:DescribeDBClusters"],
      pause: ["rds:StopDBCluster"],
      resume: ["rds:StartDBCluster"],
    },
  },
  removal: {
    how: "deleted",
    loses: DATA_LOST,
    holdsData: true,
    backup: "a final snapshot",
    preparations: clusterPreparations("AWS::RDS::DBInstance"),
    patienceMinutes: PATIENCE_MINUTES,
    // The snapshot is made in the caller's name.
    iam: { inspect: [], remove: ["rds:DeleteDBCluster", "rds:CreateDBClusterSnapshot"] },
  },
  idle: [
    {
      namespace: "AWS/RDS",
      signs: [{ metric: "DatabaseConnections", statistic: "Maximum", below: 1, unit: " connections" }],
      dimensions: { DBClusterIdentifier: { from: "id" } },
      hours: WEEK_HOURS,
      sources: [
        IDLE_CRITERIA,
        "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html",
      ],
    },
  ],
  sources: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBCluster.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_DeleteCluster.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBCluster.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-cluster-stop-start.html",
    "https://docs.aws.amazon.com/neptune/latest/apiref/API_DescribeDBClusters.html",
  ],
} as const satisfies Facts;
