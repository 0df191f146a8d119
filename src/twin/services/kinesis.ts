import type { StreamDescriptionSummary } from "@aws-sdk/client-kinesis";
import { arrive, later } from "../moving.ts";
import { AwsFault, type Call, page, type Stored, service, type Table, tagList } from "../service.ts";

interface Row {
  readonly summary: Stored<StreamDescriptionSummary>;
  readonly tags: Record<string, string>;
  policy?: string;
  /** When UpdateShardCount was called, ISO. */
  rescaled: string[];
}

const streams = (call: Call): Table<Row> => call.table<Row>("kinesis.stream");

/** What a stream comes to; tells whether that was its deletion. */
function hasGone(call: Call, { summary }: Row): boolean {
  const { StreamName = "" } = summary;
  const isLeaving = summary.StreamStatus === "DELETING";
  return arrive(call, moveOf(StreamName), summary) && isLeaving && streams(call).delete(StreamName);
}

function rowOf(
  call: Call,
  input: {
    readonly StreamName?: string | undefined;
    readonly StreamARN?: string | undefined;
    readonly ResourceARN?: string | undefined;
  },
): Row {
  const name = input.StreamName ?? (input.StreamARN ?? input.ResourceARN ?? "").split("/").at(-1) ?? "";
  const row = streams(call).get(name);
  if (!row) throw new AwsFault("ResourceNotFoundException", `Stream ${name} under account ${call.account} not found.`);
  if (hasGone(call, row))
    throw new AwsFault("ResourceNotFoundException", `Stream ${name} under account ${call.account} not found.`);
  return row;
}

const moveOf = (name: string | undefined) => `kinesis.stream/${name}`;

/** How long a change of the shard count takes: AWS says "a few minutes". */
const RESHARDING_MS = 60_000;

/** How long a deletion takes. */
const DELETING_MS = 30_000;

const DAY_MS = 24 * 3_600_000;

/** Source: Kinesis API reference, UpdateShardCount. */
function refuseRescale({ summary, rescaled }: Row, target: number, now: number): void {
  const open = summary.OpenShardCount ?? 1;
  if (summary.StreamModeDetails?.StreamMode === "ON_DEMAND")
    throw new AwsFault("ValidationException", "UpdateShardCount is not supported for on-demand streams.");
  if (summary.StreamStatus !== "ACTIVE")
    throw new AwsFault(
      "ResourceInUseException",
      `Stream ${summary.StreamName} is ${summary.StreamStatus}, not ACTIVE.`,
    );
  if (target < 1 || target > open * 2 || target < open / 2)
    throw new AwsFault("InvalidArgumentException", `The target must be between half of ${open} and twice as much.`);
  if (rescaled.filter((at) => new Date(at).getTime() > now - DAY_MS).length >= 10)
    throw new AwsFault("LimitExceededException", "The stream was scaled ten times within 24 hours.");
}

/** Hours. Source: Kinesis API reference, IncreaseStreamRetentionPeriod and DecreaseStreamRetentionPeriod. */
const RETENTION = { min: 24, max: 8760 };

function refusedRetention(stream: string | undefined, hours: number): AwsFault {
  return new AwsFault(
    "InvalidArgumentException",
    `Requested retention period (${hours} hours) for stream ${stream} is out of the range that this call can set.`,
  );
}

