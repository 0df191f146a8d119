import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::ElasticLoadBalancingV2::TargetGroup",
  short: "elbv2:target-group",
  title: "load balancer target group",
  group: "network",
  scope: "regional",
  // The id is the whole ARN: every call wants that.
  arn: "arn:{partition}:elasticloadbalancing:{region}:{account}:targetgroup/{id}",
  shape: { sdk: "client-elastic-load-balancing-v2", name: "TargetGroup" },
  more: { Attributes: "json" },
  // Follows from the listeners' and rules' actions, where the change is told. Registered targets come and go by themselves.
  volatile: ["LoadBalancerArns"],
  secret: [],
  unordered: [],
  links: [
    // Its listeners and rules forward to it, and go with it.
    {
      kind: "attached-to",
      to: "AWS::ElasticLoadBalancingV2::LoadBalancer",
      path: "LoadBalancerArns[]",
      onRemoval: "apart",
    },
    { kind: "attached-to", to: "AWS::EC2::VPC", path: "VpcId" },
  ],
  iam: {
    list: [
      "elasticloadbalancing:DescribeTags",
      "elasticloadbalancing:DescribeTargetGroupAttributes",
      "elasticloadbalancing:DescribeTargetGroups",
    ],
    read: [
      "elasticloadbalancing:DescribeTags",
      "elasticloadbalancing:DescribeTargetGroupAttributes",
      "elasticloadbalancing:DescribeTargetGroups",
    ],
  },
  removal: {
    how: "deleted",
    loses: ["the registration of its targets"],
    patienceMinutes: 5,
    iam: { inspect: [], remove: ["elasticloadbalancing:DeleteTargetGroup"] },
  },
  sources: [
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteTargetGroup.html",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroup.html",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html",
  ],
} as const satisfies Facts;
