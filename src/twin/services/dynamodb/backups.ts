import type { BackupSummary } from "@aws-sdk/client-dynamodb";
import { arrive, later } from "../../moving.ts";
import { AwsFault, type Call, type Operations, type Stored, type Table } from "../../service.ts";
import { named } from "./tables.ts";

type DynamoDb = typeof import("@aws-sdk/client-dynamodb");
type Row = Stored<BackupSummary>;

const backups = (call: Call): Table<Row> => call.table<Row>("dynamodb.backup");

/** AWS takes a backup of any size within seconds. Source: DynamoDB developer guide, "On-demand backup and restore". */
const TAKING_MS = 5_000;

const moveOf = ({ BackupArn }: Row) => `dynamodb.backup/${BackupArn}`;

function all(call: Call): Row[] {
  const rows = backups(call).all();
  for (const row of rows) arrive(call, moveOf(row), row);
  return rows;
}

/** On-demand backups, which outlive their table. */
export const backupOperations = {
  CreateBackup(input, call) {
    const { description } = named(call, input.TableName);
    if (description.TableStatus !== "ACTIVE")
      throw new AwsFault("TableInUseException", `Table ${description.TableName} is ${description.TableStatus}`);
    const BackupName = input.BackupName ?? "";
    if (!/^[a-zA-Z0-9_.-]{3,255}$/.test(BackupName))
      throw new AwsFault("ValidationException", `Value '${BackupName}' at 'backupName' failed to satisfy constraint`);
    const BackupArn = `${description.TableArn}/backup/${call.millis()}-${call.id("", 8)}`;
    const { TableName, TableId, TableArn } = description;
    const row = backups(call).put(BackupArn, {
      TableName,
      TableId,
      TableArn,
      BackupArn,
      BackupName,
      BackupCreationDateTime: call.now(),
      BackupStatus: "CREATING",
      BackupType: "USER",
      BackupSizeBytes: description.TableSizeBytes,
    });
    later(call, moveOf(row), TAKING_MS, { BackupStatus: "AVAILABLE" });
    const { TableName: _, TableId: __, TableArn: ___, ...BackupDetails } = row;
    return { BackupDetails };
  },
  ListBackups(input, call) {
    const found = all(call).filter(({ TableName }) => TableName === (input.TableName ?? TableName));
    const start = found.findIndex(({ BackupArn }) => BackupArn === input.ExclusiveStartBackupArn) + 1;
    const shown = found.slice(start, start + (input.Limit ?? 100));
    const more = start + shown.length < found.length;
    return { BackupSummaries: shown, ...(more ? { LastEvaluatedBackupArn: shown.at(-1)?.BackupArn } : {}) };
  },
} satisfies Operations<DynamoDb>;
