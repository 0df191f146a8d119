import type { Facts } from "../contract.ts";
import { CLUSTER_PROPERTIES } from "./cluster-properties.ts";
import { clusterPreparations, DATA_LOST, PATIENCE_MINUTES } from "./removal-facts.ts";

export const facts = {
  type: "AWS::Neptune::DBCluster",
  short: "neptune:cluster",
  title: "Neptune cluster",
  group: "databases",
  scope: "regional",
  // Neptune answers under the RDS API: its ARNs, actions and shapes are RDS's.
  arn: "arn:{partition}:rds:{region}:{account}:cluster:{id}",
  billed: { alsoBy: "DbClusterResourceId" },
  shape: { sdk: "client-rds", name: "DBCluster" },
  ...CLUSTER_PROPERTIES,
  links: [
    {
      kind: "owns",
      to: "AWS::Neptune::DBInstance",
      path: "DBClusterMembers[].DBInstanceIdentifier",
      onRemoval: "together",
    },
    { kind: "member-of", to: "AWS::Neptune::GlobalCluster", path: "GlobalClusterIdentifier" },
    { kind: "uses", to: "AWS::Neptune::DBCluster", path: "ReplicationSourceIdentifier" },
    { kind: "uses", to: "AWS::RDS::DBSubnetGroup", path: "DBSubnetGroup" },
    { kind: "uses", to: "AWS::Neptune::DBClusterParameterGroup", path: "DBClusterParameterGroup" },
    { kind: "uses", to: "AWS::EC2::SecurityGroup", path: "VpcSecurityGroups[].VpcSecurityGroupId" },
    { kind: "uses", to: "AWS::KMS::Key", path: "KmsKeyId" },
    // Neptune loads data from S3 as this role.
    { kind: "uses", to: "AWS::IAM::Role", path: "AssociatedRoles[].RoleArn" },
  ],
  iam: { list: ["rds:DescribeDBClusters"], read: ["rds:DescribeDBClusters"] },
  pause: {
    stage: "databases",
    how: "stopped with all of its instances",
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
    preparations: clusterPreparations("AWS::Neptune::DBInstance"),
    patienceMinutes: PATIENCE_MINUTES,
    // The snapshot is made in the caller's name.
    iam: { inspect: [], remove: ["rds:DeleteDBCluster", "rds:CreateDBClusterSnapshot"] },
  },
  sources: [
    "https://docs.aws.amazon.com/neptune/latest/apiref/API_DeleteDBCluster.html",
    "https://docs.aws.amazon.com/neptune/latest/apiref/API_DBCluster.html",
    "https://docs.aws.amazon.com/neptune/latest/apiref/API_DescribeDBClusters.html",
    "https://docs.aws.amazon.com/neptune/latest/userguide/manage-console-stop-start.html",
    "https://docs.aws.amazon.com/neptune/latest/userguide/neptune-global-database.html",
  ],
} as const satisfies Facts;
