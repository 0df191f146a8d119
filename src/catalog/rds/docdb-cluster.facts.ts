import type { Facts } from "../contract.ts";
import { CLUSTER_PROPERTIES } from "./cluster-properties.ts";
import { clusterPreparations, DATA_LOST, PATIENCE_MINUTES } from "./removal-facts.ts";

export const facts = {
  type: "AWS::DocDB::DBCluster",
  short: "docdb:cluster",
  title: "DocumentDB cluster",
  group: "databases",
  scope: "regional",
  // DocumentDB answers under the RDS API: its ARNs, actions and shapes are RDS's.
  arn: "arn:{partition}:rds:{region}:{account}:cluster:{id}",
  billed: { alsoBy: "DbClusterResourceId" },
  shape: { sdk: "client-rds", name: "DBCluster" },
  ...CLUSTER_PROPERTIES,
  links: [
    {
      kind: "owns",
      to: "AWS::DocDB::DBInstance",
      path: "DBClusterMembers[].DBInstanceIdentifier",
      onRemoval: "together",
    },
    { kind: "member-of", to: "AWS::DocDB::GlobalCluster", path: "GlobalClusterIdentifier" },
    { kind: "uses", to: "AWS::DocDB::DBCluster", path: "ReplicationSourceIdentifier" },
    { kind: "uses", to: "AWS::RDS::DBSubnetGroup", path: "DBSubnetGroup" },
    { kind: "uses", to: "AWS::DocDB::DBClusterParameterGroup", path: "DBClusterParameterGroup" },
    { kind: "uses", to: "AWS::EC2::SecurityGroup", path: "VpcSecurityGroups[].VpcSecurityGroupId" },
    { kind: "uses", to: "AWS::KMS::Key", path: "KmsKeyId" },
    // DocumentDB makes, rotates and deletes the secret of a managed master password.
    { kind: "owns", to: "AWS::SecretsManager::Secret", path: "MasterUserSecret.SecretArn" },
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
    preparations: clusterPreparations("AWS::DocDB::DBInstance"),
    patienceMinutes: PATIENCE_MINUTES,
    // The snapshot is made in the caller's name.
    iam: { inspect: [], remove: ["rds:DeleteDBCluster", "rds:CreateDBClusterSnapshot"] },
  },
  sources: [
    "https://docs.aws.amazon.com/documentdb/latest/developerguide/API_DeleteDBCluster.html",
    "https://docs.aws.amazon.com/documentdb/latest/developerguide/db-cluster-delete.html",
    "https://docs.aws.amazon.com/documentdb/latest/developerguide/API_DBCluster.html",
    "https://docs.aws.amazon.com/documentdb/latest/developerguide/API_DescribeDBClusters.html",
    "https://docs.aws.amazon.com/documentdb/latest/developerguide/db-cluster-stop-start.html",
    "https://docs.aws.amazon.com/documentdb/latest/developerguide/global-clusters.html",
  ],
} as const satisfies Facts;
