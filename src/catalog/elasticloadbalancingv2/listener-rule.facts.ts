import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::ElasticLoadBalancingV2::ListenerRule",
  short: "elbv2:listener-rule",
  title: "load balancer listener rule",
  group: "network",
  scope: "regional",
  // The id is the whole ARN: every call wants that.
  arn: "arn:{partition}:elasticloadbalancing:{region}:{account}:listener-rule/{id}",
  shape: { sdk: "client-elastic-load-balancing-v2", name: "Rule" },
  // The answer does not say whose rule it is; its ARN does.
  more: { ListenerArn: "json", LoadBalancerArn: "json" },
  volatile: [],
  secret: ["Actions[].AuthenticateOidcConfig.ClientSecret"],
  // All conditions must hold, and of a condition's values any: neither has an order. Actions and transforms have one.
  unordered: [
    "Actions[].ForwardConfig.TargetGroups",
    "Conditions",
    "Conditions[].Values",
    "Conditions[].RegexValues",
    "Conditions[].HostHeaderConfig.Values",
    "Conditions[].HostHeaderConfig.RegexValues",
    "Conditions[].HttpHeaderConfig.Values",
    "Conditions[].HttpHeaderConfig.RegexValues",
    "Conditions[].HttpRequestMethodConfig.Values",
    "Conditions[].PathPatternConfig.Values",
    "Conditions[].PathPatternConfig.RegexValues",
    "Conditions[].QueryStringConfig.Values",
    "Conditions[].SourceIpConfig.Values",
  ],
  categories: {
    capacity: ["Actions[].ForwardConfig.TargetGroups[].Weight"],
    "security exposure": ["Conditions[].SourceIpConfig"],
  },
  links: [
    { kind: "member-of", to: "AWS::ElasticLoadBalancingV2::Listener", path: "ListenerArn", onRemoval: "along" },
    {
      kind: "member-of",
      to: "AWS::ElasticLoadBalancingV2::LoadBalancer",
      path: "LoadBalancerArn",
      onRemoval: "along",
    },
    { kind: "uses", to: "AWS::ElasticLoadBalancingV2::TargetGroup", path: "Actions[].TargetGroupArn" },
    {
      kind: "uses",
      to: "AWS::ElasticLoadBalancingV2::TargetGroup",
      path: "Actions[].ForwardConfig.TargetGroups[].TargetGroupArn",
    },
    { kind: "uses", to: "AWS::Cognito::UserPool", path: "Actions[].AuthenticateCognitoConfig.UserPoolArn" },
  ],
  defaults: "the default rule (IsDefault) is a part of its listener, which holds its actions and is deleted with it",
  iam: {
    list: [
      "elasticloadbalancing:DescribeListeners",
      "elasticloadbalancing:DescribeLoadBalancers",
      "elasticloadbalancing:DescribeRules",
      "elasticloadbalancing:DescribeTags",
    ],
    read: ["elasticloadbalancing:DescribeRules", "elasticloadbalancing:DescribeTags"],
  },
  removal: {
    how: "deleted",
    loses: [],
    patienceMinutes: 2,
    iam: { inspect: [], remove: ["elasticloadbalancing:DeleteRule"] },
  },
  sources: [
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteRule.html",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Rule.html",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeRules.html",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html",
    "https://github.com/boto/boto3/issues/3591",
  ],
} as const satisfies Facts;
