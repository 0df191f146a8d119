import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::EC2::Subnet",
  short: "ec2:subnet",
  title: "subnet",
  group: "network",
  scope: "regional",
  arn: "arn:{partition}:ec2:{region}:{account}:subnet/{id}",
  shape: { sdk: "client-ec2", name: "Subnet" },
  // The count moves with everything that starts or stops in the subnet.
  volatile: ["State", "AvailableIpAddressCount", "Ipv6CidrBlockAssociationSet[].Ipv6CidrBlockState"],
  secret: [],
  unordered: ["Ipv6CidrBlockAssociationSet"],
  categories: { "security exposure": ["AssignIpv6AddressOnCreation", "BlockPublicAccessStates"] },
  links: [{ kind: "attached-to", to: "AWS::EC2::VPC", path: "VpcId" }],
  defaults: "AWS makes a default subnet (DefaultForAz) per Availability Zone of a default VPC",
  iam: { list: ["ec2:DescribeSubnets"], read: ["ec2:DescribeSubnets"] },
  removal: {
    how: "deleted",
    loses: [],
    // The interfaces of a function or a load balancer linger for up to forty minutes.
    patienceMinutes: 45,
    iam: { inspect: [], remove: ["ec2:DeleteSubnet"] },
  },
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSubnet.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Subnet.html",
    "https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html",
  ],
} as const satisfies Facts;
