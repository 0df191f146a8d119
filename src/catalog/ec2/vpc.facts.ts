import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::EC2::VPC",
  short: "ec2:vpc",
  title: "VPC",
  group: "network",
  scope: "regional",
  arn: "arn:{partition}:ec2:{region}:{account}:vpc/{id}",
  shape: { sdk: "client-ec2", name: "Vpc" },
  // Settings that DescribeVpcs leaves out.
  more: { EnableDnsSupport: "json", EnableDnsHostnames: "json" },
  volatile: [
    "State",
    "CidrBlockAssociationSet[].CidrBlockState",
    "Ipv6CidrBlockAssociationSet[].Ipv6CidrBlockState",
    "EncryptionControl.State",
    "EncryptionControl.StateMessage",
  ],
  secret: [],
  unordered: ["CidrBlockAssociationSet", "Ipv6CidrBlockAssociationSet"],
  categories: { "security exposure": ["BlockPublicAccessStates", "EncryptionControl"] },
  links: [{ kind: "uses", to: "AWS::EC2::DHCPOptions", path: "DhcpOptionsId" }],
  defaults: "AWS makes a default VPC (IsDefault) in every region of a new account",
  iam: {
    list: ["ec2:DescribeVpcAttribute", "ec2:DescribeVpcs"],
    read: ["ec2:DescribeVpcAttribute", "ec2:DescribeVpcs"],
  },
  removal: {
    how: "deleted",
    loses: ["its main route table, its default security group and its default network ACL"],
    patienceMinutes: 15,
    iam: { inspect: [], remove: ["ec2:DeleteVpc"] },
  },
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpc.html",
    "https://docs.aws.amazon.com/vpc/latest/userguide/delete-vpc.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Vpc.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcAttribute.html",
    "https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html",
  ],
} as const satisfies Facts;
