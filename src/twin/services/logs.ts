import type { LogGroup } from "@aws-sdk/client-cloudwatch-logs";
import { AwsFault, type Call, page, type Stored, service, type Table } from "../service.ts";

interface Row {
  readonly group: Stored<LogGroup>;
  readonly tags: Record<string, string>;
}

const groups = (call: Call): Table<Row> => call.table<Row>("logs.log-group");

function named(call: Call, name: string | undefined): Row {
  const row = groups(call).get(name ?? "");
  if (!row) throw new AwsFault("ResourceNotFoundException", "The specified log group does not exist.");
  return row;
}

/** By name, or by ARN with or without the `:*` that streams are named by. */
function atArn(call: Call, arn = ""): Row {
  return named(call, arn.replace(/:\*$/, "").split(":log-group:").at(-1));
}

export const logs = service(
  { namespace: "com.amazonaws.cloudwatchlogs", signingName: "logs" },
  () => import("@aws-sdk/client-cloudwatch-logs"),
  {
    CreateLogGroup(input, call) {
      const name = input.logGroupName ?? "";
      if (groups(call).get(name))
        throw new AwsFault("ResourceAlreadyExistsException", "The specified log group already exists");
      const arn = call.arn("logs", `log-group:${name}`);
      const group: Row["group"] = {
        logGroupName: name,
        creationTime: call.millis(),
        metricFilterCount: 0,
        arn: `${arn}:*`,
        logGroupArn: arn,
        storedBytes: 0,
        logGroupClass: input.logGroupClass ?? "STANDARD",
        deletionProtectionEnabled: input.deletionProtectionEnabled ?? false,
        ...(input.kmsKeyId ? { kmsKeyId: input.kmsKeyId } : {}),
      };
      groups(call).put(name, { group, tags: { ...(input.tags as Record<string, string> | undefined) } });
    },
    DescribeLogGroups(input, call) {
      const found = groups(call)
        .all()
        .map(({ group }) => group)
        .filter(({ logGroupName = "" }) => logGroupName.startsWith(input.logGroupNamePrefix ?? ""))
        .filter(({ logGroupName = "" }) => logGroupName.includes(input.logGroupNamePattern ?? ""))
        .sort((a, b) => ((a.logGroupName ?? "") < (b.logGroupName ?? "") ? -1 : 1));
      const { items, next } = page(
        found,
        { token: input.nextToken, max: input.limit },
        { max: 50, invalid: "InvalidParameterException" },
      );
      return { logGroups: items, nextToken: next };
    },
    DeleteLogGroup(input, call) {
      const { group } = named(call, input.logGroupName);
      if (group.deletionProtectionEnabled)
        throw new AwsFault("ValidationException", "The log group has deletion protection enabled.");
      groups(call).delete(group.logGroupName ?? "");
    },
    PutLogGroupDeletionProtection(input, call) {
      const id = input.logGroupIdentifier ?? "";
      const { group } = id.startsWith("arn:") ? atArn(call, id) : named(call, id);
      group.deletionProtectionEnabled = input.deletionProtectionEnabled;
    },
    PutRetentionPolicy(input, call) {
      named(call, input.logGroupName).group.retentionInDays = input.retentionInDays;
    },
    DeleteRetentionPolicy(input, call) {
      delete named(call, input.logGroupName).group.retentionInDays;
    },
    AssociateKmsKey(input, call) {
      (input.logGroupName ? named(call, input.logGroupName) : atArn(call, input.resourceIdentifier)).group.kmsKeyId =
        input.kmsKeyId;
    },
    DisassociateKmsKey(input, call) {
      delete (input.logGroupName ? named(call, input.logGroupName) : atArn(call, input.resourceIdentifier)).group
        .kmsKeyId;
    },
    TagResource(input, call) {
      Object.assign(atArn(call, input.resourceArn).tags, input.tags);
    },
    UntagResource(input, call) {
      const { tags } = atArn(call, input.resourceArn);
      for (const key of input.tagKeys ?? []) delete tags[key];
    },
    ListTagsForResource(input, call) {
      return { tags: atArn(call, input.resourceArn).tags };
    },
  },
);
