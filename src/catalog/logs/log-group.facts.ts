import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::Logs::LogGroup",
  short: "logs:log-group",
  title: "CloudWatch log group",
  group: "monitoring",
  scope: "regional",
  arn: "arn:{partition}:logs:{region}:{account}:log-group:{id}",
  billed: { idEnds: ":" },
  shape: { sdk: "client-cloudwatch-logs", name: "LogGroup" },
  volatile: ["storedBytes"],
  secret: [],
  // Says whether clients may sign in with a token; holds none.
  notSecret: ["bearerTokenAuthenticationEnabled"],
  unordered: ["inheritedProperties"],
  categories: {
    "security exposure": ["kmsKeyId", "dataProtectionStatus", "bearerTokenAuthenticationEnabled"],
  },
  links: [{ kind: "uses", to: "AWS::KMS::Key", path: "kmsKeyId" }],
  iam: {
    list: ["logs:DescribeLogGroups", "tag:GetResources"],
    read: ["logs:DescribeLogGroups", "tag:GetResources"],
  },
  removal: {
    how: "deleted",
    loses: ["its log events, metric filters and subscription filters"],
    holdsData: true,
    preparations: {
      unprotect: { how: "deletion protection switched off", iam: ["logs:PutLogGroupDeletionProtection"] },
    },
    patienceMinutes: 5,
    iam: { inspect: [], remove: ["logs:DeleteLogGroup"] },
  },
  sources: [
    "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogGroup.html",
    "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogGroupDeletionProtection.html",
    "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_LogGroup.html",
    "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html",
  ],
} as const satisfies Facts;
