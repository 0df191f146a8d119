import type {
  ContinuousBackupsDescription,
  CreateTableInput,
  TableDescription,
  TimeToLiveDescription,
} from "@aws-sdk/client-dynamodb";
import { AwsFault, type Call, page, service, type Stored, type Table, tagList, tagMap } from "../service.ts";

type Description = Stored<TableDescription>;

interface Row {
  readonly description: Description;
  readonly tags: Record<string, string>;
  backups: Stored<ContinuousBackupsDescription>;
  ttl: Stored<TimeToLiveDescription>;
  policy?: { text: string; revision: string } | undefined;
}

const tables = (call: Call): Table<Row> => call.table<Row>("dynamodb.table");

function named(call: Call, nameOrArn: string | undefined): Row {
  const row = tables(call).get((nameOrArn ?? "").split("/").at(-1) ?? "");
  if (!row)
    throw new AwsFault("ResourceNotFoundException", `Requested resource not found: Table: ${nameOrArn} not found`);
  return row;
}

/** What CreateTable and UpdateTable both set. */
function settings(input: Partial<Stored<CreateTableInput>>, call: Call): Partial<Description> {
  const { BillingMode, ProvisionedThroughput, SSESpecification: sse, StreamSpecification: stream } = input;
  const onDemand = { ReadCapacityUnits: 0, WriteCapacityUnits: 0, NumberOfDecreasesToday: 0 };
  const label = call.now().replace("Z", "");
  return {
    ...(BillingMode ? { BillingModeSummary: { BillingMode } } : {}),
    ...(BillingMode === "PAY_PER_REQUEST" ? { ProvisionedThroughput: onDemand } : {}),
    ...(ProvisionedThroughput ? { ProvisionedThroughput: { ...ProvisionedThroughput, NumberOfDecreasesToday: 0 } } : {}),
    ...(input.TableClass ? { TableClassSummary: { TableClass: input.TableClass } } : {}),
    ...(input.DeletionProtectionEnabled === undefined
      ? {}
      : { DeletionProtectionEnabled: input.DeletionProtectionEnabled }),
    ...(sse?.Enabled
      ? { SSEDescription: { Status: "ENABLED", SSEType: "KMS", KMSMasterKeyArn: sse.KMSMasterKeyId } }
      : {}),
    ...(stream?.StreamEnabled
      ? {
          StreamSpecification: stream,
          LatestStreamLabel: label,
          LatestStreamArn: call.arn("dynamodb", `table/${input.TableName}/stream/${label}`),
        }
      : {}),
  };
}

function created(input: Stored<CreateTableInput>, call: Call): Description {
  const arn = call.arn("dynamodb", `table/${input.TableName}`);
  const index = { IndexSizeBytes: 0, ItemCount: 0 };
  return {
    TableName: input.TableName,
    TableArn: arn,
    TableId: call.uuid(),
    TableStatus: "ACTIVE",
    CreationDateTime: call.now(),
    AttributeDefinitions: input.AttributeDefinitions ?? [],
    KeySchema: input.KeySchema,
    ProvisionedThroughput: { ReadCapacityUnits: 0, WriteCapacityUnits: 0, NumberOfDecreasesToday: 0 },
    TableSizeBytes: 0,
    ItemCount: 0,
    DeletionProtectionEnabled: false,
    ...(input.GlobalSecondaryIndexes
      ? {
          GlobalSecondaryIndexes: input.GlobalSecondaryIndexes.map(({ IndexName, KeySchema, Projection }) => ({
            IndexName,
            KeySchema,
            Projection,
            IndexStatus: "ACTIVE",
            IndexArn: `${arn}/index/${IndexName}`,
            ...index,
          })),
        }
      : {}),
    ...(input.LocalSecondaryIndexes
      ? {
          LocalSecondaryIndexes: input.LocalSecondaryIndexes.map((each) => ({
            ...each,
            IndexArn: `${arn}/index/${each.IndexName}`,
            ...index,
          })),
        }
      : {}),
    ...settings(input, call),
  };
}

/** With point in time recovery on, the window moves with the clock. */
function backupsNow({ backups }: Row, call: Call): Stored<ContinuousBackupsDescription> {
  const recovery = backups.PointInTimeRecoveryDescription;
  if (recovery?.PointInTimeRecoveryStatus !== "ENABLED") return backups;
  const LatestRestorableDateTime = new Date(call.millis() - 300_000).toISOString();
  return { ...backups, PointInTimeRecoveryDescription: { ...recovery, LatestRestorableDateTime } };
}

export const dynamodb = service(
  { namespace: "com.amazonaws.dynamodb", signingName: "dynamodb" },
  () => import("@aws-sdk/client-dynamodb"),
  {
    CreateTable(input, call) {
      const name = input.TableName ?? "";
      if (tables(call).get(name)) throw new AwsFault("ResourceInUseException", `Table already exists: ${name}`);
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
      const { description } = named(call, input.TableName);
      Object.assign(description, settings(input as Partial<Stored<CreateTableInput>>, call));
      return { TableDescription: description };
    },
    DeleteTable(input, call) {
      const { description } = named(call, input.TableName);
      if (description.DeletionProtectionEnabled)
        throw new AwsFault("ValidationException", "Resource cannot be deleted as it is currently protected.");
      tables(call).delete(description.TableName ?? "");
      return { TableDescription: { ...description, TableStatus: "DELETING" } };
    },
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
