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
  removal: {
    how: "deleted",
    loses: [],
    preparations: {
      detach: {
        how: "detached from its VPC",
        releases: ["AWS::EC2::VPC"],
        // Whatever may have a public address: as long as one is mapped into the network, AWS does not let it be detached.
        waitsFor: [
          "AWS::EC2::Instance",
          "AWS::EC2::NatGateway",
          "AWS::EC2::NetworkInterface",
          "AWS::ElasticLoadBalancingV2::LoadBalancer",
          "AWS::RDS::DBInstance",
          "AWS::Redshift::Cluster",
          "AWS::AutoScaling::AutoScalingGroup",
          "AWS::ECS::Service",
        ],
        iam: ["ec2:DetachInternetGateway"],
      },
    },
    // Public addresses of services linger for minutes.
    patienceMinutes: 45,
    iam: { inspect: [], remove: ["ec2:DeleteInternetGateway"] },
  },
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteInternetGateway.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DetachInternetGateway.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InternetGateway.html",
  ],
} as const satisfies Facts;
