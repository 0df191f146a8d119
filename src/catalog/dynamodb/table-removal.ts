import {
  type BackupSummary,
  CreateBackupCommand,
  DeleteTableCommand,
  DynamoDBClient,
  ListBackupsCommand,
  type TableDescription,
  UpdateTableCommand,
} from "@aws-sdk/client-dynamodb";
import type { Found, ReadScope, Removal, RemovalState } from "../contract.ts";

function inspect({ configuration, state = "in an unknown state" }: Found): RemovalState {
  const { TableId, DeletionProtectionEnabled, Replicas = [] } = configuration as TableDescription;
  const replicas = Replicas.map(({ RegionName }) => RegionName).join(", ");
  const identity = { TableId: TableId ?? null };
  const words = replicas ? `${state}, its replicas in ${replicas} stay` : state;
  if (state === "DELETING") return { leaving: true, identity, words };
  return { identity, words, ...(DeletionProtectionEnabled ? { guardedBy: "deletion protection" } : {}) };
}

/** Backups of a table by a name; ListBackups has no paginator and no filter by name. */
async function backupsOf(scope: ReadScope, TableName: string, name: string): Promise<BackupSummary[]> {
  const found: BackupSummary[] = [];
  for (let start: string | undefined, more = true; more; more = start !== undefined) {
    const asked = { TableName, BackupType: "USER", ...(start ? { ExclusiveStartBackupArn: start } : {}) } as const;
    const page = await scope.client(DynamoDBClient).send(new ListBackupsCommand(asked));
    found.push(...(page.BackupSummaries ?? []).filter(({ BackupName }) => BackupName === name));
    start = page.LastEvaluatedBackupArn;
  }
  return found;
}

export const removal: Removal = {
  inspect,
  prepare(scope, { id }) {
    const asked = { TableName: id, DeletionProtectionEnabled: false };
    return scope.writer(DynamoDBClient).send(new UpdateTableCommand(asked));
  },
  backup: {
    async look(scope, id, name) {
      const states = (await backupsOf(scope, id, name)).map(({ BackupStatus }) => BackupStatus);
      if (states.includes("AVAILABLE")) return "done";
      return states.includes("CREATING") ? "moving" : "none";
    },
    take(scope, { id }, name) {
      return scope.writer(DynamoDBClient).send(new CreateBackupCommand({ TableName: id, BackupName: name }));
    },
  },
  /** Of a global table only the replica of this region goes. Source: DynamoDB API reference, DeleteTable. */
  remove: (scope, { id }) => scope.writer(DynamoDBClient).send(new DeleteTableCommand({ TableName: id })),
};
