import type { Facts } from "../contract.ts";
import { INSTANCE_PROPERTIES } from "./instance-properties.ts";
import { PATIENCE_MINUTES, START_MEMBER } from "./removal-facts.ts";

export const facts = {
  type: "AWS::DocDB::DBInstance",
  short: "docdb:db",
  title: "DocumentDB instance",
  group: "databases",
  scope: "regional",
  // DocumentDB answers under the RDS API: its ARNs, actions and shapes are RDS's.
  arn: "arn:{partition}:rds:{region}:{account}:db:{id}",
  billed: { alsoBy: "DbiResourceId" },
  shape: { sdk: "client-rds", name: "DBInstance" },
  ...INSTANCE_PROPERTIES,
  links: [
    { kind: "member-of", to: "AWS::DocDB::DBCluster", path: "DBClusterIdentifier", onRemoval: "together" },
    { kind: "uses", to: "AWS::RDS::DBSubnetGroup", path: "DBSubnetGroup.DBSubnetGroupName" },
    { kind: "uses", to: "AWS::EC2::SecurityGroup", path: "VpcSecurityGroups[].VpcSecurityGroupId" },
    { kind: "uses", to: "AWS::KMS::Key", path: "KmsKeyId" },
    { kind: "uses", to: "AWS::KMS::Key", path: "PerformanceInsightsKMSKeyId" },
    { kind: "attached-to", to: "AWS::EC2::Subnet", path: "DBSubnetGroup.Subnets[].SubnetIdentifier" },
    { kind: "attached-to", to: "AWS::EC2::VPC", path: "DBSubnetGroup.VpcId" },
  ],
  iam: { list: ["rds:DescribeDBInstances"], read: ["rds:DescribeDBInstances"] },
  removal: {
    how: "deleted",
    // Its cluster holds the data.
    loses: [],
    preparations: { start: START_MEMBER },
    patienceMinutes: PATIENCE_MINUTES,
    iam: { inspect: [], remove: ["rds:DeleteDBInstance"] },
  },
  noStop: "it has no stop of its own: it stops and starts with its cluster and the cluster's other instances",
  sources: [
    "https://docs.aws.amazon.com/documentdb/latest/developerguide/API_DeleteDBInstance.html",
    "https://docs.aws.amazon.com/documentdb/latest/developerguide/API_DBInstance.html",
    "https://docs.aws.amazon.com/documentdb/latest/developerguide/API_DescribeDBInstances.html",
    "https://docs.aws.amazon.com/documentdb/latest/developerguide/db-cluster-stop-start.html",
  ],
} as const satisfies Facts;
