import type {
  ContinuousBackupsDescription,
  CreateTableInput,
  TableDescription,
  TimeToLiveDescription,
} from "@aws-sdk/client-dynamodb";
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

export function named(call: Call, nameOrArn: string | undefined): Row {
  const row = tables(call).get((nameOrArn ?? "").split("/").at(-1) ?? "");
  if (!row)
    throw new AwsFault("ResourceNotFoundException", `Requested resource not found: Table: ${nameOrArn} not found`);
  return row;
}

/** What CreateTable and UpdateTable both set. */
export function settings(input: Partial<Stored<CreateTableInput>>, call: Call): Partial<Description> {
  const { BillingMode, ProvisionedThroughput, SSESpecification: sse, StreamSpecification: stream } = input;
  const onDemand = { ReadCapacityUnits: 0, WriteCapacityUnits: 0, NumberOfDecreasesToday: 0 };
  const label = call.now().replace("Z", "");
  return {
    ...(BillingMode ? { BillingModeSummary: { BillingMode } } : {}),
    ...(BillingMode === "PAY_PER_REQUEST" ? { ProvisionedThroughput: onDemand } : {}),
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
export function backupsNow({ backups }: Row, call: Call): Stored<ContinuousBackupsDescription> {
  const recovery = backups.PointInTimeRecoveryDescription;
  if (recovery?.PointInTimeRecoveryStatus !== "ENABLED") return backups;
  const LatestRestorableDateTime = new Date(call.millis() - 300_000).toISOString();
  return { ...backups, PointInTimeRecoveryDescription: { ...recovery, LatestRestorableDateTime } };
}
