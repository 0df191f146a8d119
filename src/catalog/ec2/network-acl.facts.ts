import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::EC2::NetworkAcl",
  short: "ec2:network-acl",
  title: "network ACL",
  group: "network",
  scope: "regional",
  arn: "arn:{partition}:ec2:{region}:{account}:network-acl/{id}",
  shape: { sdk: "client-ec2", name: "NetworkAcl" },
  volatile: [],
  secret: [],
  // Rules have numbers; in which order they are told means nothing.
  unordered: ["Associations", "Entries"],
  categories: { "security exposure": ["Associations", "Entries"] },
  links: [
    { kind: "attached-to", to: "AWS::EC2::VPC", path: "VpcId" },
    {
      kind: "member-of",
      to: "AWS::EC2::VPC",
      path: "",
      where: { member: "IsDefault", idAt: "VpcId" },
      onRemoval: "with",
    },
    { kind: "attached-to", to: "AWS::EC2::Subnet", path: "Associations[].SubnetId", onRemoval: "apart" },
  ],
  defaults: "the default network ACL of a VPC is deleted with the VPC only",
  iam: { list: ["ec2:DescribeNetworkAcls"], read: ["ec2:DescribeNetworkAcls"] },
  removal: {
    how: "deleted",
    loses: [],
    preparations: {
      disassociate: {
        how: "its subnets given back to the default network ACL of the VPC",
        iam: ["ec2:DescribeNetworkAcls", "ec2:ReplaceNetworkAclAssociation"],
      },
    },
    patienceMinutes: 15,
    iam: { inspect: [], remove: ["ec2:DeleteNetworkAcl"] },
  },
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteNetworkAcl.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceNetworkAclAssociation.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkAcl.html",
    "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html",
  ],
} as const satisfies Facts;
