import type { Facts } from "../contract.ts";
import { INSTANCE_PROPERTIES } from "./instance-properties.ts";
import { PATIENCE_MINUTES, START_MEMBER, UNPROTECT_INSTANCE } from "./removal-facts.ts";

export const facts = {
  type: "AWS::Neptune::DBInstance",
  short: "neptune:db",
  title: "Neptune instance",
  group: "databases",
  scope: "regional",
  // Neptune answers under the RDS API: its ARNs, actions and shapes are RDS's.
  arn: "arn:{partition}:rds:{region}:{account}:db:{id}",
  billed: { alsoBy: "DbiResourceId" },
  shape: { sdk: "client-rds", name: "DBInstance" },
  ...INSTANCE_PROPERTIES,
  links: [
    { kind: "member-of", to: "AWS::Neptune::DBCluster", path: "DBClusterIdentifier", onRemoval: "together" },
    { kind: "uses", to: "AWS::RDS::DBSubnetGroup", path: "DBSubnetGroup.DBSubnetGroupName" },
    { kind: "uses", to: "AWS::Neptune::DBParameterGroup", path: "DBParameterGroups[].DBParameterGroupName" },
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
    preparations: { start: START_MEMBER, unprotect: UNPROTECT_INSTANCE },
    patienceMinutes: PATIENCE_MINUTES,
    iam: { inspect: [], remove: ["rds:DeleteDBInstance"] },
  },
  noStop: "it has no stop of its own: it stops and starts with its cluster and the cluster's other instances",
  sources: [
    "https://docs.aws.amazon.com/neptune/latest/apiref/API_DeleteDBInstance.html",
    "https://docs.aws.amazon.com/neptune/latest/apiref/API_DBInstance.html",
    "https://docs.aws.amazon.com/neptune/latest/apiref/API_DescribeDBInstances.html",
    "https://docs.aws.amazon.com/neptune/latest/userguide/manage-console-stop-start.html",
  ],
} as const satisfies Facts;
