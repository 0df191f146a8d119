import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::RDS::DBSubnetGroup",
  short: "rds:subnet-group",
  title: "DB subnet group",
  group: "databases",
  scope: "regional",
  // DocumentDB and Neptune have the same ones: a group belongs to no engine.
  arn: "arn:{partition}:rds:{region}:{account}:subgrp:{id}",
  shape: { sdk: "client-rds", name: "DBSubnetGroup" },
  volatile: ["SubnetGroupStatus", "Subnets[].SubnetStatus"],
  secret: [],
  unordered: ["Subnets", "SupportedNetworkTypes"],
  categories: { "security exposure": ["Subnets"] },
  links: [
    { kind: "attached-to", to: "AWS::EC2::Subnet", path: "Subnets[].SubnetIdentifier" },
    { kind: "attached-to", to: "AWS::EC2::VPC", path: "VpcId" },
  ],
  defaults: "the group named default can't be deleted",
  iam: {
    list: ["rds:DescribeDBSubnetGroups", "tag:GetResources"],
    read: ["rds:DescribeDBSubnetGroups", "tag:GetResources"],
  },
  removal: {
    how: "deleted",
    loses: [],
    // A database that is being deleted holds it until it is gone.
    patienceMinutes: 30,
    iam: { inspect: [], remove: ["rds:DeleteDBSubnetGroup"] },
  },
  sources: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBSubnetGroup.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBSubnetGroup.html",
    "https://docs.aws.amazon.com/documentdb/latest/developerguide/document-db-subnet-groups.html",
    "https://docs.aws.amazon.com/neptune/latest/apiref/API_DescribeDBSubnetGroups.html",
  ],
} as const satisfies Facts;
