import {
  CreateReplicationInstanceCommand,
  CreateReplicationTaskCommand,
  type CreateReplicationTaskMessage,
  DatabaseMigrationServiceClient,
  StartReplicationTaskCommand,
} from "@aws-sdk/client-database-migration-service";
import type { TestAccount } from "../../../tests/contract/account.ts";

/** All that was begun has happened by then, but no load. */
export const SETTLED_MS = 15 * 60_000;
export const LOADED_MS = 24 * 3_600_000;

const Tags = [{ Key: "team", Value: "sales" }];

/** Makes replication instances, waits until they are available, and returns their ARNs. */
export async function createInstances({ send, twin }: TestAccount, names: readonly string[]): Promise<string[]> {
  const arns: string[] = [];
  for (const ReplicationInstanceIdentifier of names) {
    const settings = { ReplicationInstanceClass: "dms.t3.medium", AllocatedStorage: 50, Tags };
    const command = new CreateReplicationInstanceCommand({ ReplicationInstanceIdentifier, ...settings });
    const answer = await send(DatabaseMigrationServiceClient, command);
    arns.push(answer.ReplicationInstance?.ReplicationInstanceArn ?? "");
  }
  await twin.clock.sleep(SETTLED_MS);
  return arns;
}

/** Makes tasks that are ready to be started, and returns their ARNs. */
export async function createTasks(
  account: TestAccount,
  names: readonly string[],
  more: Partial<CreateReplicationTaskMessage> = {},
): Promise<string[]> {
  const { send, twin } = account;
  const [ReplicationInstanceArn = ""] = await createInstances(account, ["mover"]);
  const settings = {
    SourceEndpointArn: "arn:aws:dms:eu-west-1:111111111111:endpoint:SOURCE",
    TargetEndpointArn: "arn:aws:dms:eu-west-1:111111111111:endpoint:TARGET",
    ReplicationInstanceArn,
    MigrationType: "full-load-and-cdc",
    TableMappings: JSON.stringify({ rules: [{ "rule-type": "selection", "rule-id": "1" }] }),
    Tags,
  } as const;
  const arns: string[] = [];
  for (const ReplicationTaskIdentifier of names) {
    const command = new CreateReplicationTaskCommand({ ReplicationTaskIdentifier, ...settings, ...more });
    const answer = await send(DatabaseMigrationServiceClient, command);
    arns.push(answer.ReplicationTask?.ReplicationTaskArn ?? "");
  }
  await twin.clock.sleep(SETTLED_MS);
  return arns;
}

/** Makes a task and starts it for the first time. */
export async function startedTask(
  account: TestAccount,
  more: Partial<CreateReplicationTaskMessage> = {},
): Promise<string> {
  const [ReplicationTaskArn = ""] = await createTasks(account, ["orders"], more);
  const start = { ReplicationTaskArn, StartReplicationTaskType: "start-replication" } as const;
  await account.send(DatabaseMigrationServiceClient, new StartReplicationTaskCommand(start));
  await account.twin.clock.sleep(SETTLED_MS);
  return ReplicationTaskArn;
}

/** The same, with its full load finished. */
export async function loadedTask(
  account: TestAccount,
  more: Partial<CreateReplicationTaskMessage> = {},
): Promise<string> {
  const arn = await startedTask(account, more);
  await account.twin.clock.sleep(LOADED_MS);
  return arn;
}
