import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::SNS::Topic",
  short: "sns:topic",
  title: "SNS topic",
  group: "streaming",
  scope: "regional",
  arn: "arn:{partition}:sns:{region}:{account}:{id}",
  // Attributes are a map of texts in the API; those that hold documents stand beside it, parsed.
  shape: { sdk: "client-sns", name: "GetTopicAttributesResponse" },
  more: { Policy: "json", DeliveryPolicy: "json", ArchivePolicy: "json" },
  volatile: [
    "Attributes.SubscriptionsConfirmed",
    "Attributes.SubscriptionsPending",
    "Attributes.SubscriptionsDeleted",
    // The oldest message that the archive still holds.
    "Attributes.BeginningArchiveTime",
  ],
  secret: [],
  unordered: [],
  categories: { "security exposure": ["Attributes.KmsMasterKeyId"] },
  links: [
    { kind: "uses", to: "AWS::KMS::Key", path: "Attributes.KmsMasterKeyId" },
    ...(["HTTP", "Firehose", "Lambda", "Application", "SQS"] as const).flatMap((protocol) =>
      (["Success", "Failure"] as const).map((outcome) => ({
        kind: "uses" as const,
        to: "AWS::IAM::Role" as const,
        path: `Attributes.${protocol}${outcome}FeedbackRoleArn`,
      })),
    ),
  ],
  iam: {
    list: ["sns:ListTopics", "sns:GetTopicAttributes", "tag:GetResources"],
    read: ["sns:GetTopicAttributes", "tag:GetResources"],
  },
  removal: {
    how: "deleted",
    loses: ["its subscriptions"],
    preparations: {
      unprotect: { how: "message archive ended, and the messages in it given up", iam: ["sns:SetTopicAttributes"] },
    },
    patienceMinutes: 5,
    iam: { inspect: [], remove: ["sns:DeleteTopic"] },
  },
  sources: [
    "https://docs.aws.amazon.com/sns/latest/api/API_DeleteTopic.html",
    "https://docs.aws.amazon.com/sns/latest/dg/message-archiving-and-replay-topic-owner.html",
    "https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html",
    "https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html",
  ],
} as const satisfies Facts;
