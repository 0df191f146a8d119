import type { Facts } from "../contract.ts";
import { IDLE_CHECKS, WEEK_HOURS } from "../idle.ts";

export const facts = {
  type: "AWS::EC2::NatGateway",
  short: "ec2:nat-gateway",
  title: "NAT gateway",
  group: "network",
  scope: "regional",
  arn: "arn:{partition}:ec2:{region}:{account}:natgateway/{id}",
  shape: { sdk: "client-ec2", name: "NatGateway" },
  // Addresses that AWS adds to and takes from a regional gateway by itself.
  more: { AutomaticAddresses: "json" },
  volatile: [
    "State",
    "DeleteTime",
    "FailureCode",
    "FailureMessage",
    "ProvisionedBandwidth",
    "AutomaticAddresses",
    "NatGatewayAddresses[].Status",
    "NatGatewayAddresses[].FailureMessage",
    "AttachedAppliances[].AttachmentState",
    "AttachedAppliances[].ModificationState",
    "AttachedAppliances[].FailureCode",
    "AttachedAppliances[].FailureMessage",
  ],
  secret: [],
  unordered: ["NatGatewayAddresses", "AttachedAppliances"],
  links: [
    { kind: "uses", to: "AWS::EC2::EIP", path: "NatGatewayAddresses[].AllocationId" },
    { kind: "uses", to: "AWS::EC2::EIP", path: "AutomaticAddresses[].AllocationId" },
    { kind: "owns", to: "AWS::EC2::NetworkInterface", path: "NatGatewayAddresses[].NetworkInterfaceId" },
    { kind: "owns", to: "AWS::EC2::NetworkInterface", path: "AutomaticAddresses[].NetworkInterfaceId" },
    { kind: "attached-to", to: "AWS::EC2::Subnet", path: "SubnetId" },
    { kind: "attached-to", to: "AWS::EC2::VPC", path: "VpcId" },
  ],
  iam: { list: ["ec2:DescribeNatGateways"], read: ["ec2:DescribeNatGateways"] },
  removal: {
    how: "deleted",
    loses: ["its private address; the Elastic IP address stays allocated"],
    patienceMinutes: 15,
    iam: { inspect: [], remove: ["ec2:DeleteNatGateway"] },
  },
  noStop:
    "it costs by the hour and by the GB until it is deleted: delete it, keep its Elastic IP address, and create it again; routes through it lead nowhere meanwhile",
  idle: [
    {
      namespace: "AWS/NATGateway",
      signs: [{ metric: "BytesOutToDestination", statistic: "Sum", below: 1, unit: " bytes" }],
      dimensions: { NatGatewayId: { from: "id" } },
      hours: WEEK_HOURS,
      sources: [
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteNatGateway.html",
        "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-working-with.html",
        IDLE_CHECKS,
        "https://docs.aws.amazon.com/vpc/latest/userguide/metrics-dimensions-nat-gateway.html",
      ],
    },
  ],
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NatGateway.html",
    "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html",
  ],
} as const satisfies Facts;
