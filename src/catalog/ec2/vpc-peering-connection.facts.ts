import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::EC2::VPCPeeringConnection",
  short: "ec2:vpc-peering-connection",
  title: "VPC peering connection",
  group: "network",
  scope: "regional",
  arn: "arn:{partition}:ec2:{region}:{account}:vpc-peering-connection/{id}",
  shape: { sdk: "client-ec2", name: "VpcPeeringConnection" },
  volatile: ["Status", "ExpirationTime"],
  secret: [],
  unordered: [
    "AccepterVpcInfo.CidrBlockSet",
    "AccepterVpcInfo.Ipv6CidrBlockSet",
    "RequesterVpcInfo.CidrBlockSet",
    "RequesterVpcInfo.Ipv6CidrBlockSet",
  ],
  categories: { "security exposure": ["AccepterVpcInfo", "RequesterVpcInfo"] },
  // Of the two VPCs one may be another account's or another region's, and then names nothing here.
  links: [
    { kind: "attached-to", to: "AWS::EC2::VPC", path: "RequesterVpcInfo.VpcId" },
    { kind: "attached-to", to: "AWS::EC2::VPC", path: "AccepterVpcInfo.VpcId" },
  ],
  iam: { list: ["ec2:DescribeVpcPeeringConnections"], read: ["ec2:DescribeVpcPeeringConnections"] },
  removal: {
    how: "deleted, for both sides",
    loses: ["the other side's consent, which has to be given anew"],
    patienceMinutes: 15,
    iam: { inspect: [], remove: ["ec2:DeleteVpcPeeringConnection"] },
  },
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpcPeeringConnection.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcPeeringConnection.html",
    "https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html",
    "https://docs.aws.amazon.com/vpc/latest/peering/delete-vpc-peering-connection.html",
  ],
} as const satisfies Facts;
