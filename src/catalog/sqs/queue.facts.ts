import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::SQS::Queue",
  short: "sqs:queue",
  title: "SQS queue",
  group: "streaming",
  scope: "regional",
  arn: "arn:{partition}:sqs:{region}:{account}:{id}",
  // Attributes are a map of texts in the API, so its members are told here.
  shape: { sdk: "client-sqs", name: "GetQueueAttributesResult" },
  more: { QueueUrl: "json", Policy: "json", RedrivePolicy: "json", RedriveAllowPolicy: "json" },
  // The approximate counters move with every message.
  volatile: [
    "Attributes.ApproximateNumberOfMessages",
    "Attributes.ApproximateNumberOfMessagesDelayed",
    "Attributes.ApproximateNumberOfMessagesNotVisible",
    "Attributes.LastModifiedTimestamp",
  ],
  secret: [],
  unordered: [],
  links: [
    { kind: "uses", to: "AWS::KMS::Key", path: "Attributes.KmsMasterKeyId" },
    { kind: "uses", to: "AWS::SQS::Queue", path: "RedrivePolicy.deadLetterTargetArn" },
  ],
  iam: {
    list: ["sqs:ListQueues", "sqs:GetQueueAttributes", "tag:GetResources"],
    read: ["sqs:GetQueueUrl", "sqs:GetQueueAttributes", "tag:GetResources"],
  },
  removal: {
    how: "deleted",
    loses: ["the messages in it"],
    // SQS takes up to a minute.
    patienceMinutes: 5,
    iam: { inspect: [], remove: ["sqs:DeleteQueue"] },
  },
  sources: [
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteQueue.html",
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html",
  ],
} as const satisfies Facts;
