import { depart } from "../../departing.ts";
import { forget } from "../../moving.ts";
import { AwsFault, type Call, type Operations, page, tagMap } from "../../service.ts";
import { instanceOf } from "./instances.ts";
import { filtered, inState, notFound, PAGE } from "./shared.ts";
import { asOfNow, createdTask, loadOf, moveOf, startTask, stopTask, TASK, type TaskRow, tasks } from "./task-row.ts";

/** AWS does not promise how long it takes. */
const DELETING_MS = 2 * 60_000;

function taskOf(call: Call, arn: string | undefined): TaskRow["task"] {
  const row = tasks(call).get(arn ?? "");
  if (!row) throw notFound(`Replication Task not found: ${arn}`);
  return asOfNow(row, call);
}

export const taskOperations = {
  CreateReplicationTask(input, call) {
    const instance = instanceOf(call, input.ReplicationInstanceArn);
    if (instance.ReplicationInstanceStatus !== "available")
      throw inState(`Replication Instance is in state ${instance.ReplicationInstanceStatus}`);
    const id = input.ReplicationTaskIdentifier;
    if (
      tasks(call)
        .all()
        .some(({ task }) => task.ReplicationTaskIdentifier === id)
    )
      throw new AwsFault("ResourceAlreadyExistsFault", `Replication Task already exists: ${id}`);
    const task = createdTask(input, call);
    tasks(call).put(task.ReplicationTaskArn ?? "", { task, tags: tagMap(input.Tags) });
    return { ReplicationTask: task };
  },
  DescribeReplicationTasks({ Filters, Marker, MaxRecords, WithoutSettings }, call) {
    const all = tasks(call)
      .all()
      .map((row) => asOfNow(row, call));
    const found = filtered(all, Filters, {
      "replication-task-arn": "ReplicationTaskArn",
      "replication-task-id": "ReplicationTaskIdentifier",
      "migration-type": "MigrationType",
      "replication-instance-arn": "ReplicationInstanceArn",
    });
    const { items, next } = page(found, { token: Marker, max: MaxRecords }, PAGE);
    const told = items.map(({ ReplicationTaskSettings, ...task }) => ({
      ...task,
      ...(WithoutSettings ? {} : { ReplicationTaskSettings }),
    }));
    return { ReplicationTasks: told, Marker: next };
  },
  ModifyReplicationTask(input, call) {
    const task = taskOf(call, input.ReplicationTaskArn);
    if (!["ready", "stopped", "failed"].includes(task.Status ?? ""))
      throw inState(`Replication Task is in state ${task.Status}`);
    const { MigrationType, TableMappings, ReplicationTaskSettings } = input;
    const asked = Object.entries({ MigrationType, TableMappings, ReplicationTaskSettings });
    Object.assign(task, Object.fromEntries(asked.filter(([, value]) => value !== undefined)));
    return { ReplicationTask: task };
  },
  StartReplicationTask({ ReplicationTaskArn, StartReplicationTaskType }, call) {
    const task = taskOf(call, ReplicationTaskArn);
    startTask(task, StartReplicationTaskType, call);
    return { ReplicationTask: task };
  },
  StopReplicationTask({ ReplicationTaskArn }, call) {
    const task = taskOf(call, ReplicationTaskArn);
    stopTask(task, call);
    return { ReplicationTask: task };
  },
  DeleteReplicationTask({ ReplicationTaskArn: arn }, call) {
    const task = taskOf(call, arn);
    if (["running", "starting", "stopping", "deleting"].includes(task.Status ?? ""))
      throw inState(`Replication Task is in state ${task.Status}`);
    forget(call, moveOf(arn));
    forget(call, loadOf(arn));
    task.Status = "deleting";
    depart(call, TASK, arn ?? "", DELETING_MS);
    return { ReplicationTask: task };
  },
} satisfies Operations<typeof import("@aws-sdk/client-database-migration-service")>;
