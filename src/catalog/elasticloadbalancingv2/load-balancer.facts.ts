import type { Facts } from "../contract.ts";
import { IDLE_CHECKS, WEEK_HOURS } from "../idle.ts";

export const facts = {
  type: "AWS::ElasticLoadBalancingV2::LoadBalancer",
  short: "elbv2:load-balancer",
  title: "load balancer (ALB, NLB, GWLB)",
  group: "network",
  scope: "regional",
  // The id is the whole ARN: every call wants that.
  arn: "arn:{partition}:elasticloadbalancing:{region}:{account}:loadbalancer/{id}",
  // Classic load balancers have ARNs of the same form.
  billed: { ids: ["app/", "net/", "gwy/"] },
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
  removal: {
    how: "deleted with its listeners and rules",
    loses: ["its DNS name"],
    preparations: {
      unprotect: {
        how: "deletion protection switched off",
        iam: ["elasticloadbalancing:ModifyLoadBalancerAttributes"],
      },
    },
    // It may be the service of an endpoint whose connections end first.
    patienceMinutes: 10,
    iam: { inspect: [], remove: ["elasticloadbalancing:DeleteLoadBalancer"] },
  },
  noStop:
    "it costs by the hour and by what it carries until it is deleted: delete it and create it again, which gives it another DNS name",
  idle: [
    {
      only: { path: "Type", is: "application" },
      namespace: "AWS/ApplicationELB",
      // Trusted Advisor: less than 100 requests a day for seven days.
      signs: [{ metric: "RequestCount", statistic: "Sum", below: 700, unit: " requests" }],
      dimensions: { LoadBalancer: { from: "arn", after: ":loadbalancer/" } },
      hours: WEEK_HOURS,
      sources: [
        IDLE_CHECKS,
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html",
      ],
    },
    {
      only: { path: "Type", is: "network" },
      namespace: "AWS/NetworkELB",
      signs: [{ metric: "NewFlowCount", statistic: "Sum", below: 1, unit: " flows" }],
      dimensions: { LoadBalancer: { from: "arn", after: ":loadbalancer/" } },
      hours: WEEK_HOURS,
      sources: [
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-cloudwatch-metrics.html",
      ],
    },
  ],
  sources: [
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteLoadBalancer.html",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancer.html",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTags.html",
  ],
} as const satisfies Facts;
