import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::ElasticLoadBalancingV2::Listener",
  short: "elbv2:listener",
  title: "load balancer listener",
  group: "network",
  scope: "regional",
  // The id is the whole ARN: every call wants that.
  arn: "arn:{partition}:elasticloadbalancing:{region}:{account}:listener/{id}",
  shape: { sdk: "client-elastic-load-balancing-v2", name: "Listener" },
  // The answer names the default certificate only; the others have a call of their own.
  more: { Attributes: "json", OtherCertificates: "json" },
  volatile: ["MutualAuthentication.TrustStoreAssociationStatus"],
  secret: ["DefaultActions[].AuthenticateOidcConfig.ClientSecret"],
  // Actions are in their order.
  unordered: ["Certificates", "OtherCertificates", "DefaultActions[].ForwardConfig.TargetGroups"],
  categories: {
    capacity: ["DefaultActions[].ForwardConfig.TargetGroups[].Weight"],
    "security exposure": ["Certificates", "MutualAuthentication", "OtherCertificates", "Protocol", "SslPolicy"],
  },
  links: [
    {
      kind: "member-of",
      to: "AWS::ElasticLoadBalancingV2::LoadBalancer",
      path: "LoadBalancerArn",
      onRemoval: "along",
    },
    { kind: "uses", to: "AWS::ElasticLoadBalancingV2::TargetGroup", path: "DefaultActions[].TargetGroupArn" },
    {
      kind: "uses",
      to: "AWS::ElasticLoadBalancingV2::TargetGroup",
      path: "DefaultActions[].ForwardConfig.TargetGroups[].TargetGroupArn",
    },
    { kind: "uses", to: "AWS::CertificateManager::Certificate", path: "Certificates[].CertificateArn" },
    { kind: "uses", to: "AWS::CertificateManager::Certificate", path: "OtherCertificates[]" },
    { kind: "uses", to: "AWS::ElasticLoadBalancingV2::TrustStore", path: "MutualAuthentication.TrustStoreArn" },
    { kind: "uses", to: "AWS::Cognito::UserPool", path: "DefaultActions[].AuthenticateCognitoConfig.UserPoolArn" },
  ],
  iam: {
    list: [
      "elasticloadbalancing:DescribeListenerAttributes",
      "elasticloadbalancing:DescribeListenerCertificates",
      "elasticloadbalancing:DescribeListeners",
      "elasticloadbalancing:DescribeLoadBalancers",
      "elasticloadbalancing:DescribeTags",
    ],
    read: [
      "elasticloadbalancing:DescribeListenerAttributes",
      "elasticloadbalancing:DescribeListenerCertificates",
      "elasticloadbalancing:DescribeListeners",
      "elasticloadbalancing:DescribeTags",
    ],
  },
  removal: {
    how: "deleted",
    loses: ["its rules"],
    patienceMinutes: 2,
    iam: { inspect: [], remove: ["elasticloadbalancing:DeleteListener"] },
  },
  sources: [
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteListener.html",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Listener.html",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeListenerCertificates.html",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ListenerAttribute.html",
  ],
} as const satisfies Facts;
