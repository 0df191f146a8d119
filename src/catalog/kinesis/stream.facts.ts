import type { Facts } from "../contract.ts";
import { WEEK_HOURS } from "../idle.ts";

export const facts = {
  type: "AWS::Kinesis::Stream",
  short: "kinesis:stream",
  title: "Kinesis stream",
  group: "streaming",
  scope: "regional",
  arn: "arn:{partition}:kinesis:{region}:{account}:stream/{id}",
  // Consumers stand behind the name.
  billed: { idEnds: "/" },
  shape: { sdk: "client-kinesis", name: "StreamDescriptionSummary" },
  more: { Policy: "json" },
  // Consumers and channels are resources of their own, which come and go: only their numbers stand here.
  volatile: ["StreamStatus", "ConsumerCount", "ChannelCount", "WarmThroughput.CurrentMiBps"],
  secret: [],
  unordered: ["EnhancedMonitoring", "EnhancedMonitoring[].ShardLevelMetrics"],
  // Open shards, not the length of the shard list, which holds closed ones too.
  controllerOwned: [{ path: "OpenShardCount", by: "on-demand capacity or a scaler" }],
  categories: {
    capacity: ["OpenShardCount", "StreamModeDetails", "RetentionPeriodHours", "WarmThroughput"],
    "security exposure": ["EncryptionType", "KeyId"],
  },
  links: [{ kind: "uses", to: "AWS::KMS::Key", path: "KeyId" }],
  iam: {
    list: ["kinesis:ListStreams", "kinesis:DescribeStreamSummary", "kinesis:GetResourcePolicy", "tag:GetResources"],
    read: ["kinesis:DescribeStreamSummary", "kinesis:GetResourcePolicy", "tag:GetResources"],
  },
  pause: {
    stage: "services",
    how: "open shards down to 1, by halves",
    keepsCosting: ["one shard an hour", "extended retention and enhanced fan-out"],
    // Each of up to five rounds takes AWS a minute or a few; a stream of many shards more.
    patienceMinutes: 60,
    iam: {
      capture: ["kinesis:DescribeStreamSummary"],
      pause: ["kinesis:UpdateShardCount"],
      resume: ["kinesis:UpdateShardCount"],
    },
  },
  removal: {
    how: "deleted, with the consumers that are registered with it",
    loses: ["the records in it"],
    holdsData: true,
    patienceMinutes: 15,
    iam: { inspect: [], remove: ["kinesis:DeleteStream"] },
  },
  idle: [
    {
      namespace: "AWS/Kinesis",
      signs: [{ metric: "IncomingRecords", statistic: "Sum", below: 1, unit: " records" }],
      dimensions: { StreamName: { from: "id" } },
      hours: WEEK_HOURS,
      sources: ["https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html"],
    },
  ],
  sources: [
    "https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DeleteStream.html",
    "https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateShardCount.html",
    "https://docs.aws.amazon.com/kinesis/latest/APIReference/API_StreamDescriptionSummary.html",
    "https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetResourcePolicy.html",
  ],
} as const satisfies Facts;
