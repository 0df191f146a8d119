import type { CreateTableInput, UpdateTableInput } from "@aws-sdk/client-dynamodb";
import { later } from "../../moving.ts";
import { AwsFault, page, type Stored, service, tagList, tagMap } from "../../service.ts";
import { backupOperations } from "./backups.ts";
import { itemOperations } from "./items.ts";
import { queryOperations } from "./query.ts";
import { backupsNow, created, DELETING_MS, hasGone, moveOf, named, settings, switchMode, tables } from "./tables.ts";

export const dynamodb = service(
  { namespace: "com.amazonaws.dynamodb", signingName: "dynamodb" },
  () => import("@aws-sdk/client-dynamodb"),
  {
    CreateTable(input, call) {
      const name = input.TableName ?? "";
      const before = tables(call).get(name);
      if (before && !hasGone(call, before))
        throw new AwsFault("ResourceInUseException", `Table already exists: ${name}`);
      const description = created(input as Stored<CreateTableInput>, call);
      tables(call).put(name, {
        description,
        tags: tagMap(input.Tags),
        backups: {
          ContinuousBackupsStatus: "ENABLED",
          PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: "DISABLED" },
        },
        ttl: { TimeToLiveStatus: "DISABLED" },
      });
      return { TableDescription: description };
    },
    DescribeTable(input, call) {
      return { Table: named(call, input.TableName).description };
    },
    ListTables(input, call) {
      const names = tables(call)
        .all()
        .filter((row) => !hasGone(call, row))
        .map(({ description }) => description.TableName ?? "")
        .sort();
      const start = input.ExclusiveStartTableName ?? "";
      const { items, next } = page(
        names.filter((name) => name > start),
        { max: input.Limit },
        { max: 100, invalid: "ValidationException" },
      );
      return { TableNames: items, ...(next ? { LastEvaluatedTableName: items.at(-1) } : {}) };
    },
    UpdateTable(input, call) {
      const row = named(call, input.TableName);
      const { description } = row;
      if (description.TableStatus !== "ACTIVE")
        throw new AwsFault("ResourceInUseException", `Table is being updated: ${description.TableName}`);
      switchMode(row, input as Stored<UpdateTableInput>, call);
      Object.assign(description, settings(input as Partial<Stored<CreateTableInput>>, call));
      return { TableDescription: description };
    },
    DeleteTable(input, call) {
      const row = named(call, input.TableName);
      const { description } = row;
      if (description.DeletionProtectionEnabled)
        throw new AwsFault("ValidationException", "Resource cannot be deleted as it is currently protected.");
      if (description.TableStatus !== "ACTIVE")
        throw new AwsFault(
          "ResourceInUseException",
          `Attempt to change a resource which is still in use: Table is being ${description.TableStatus?.toLowerCase()}: ${description.TableName}`,
        );
      description.TableStatus = "DELETING";
      later(call, moveOf(row), DELETING_MS, {});
      return { TableDescription: description };
    },
    ...backupOperations,
    ...itemOperations,
    ...queryOperations,
    DescribeContinuousBackups(input, call) {
      return { ContinuousBackupsDescription: backupsNow(named(call, input.TableName), call) };
    },
    UpdateContinuousBackups(input, call) {
      const row = named(call, input.TableName);
      const on = input.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled;
      const since = { RecoveryPeriodInDays: 35, EarliestRestorableDateTime: call.now() };
      row.backups = {
        ContinuousBackupsStatus: "ENABLED",
        PointInTimeRecoveryDescription: {
          PointInTimeRecoveryStatus: on ? "ENABLED" : "DISABLED",
          ...(on ? since : {}),
        },
      };
      return { ContinuousBackupsDescription: row.backups };
    },
    DescribeTimeToLive(input, call) {
      return { TimeToLiveDescription: named(call, input.TableName).ttl };
    },
    UpdateTimeToLive(input, call) {
      const row = named(call, input.TableName);
      const { Enabled, AttributeName } = input.TimeToLiveSpecification ?? {};
      row.ttl = Enabled ? { TimeToLiveStatus: "ENABLED", AttributeName } : { TimeToLiveStatus: "DISABLED" };
      return { TimeToLiveSpecification: input.TimeToLiveSpecification };
    },
    GetResourcePolicy(input, call) {
      const { policy } = named(call, input.ResourceArn);
      if (!policy) throw new AwsFault("PolicyNotFoundException", "The resource has no policy.");
      return { Policy: policy.text, RevisionId: policy.revision };
    },
    PutResourcePolicy(input, call) {
      const row = named(call, input.ResourceArn);
      row.policy = { text: input.Policy ?? "", revision: String(call.millis()) };
      return { RevisionId: row.policy.revision };
    },
    DeleteResourcePolicy(input, call) {
      delete named(call, input.ResourceArn).policy;
    },
    TagResource(input, call) {
      Object.assign(named(call, input.ResourceArn).tags, tagMap(input.Tags));
    },
    UntagResource(input, call) {
      const { tags } = named(call, input.ResourceArn);
      for (const key of input.TagKeys ?? []) delete tags[key];
    },
    ListTagsOfResource(input, call) {
      return { Tags: tagList(named(call, input.ResourceArn).tags) };
    },
  },
);
