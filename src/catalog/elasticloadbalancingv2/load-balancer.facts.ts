import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::ElasticLoadBalancingV2::LoadBalancer",
  short: "elbv2:load-balancer",
  title: "load balancer (ALB, NLB, GWLB)",
  group: "network",
  scope: "regional",
  // The id is the whole ARN: every call wants that.
  arn: "arn:{partition}:elasticloadbalancing:{region}:{account}:loadbalancer/{id}",
  shape: { sdk: "client-elastic-load-balancing-v2", name: "LoadBalancer" },
  more: { Attributes: "json" },
  volatile: ["State"],
  secret: [],
  unordered: ["AvailabilityZones", "AvailabilityZones[].LoadBalancerAddresses", "SecurityGroups"],
  links: [
    { kind: "attached-to", to: "AWS::EC2::VPC", path: "VpcId" },
    { kind: "attached-to", to: "AWS::EC2::Subnet", path: "AvailabilityZones[].SubnetId" },
    { kind: "uses", to: "AWS::EC2::EIP", path: "AvailabilityZones[].LoadBalancerAddresses[].AllocationId" },
    { kind: "uses", to: "AWS::EC2::SecurityGroup", path: "SecurityGroups[]" },
  ],
  iam: {
    list: [
      "elasticloadbalancing:DescribeLoadBalancerAttributes",
      "elasticloadbalancing:DescribeLoadBalancers",
      "elasticloadbalancing:DescribeTags",
    ],
    read: [
      "elasticloadbalancing:DescribeLoadBalancerAttributes",
      "elasticloadbalancing:DescribeLoadBalancers",
      "elasticloadbalancing:DescribeTags",
    ],
  },
  noStop:
    "it costs by the hour and by what it carries until it is deleted: delete it and create it again, which gives it another DNS name",
  sources: [
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancer.html",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTags.html",
  ],
} as const satisfies Facts;
