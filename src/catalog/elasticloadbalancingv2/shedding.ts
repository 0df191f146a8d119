/**
 * What the parts of shedding call, and what each action can be narrowed to; `*` = AWS takes no resource for it.
 * Source: service authorisation reference, the pages of each service.
 */
export const SHEDDING = {
  read: {
    "elasticloadbalancing:DescribeListeners": "*",
    "elasticloadbalancing:DescribeRules": "*",
    "elasticloadbalancing:DescribeTags": "*",
    "elasticloadbalancing:DescribeTargetHealth": "*",
    // "You can't return information about composite alarms if your … permission has a narrower scope." Source: CloudWatch API reference, DescribeAlarms.
    "cloudwatch:DescribeAlarms": "*",
    "cloudwatch:GetMetricData": "*",
  },
  write: {
    "elasticloadbalancing:ModifyListener": "listener",
    "elasticloadbalancing:ModifyRule": "listener-rule",
    // Asked of whoever writes a rule that authenticates with Cognito. Source: Application Load Balancers guide, "Authenticate users".
    "cognito-idp:DescribeUserPoolClient": "user pool",
  },
  ledger: {
    "dynamodb:GetItem": "table",
    "dynamodb:PutItem": "table",
    "dynamodb:Query": "table",
  },
  queue: { "sqs:SendMessage": "queue" },
  topic: { "sns:Publish": "topic" },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;
