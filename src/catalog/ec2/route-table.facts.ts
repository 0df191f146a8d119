import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::EC2::RouteTable",
  short: "ec2:route-table",
  title: "route table",
  group: "network",
  scope: "regional",
  arn: "arn:{partition}:ec2:{region}:{account}:route-table/{id}",
  shape: { sdk: "client-ec2", name: "RouteTable" },
  // Routes that a virtual private gateway or VPC Route Server learns come and go with BGP, so they stand apart.
  more: { PropagatedRoutes: "json" },
  // A route turns into a blackhole when its target goes away.
  volatile: ["PropagatedRoutes", "Routes[].State", "Associations[].AssociationState"],
  secret: [],
  unordered: ["Routes", "Associations", "PropagatingVgws"],
  categories: { "security exposure": ["Routes"] },
  links: [
    { kind: "attached-to", to: "AWS::EC2::VPC", path: "VpcId" },
    {
      kind: "member-of",
      to: "AWS::EC2::VPC",
      path: "",
      where: { member: "Associations[].Main", idAt: "VpcId" },
      onRemoval: "with",
    },
    { kind: "attached-to", to: "AWS::EC2::Subnet", path: "Associations[].SubnetId", onRemoval: "apart" },
    // The same member names virtual private gateways and endpoints, and says `local` for the VPC itself.
    { kind: "uses", to: "AWS::EC2::InternetGateway", path: "Routes[].GatewayId", idPrefix: "igw-" },
    { kind: "uses", to: "AWS::EC2::NatGateway", path: "Routes[].NatGatewayId" },
    { kind: "uses", to: "AWS::EC2::NetworkInterface", path: "Routes[].NetworkInterfaceId" },
    // A NAT instance or another appliance.
    { kind: "uses", to: "AWS::EC2::Instance", path: "Routes[].InstanceId" },
    { kind: "uses", to: "AWS::EC2::TransitGateway", path: "Routes[].TransitGatewayId" },
    { kind: "uses", to: "AWS::EC2::VPCPeeringConnection", path: "Routes[].VpcPeeringConnectionId" },
    { kind: "uses", to: "AWS::EC2::EgressOnlyInternetGateway", path: "Routes[].EgressOnlyInternetGatewayId" },
  ],
  defaults: "the main route table of a VPC is deleted with the VPC only",
  iam: { list: ["ec2:DescribeRouteTables"], read: ["ec2:DescribeRouteTables"] },
  removal: {
    how: "deleted",
    loses: [],
    preparations: {
      disassociate: {
        how: "its associations ended; subnets fall back to the main route table of the VPC",
        iam: ["ec2:DisassociateRouteTable"],
      },
    },
    patienceMinutes: 15,
    iam: { inspect: [], remove: ["ec2:DeleteRouteTable"] },
  },
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteRouteTable.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateRouteTable.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RouteTable.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html",
  ],
} as const satisfies Facts;
