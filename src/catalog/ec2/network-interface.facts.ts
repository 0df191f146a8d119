import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::EC2::NetworkInterface",
  short: "ec2:network-interface",
  title: "network interface",
  group: "network",
  scope: "regional",
  arn: "arn:{partition}:ec2:{region}:{account}:network-interface/{id}",
  shape: { sdk: "client-ec2", name: "NetworkInterface" },
  // A public address that AWS assigned changes at each start; an Elastic IP address tells its association itself.
  volatile: [
    "Status",
    "Association",
    "PrivateIpAddresses[].Association",
    "PublicDnsName",
    "PublicIpDnsNameOptions.PublicIpv4DnsName",
    "PublicIpDnsNameOptions.PublicDualStackDnsName",
    "Attachment.Status",
    "Attachment.AttachTime",
  ],
  secret: [],
  unordered: ["Groups", "PrivateIpAddresses", "Ipv6Addresses", "Ipv4Prefixes", "Ipv6Prefixes", "AssociatedSubnets"],
  categories: { "security exposure": ["Groups", "SourceDestCheck", "DenyAllIgwTraffic"] },
  links: [
    { kind: "attached-to", to: "AWS::EC2::Instance", path: "Attachment.InstanceId", onRemoval: "after" },
    { kind: "uses", to: "AWS::EC2::EIP", path: "Association.AllocationId" },
    { kind: "uses", to: "AWS::EC2::EIP", path: "PrivateIpAddresses[].Association.AllocationId" },
    { kind: "uses", to: "AWS::EC2::SecurityGroup", path: "Groups[].GroupId" },
    { kind: "attached-to", to: "AWS::EC2::Subnet", path: "SubnetId" },
    { kind: "attached-to", to: "AWS::EC2::VPC", path: "VpcId" },
  ],
  defaults: "interfaces with RequesterManaged or Operator.Managed are made and deleted by an AWS service",
  iam: { list: ["ec2:DescribeNetworkInterfaces"], read: ["ec2:DescribeNetworkInterfaces"] },
  removal: {
    how: "deleted",
    loses: ["its private addresses"],
    serviceManaged: "RequesterManaged",
    patienceMinutes: 15,
    iam: { inspect: [], remove: ["ec2:DeleteNetworkInterface"] },
  },
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteNetworkInterface.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkInterface.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterface.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/requester-managed-eni.html",
  ],
} as const satisfies Facts;
