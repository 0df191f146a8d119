import type { Facts } from "../contract.ts";
import { IDLE_CHECKS, WEEK_HOURS } from "../idle.ts";

export const facts = {
  type: "AWS::Redshift::Cluster",
  short: "redshift:cluster",
  title: "Redshift cluster",
  group: "databases",
  scope: "regional",
  arn: "arn:{partition}:redshift:{region}:{account}:cluster:{id}",
  shape: { sdk: "client-redshift", name: "Cluster" },
  volatile: [
    "ClusterStatus",
    "ClusterAvailabilityStatus",
    "ModifyStatus",
    "RestoreStatus",
    "DataTransferProgress",
    "ResizeInfo",
    "ReservedNodeExchangeStatus",
    "PendingActions",
    "HsmStatus.Status",
    "ElasticIpStatus.Status",
    "ClusterSecurityGroups[].Status",
    "VpcSecurityGroups[].Status",
    "ClusterParameterGroups[].ParameterApplyStatus",
    "ClusterParameterGroups[].ClusterParameterStatusList",
    "IamRoles[].ApplyStatus",
    "AquaConfiguration.AquaStatus",
    // Redshift replaces nodes by itself, and a pause and resume may change their addresses; their number has a member of its own.
    "ClusterNodes",
    // A failover swaps the two zones of a Multi-AZ cluster.
    "MultiAZSecondary",
    // Raised in the maintenance window, or at a resume.
    "ClusterRevisionNumber",
    // What AWS offers for the present nodes.
    "ElasticResizeNumberOfNodeOptions",
    "TotalStorageCapacityInMegaBytes",
    "SnapshotScheduleState",
    "ExpectedNextSnapshotScheduleTime",
    "ExpectedNextSnapshotScheduleTimeStatus",
    "NextMaintenanceWindowStartTime",
    // Certificate Manager renews it.
    "CustomDomainCertificateExpiryDate",
    "LoggingPublishStatus.S3Tables.LastIngestionTimes",
  ],
  // Redshift masks it today; what would be there is a password.
  secret: ["PendingModifiedValues.MasterUserPassword"],
  unordered: [
    "ClusterSecurityGroups",
    "VpcSecurityGroups",
    "ClusterParameterGroups",
    "IamRoles",
    "DeferredMaintenanceWindows",
    "Endpoint.VpcEndpoints",
    "Endpoint.VpcEndpoints[].NetworkInterfaces",
    "LoggingPublishStatus.S3Tables.S3Tables",
  ],
  controllerOwned: [{ path: "AvailabilityZone", by: "Redshift's relocation or a failover" }],
  categories: {
    capacity: ["NodeType", "NumberOfNodes", "MultiAZ", "ExtraComputeForAutomaticOptimization"],
    "security exposure": [
      "PubliclyAccessible",
      "Encrypted",
      "EnhancedVpcRouting",
      "ClusterSubnetGroupName",
      "VpcSecurityGroups",
      "ClusterSecurityGroups",
    ],
    permissions: ["IamRoles", "DefaultIamRoleArn"],
  },
  links: [
    { kind: "attached-to", to: "AWS::EC2::VPC", path: "VpcId" },
    { kind: "uses", to: "AWS::EC2::SecurityGroup", path: "VpcSecurityGroups[].VpcSecurityGroupId" },
    { kind: "uses", to: "AWS::Redshift::ClusterSubnetGroup", path: "ClusterSubnetGroupName" },
    { kind: "uses", to: "AWS::Redshift::ClusterParameterGroup", path: "ClusterParameterGroups[].ParameterGroupName" },
    { kind: "uses", to: "AWS::KMS::Key", path: "KmsKeyId" },
    { kind: "uses", to: "AWS::IAM::Role", path: "IamRoles[].IamRoleArn" },
    // Redshift makes, rotates and deletes the secret of a managed admin password.
    { kind: "owns", to: "AWS::SecretsManager::Secret", path: "MasterPasswordSecretArn" },
  ],
  iam: { list: ["redshift:DescribeClusters"], read: ["redshift:DescribeClusters"] },
  pause: {
    stage: "databases",
    how: "paused, after a snapshot that Redshift takes",
    keepsCosting: ["storage", "snapshots"],
    patienceMinutes: 30,
    iam: {
      capture: ["redshift:DescribeClusters"],
      pause: ["redshift:PauseCluster"],
      resume: ["redshift:ResumeCluster"],
    },
  },
  removal: {
    how: "deleted",
    loses: ["its data, as far as no manual snapshot has it: its automated snapshots go with it"],
    holdsData: true,
    backup: "a final snapshot",
    preparations: {
      resume: { how: "resumed, for Redshift deletes none that is paused", iam: ["redshift:ResumeCluster"] },
    },
    patienceMinutes: 120,
    // The snapshot is made in the caller's name.
    iam: { inspect: [], remove: ["redshift:DeleteCluster", "redshift:CreateClusterSnapshot"] },
  },
  idle: [
    {
      namespace: "AWS/Redshift",
      // Trusted Advisor: no connection in seven days.
      signs: [{ metric: "DatabaseConnections", statistic: "Maximum", below: 1, unit: " connections" }],
      dimensions: { ClusterIdentifier: { from: "id" } },
      hours: WEEK_HOURS,
      sources: [IDLE_CHECKS, "https://docs.aws.amazon.com/redshift/latest/mgmt/metrics-listing.html"],
    },
  ],
  sources: [
    "https://docs.aws.amazon.com/redshift/latest/APIReference/API_DeleteCluster.html",
    "https://docs.aws.amazon.com/redshift/latest/APIReference/API_Cluster.html",
    "https://docs.aws.amazon.com/redshift/latest/mgmt/rs-mgmt-pause-resume-cluster.html",
    "https://docs.aws.amazon.com/redshift/latest/mgmt/managing-cluster-multi-az.html",
    "https://docs.aws.amazon.com/redshift/latest/mgmt/managing-cluster-recovery.html",
  ],
} as const satisfies Facts;
