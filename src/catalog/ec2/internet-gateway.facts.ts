import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::EC2::InternetGateway",
  short: "ec2:internet-gateway",
  title: "internet gateway",
  group: "network",
  scope: "regional",
  arn: "arn:{partition}:ec2:{region}:{account}:internet-gateway/{id}",
  shape: { sdk: "client-ec2", name: "InternetGateway" },
  volatile: ["Attachments[].State"],
  secret: [],
  unordered: ["Attachments"],
  categories: { "security exposure": ["Attachments"] },
  links: [{ kind: "attached-to", to: "AWS::EC2::VPC", path: "Attachments[].VpcId" }],
  defaults: "a default VPC comes with an internet gateway",
  iam: { list: ["ec2:DescribeInternetGateways"], read: ["ec2:DescribeInternetGateways"] },
  sources: ["https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InternetGateway.html"],
} as const satisfies Facts;
