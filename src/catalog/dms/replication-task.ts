import {
  DatabaseMigrationServiceClient,
  DescribeReplicationTasksCommand,
  paginateDescribeReplicationTasks,
  type ReplicationTask,
} from "@aws-sdk/client-database-migration-service";
import { free } from "../charges.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { orGone, parseDocument, unknownOf, without } from "../reading.ts";
import { pause } from "./replication-task-pause.ts";
import { removal } from "./replication-task-removal.ts";

async function found(scope: ReadScope, task: ReplicationTask): Promise<Found> {
  const arn = task.ReplicationTaskArn ?? "";
  const { tags, unknown } = (await scope.tags("dms:task"))(arn);
  return {
    id: arn,
    arn,
    name: task.ReplicationTaskIdentifier,
    createdAt: task.ReplicationTaskCreationDate,
    state: task.Status,
    tags,
    configuration: {
      ...without(task, "ReplicationTaskArn", "ReplicationTaskIdentifier", "ReplicationTaskCreationDate"),
      TableMappings: parseDocument(task.TableMappings),
      ReplicationTaskSettings: parseDocument(task.ReplicationTaskSettings),
    },
    ...unknownOf(unknown),
  };
}

async function* list(scope: ReadScope): AsyncGenerator<Found> {
  const paging = { client: scope.client(DatabaseMigrationServiceClient), pageSize: scope.pageSize(100, 20) };
  for await (const page of paginateDescribeReplicationTasks(paging, {}))
    for (const task of page.ReplicationTasks ?? []) yield found(scope, task);
}

export default {
  list,

  async read(scope, id) {
    const command = new DescribeReplicationTasksCommand({ Filters: [{ Name: "replication-task-arn", Values: [id] }] });
    const task = (await orGone(scope.client(DatabaseMigrationServiceClient).send(command)))?.ReplicationTasks?.[0];
    return task && found(scope, task);
  },
  pause,
  removal,
  // Its replication instance is what costs.
  charges: free,
} satisfies Entry;