export const kinesis = service(
  { namespace: "com.amazonaws.kinesis", signingName: "kinesis" },
  () => import("@aws-sdk/client-kinesis"),
  {
    CreateStream(input, call) {
      const name = input.StreamName ?? "";
      const before = streams(call).get(name);
      if (before && !hasGone(call, before))
        throw new AwsFault("ResourceInUseException", `Stream ${name} under account ${call.account} already exists.`);
      const StreamMode = input.StreamModeDetails?.StreamMode ?? "PROVISIONED";
      const summary = {
        StreamName: name,
        StreamARN: call.arn("kinesis", `stream/${name}`),
        StreamStatus: "ACTIVE",
        StreamModeDetails: { StreamMode },
        RetentionPeriodHours: 24,
        StreamCreationTimestamp: call.now(),
        EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
        EncryptionType: "NONE",
        OpenShardCount: input.ShardCount ?? (StreamMode === "ON_DEMAND" ? 4 : 1),
        ConsumerCount: 0,
      } satisfies Row["summary"];
      streams(call).put(name, { summary, tags: { ...(input.Tags as Record<string, string>) }, rescaled: [] });
    },
    ListStreams(input, call) {
      const after = input.ExclusiveStartStreamName ?? "";
      const summaries = streams(call)
        .all()
        .filter((row) => !hasGone(call, row))
        .map(({ summary }) => summary)
        .filter(({ StreamName }) => (StreamName ?? "") > after)
        .sort((a, b) => ((a.StreamName ?? "") < (b.StreamName ?? "") ? -1 : 1));
      const { items, next } = page(summaries, { token: input.NextToken, max: input.Limit ?? 100 }, { max: 10_000 });
      return {
        StreamNames: items.map(({ StreamName }) => StreamName),
        StreamSummaries: items.map(
          ({ StreamName, StreamARN, StreamStatus, StreamModeDetails, StreamCreationTimestamp }) => ({
            StreamName,
            StreamARN,
            StreamStatus,
            StreamModeDetails,
            StreamCreationTimestamp,
          }),
        ),
        HasMoreStreams: next !== undefined,
        NextToken: next,
      };
    },
    DescribeStreamSummary(input, call) {
      return { StreamDescriptionSummary: rowOf(call, input).summary };
    },
    UpdateShardCount(input, call) {
      const row = rowOf(call, input);
      const TargetShardCount = input.TargetShardCount ?? 0;
      refuseRescale(row, TargetShardCount, call.millis());
      const CurrentShardCount = row.summary.OpenShardCount;
      row.rescaled.push(call.now());
      row.summary.StreamStatus = "UPDATING";
      const becomes = { OpenShardCount: TargetShardCount, StreamStatus: "ACTIVE" };
      later(call, moveOf(row.summary.StreamName), RESHARDING_MS, becomes);
      const { StreamName, StreamARN } = row.summary;
      return { StreamName, StreamARN, CurrentShardCount, TargetShardCount };
    },
    UpdateStreamMode(input, call) {
      rowOf(call, input).summary.StreamModeDetails = input.StreamModeDetails;
    },
    IncreaseStreamRetentionPeriod(input, call) {
      const { summary } = rowOf(call, input);
      const hours = input.RetentionPeriodHours ?? 0;
      if (hours < (summary.RetentionPeriodHours ?? 0) || hours > RETENTION.max)
        throw refusedRetention(summary.StreamName, hours);
      summary.RetentionPeriodHours = hours;
    },
    DecreaseStreamRetentionPeriod(input, call) {
      const { summary } = rowOf(call, input);
      const hours = input.RetentionPeriodHours ?? 0;
      if (hours > (summary.RetentionPeriodHours ?? 0) || hours < RETENTION.min)
        throw refusedRetention(summary.StreamName, hours);
      summary.RetentionPeriodHours = hours;
    },
    StartStreamEncryption(input, call) {
      Object.assign(rowOf(call, input).summary, { EncryptionType: input.EncryptionType, KeyId: input.KeyId });
    },
    StopStreamEncryption(input, call) {
      const { summary } = rowOf(call, input);
      summary.EncryptionType = "NONE";
      delete summary.KeyId;
    },
    DeleteStream(input, call) {
      const { summary } = rowOf(call, input);
      if (summary.ConsumerCount && !input.EnforceConsumerDeletion)
        throw new AwsFault("ResourceInUseException", `Stream ${summary.StreamName} has registered consumers.`);
      if (summary.StreamStatus !== "ACTIVE")
        throw new AwsFault(
          "ResourceInUseException",
          `Stream ${summary.StreamName} under account ${call.account} not ACTIVE, instead in state ${summary.StreamStatus}`,
        );
      summary.StreamStatus = "DELETING";
      later(call, moveOf(summary.StreamName), DELETING_MS, {});
    },
    /** A stream without a policy has an empty one. */
    GetResourcePolicy(input, call) {
      return { Policy: rowOf(call, input).policy ?? "{}" };
    },
    PutResourcePolicy(input, call) {
      rowOf(call, input).policy = input.Policy ?? "{}";
    },
    DeleteResourcePolicy(input, call) {
      delete rowOf(call, input).policy;
    },
    AddTagsToStream(input, call) {
      Object.assign(rowOf(call, input).tags, input.Tags);
    },
    RemoveTagsFromStream(input, call) {
      const { tags } = rowOf(call, input);
      for (const key of input.TagKeys ?? []) delete tags[key];
    },
    ListTagsForStream(input, call) {
      return { Tags: tagList(rowOf(call, input).tags), HasMoreTags: false };
    },
  },
);
