import type {
  ContinuousBackupsDescription,
  CreateTableInput,
  TableDescription,
  TimeToLiveDescription,
  UpdateTableInput,
} from "@aws-sdk/client-dynamodb";
import { arrive, later } from "../../moving.ts";
import { AwsFault, type Call, type Stored, type Table } from "../../service.ts";

type Description = Stored<TableDescription>;

export interface Row {
  readonly description: Description;
  readonly tags: Record<string, string>;
  backups: Stored<ContinuousBackupsDescription>;
  ttl: Stored<TimeToLiveDescription>;
  policy?: { text: string; revision: string } | undefined;
}

export const tables = (call: Call): Table<Row> => call.table<Row>("dynamodb.table");

/** What a table comes to; tells whether that was its deletion. */
export function hasGone(call: Call, row: Row): boolean {
  const isLeaving = row.description.TableStatus === "DELETING";
  return (
    arrive(call, moveOf(row), row.description) && isLeaving && tables(call).delete(row.description.TableName ?? "")
  );
}

export function named(call: Call, nameOrArn: string | undefined): Row {
  const row = tables(call).get((nameOrArn ?? "").split("/").at(-1) ?? "");
  if (!row)
    throw new AwsFault("ResourceNotFoundException", `Requested resource not found: Table: ${nameOrArn} not found`);
  if (hasGone(call, row))
    throw new AwsFault("ResourceNotFoundException", `Requested resource not found: Table: ${nameOrArn} not found`);
  return row;
}

export const moveOf = ({ description }: Row) => `dynamodb.table/${description.TableName}`;

/** How long a deletion takes. */
export const DELETING_MS = 30_000;

/** A change of the billing mode takes AWS minutes. */
const SWITCHING_MS = 120_000;

/**
 * Switches between provisioned and on-demand, table and indexes together.
 * Source: DynamoDB API reference, UpdateTable: provisioned mode needs a throughput for each index.
 */
export function switchMode(row: Row, input: Stored<UpdateTableInput>, call: Call): void {
  const { description } = row;
  const mode = input.BillingMode;
  if (!mode || mode === (description.BillingModeSummary?.BillingMode ?? "PROVISIONED")) return;
  const provisioned = mode === "PROVISIONED";
  const given = new Map(
    (input.GlobalSecondaryIndexUpdates ?? []).flatMap(({ Update: update }) =>
      update ? [[update.IndexName, update.ProvisionedThroughput]] : [],
    ),
  );
  const indexes = description.GlobalSecondaryIndexes ?? [];
  if (provisioned && (!input.ProvisionedThroughput || indexes.some(({ IndexName }) => !given.get(IndexName))))
    throw new AwsFault(
      "ValidationException",
      "ProvisionedThroughput must be specified for the table and its indexes when BillingMode is PROVISIONED",
    );
  for (const index of indexes)
    index.ProvisionedThroughput = { ...NO_THROUGHPUT, ...(provisioned ? given.get(index.IndexName) : {}) };
  description.TableStatus = "UPDATING";
  later(call, moveOf(row), SWITCHING_MS, { TableStatus: "ACTIVE" });
}

const NO_THROUGHPUT = { ReadCapacityUnits: 0, WriteCapacityUnits: 0, NumberOfDecreasesToday: 0 };

/** What CreateTable and UpdateTable both set. */
export function settings(input: Partial<Stored<CreateTableInput>>, call: Call): Partial<Description> {
  const { BillingMode, ProvisionedThroughput, SSESpecification: sse, StreamSpecification: stream } = input;
  const label = call.now().replace("Z", "");
  return {
    ...(BillingMode ? { BillingModeSummary: { BillingMode } } : {}),
    ...(BillingMode === "PAY_PER_REQUEST" ? { ProvisionedThroughput: NO_THROUGHPUT } : {}),
    ...(ProvisionedThroughput
      ? { ProvisionedThroughput: { ...ProvisionedThroughput, NumberOfDecreasesToday: 0 } }
      : {}),
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

export function created(input: Stored<CreateTableInput>, call: Call): Description {
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
    ProvisionedThroughput: NO_THROUGHPUT,
    TableSizeBytes: 0,
    ItemCount: 0,
    DeletionProtectionEnabled: false,
    ...(input.GlobalSecondaryIndexes
      ? {
          GlobalSecondaryIndexes: input.GlobalSecondaryIndexes.map(
            ({ IndexName, KeySchema, Projection, ProvisionedThroughput }) => ({
              IndexName,
              KeySchema,
              Projection,
              ...(ProvisionedThroughput
                ? { ProvisionedThroughput: { ...NO_THROUGHPUT, ...ProvisionedThroughput } }
                : {}),
              IndexStatus: "ACTIVE",
              IndexArn: `${arn}/index/${IndexName}`,
              ...index,
            }),
          ),
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
export function backupsNow({ backups }: Row, call: Call): Stored<ContinuousBackupsDescription> {
  const recovery = backups.PointInTimeRecoveryDescription;
  if (recovery?.PointInTimeRecoveryStatus !== "ENABLED") return backups;
  const LatestRestorableDateTime = new Date(call.millis() - 300_000).toISOString();
  return { ...backups, PointInTimeRecoveryDescription: { ...recovery, LatestRestorableDateTime } };
}
