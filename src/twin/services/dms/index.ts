import type { Filter } from "@aws-sdk/client-database-migration-service";
import { forget } from "../../moving.ts";
import { AwsFault, type Call, page, type Stored, service, type Table, tagMap } from "../../service.ts";
import { createdInstance, type InstanceRow, instanceAsOfNow, instanceMove } from "./instance-row.ts";
import { asOfNow, createdTask, loadOf, moveOf, startTask, stopTask, type TaskRow } from "./task-row.ts";

const instances = (call: Call): Table<InstanceRow> => call.table<InstanceRow>("dms.instance");
const tasks = (call: Call): Table<TaskRow> => call.table<TaskRow>("dms.task");

/** DMS pages: 20 to 100 records. Source: DMS API reference, DescribeReplicationTasks, MaxRecords. */
const PAGE = { min: 20, max: 100, invalid: "InvalidParameterValueException" } as const;

const notFound = (what: string) => new AwsFault("ResourceNotFoundFault", what);
const inState = (what: string) => new AwsFault("InvalidResourceStateFault", what);

function instanceOf(call: Call, arn: string | undefined): InstanceRow["instance"] {
  const row = instances(call).get(arn ?? "");
  if (!row) throw notFound(`Replication Instance not found: ${arn}`);
  return instanceAsOfNow(row, call);
}

function taskOf(call: Call, arn: string | undefined): TaskRow["task"] {
  const row = tasks(call).get(arn ?? "");
  if (!row) throw notFound(`Replication Task not found: ${arn}`);
  return asOfNow(row, call);
}

/** What filters of these names compare; of another name nothing is known. Filters that fit nothing are an error in DMS. */
function filtered<T>(
  all: readonly T[],
  filters: readonly Stored<Filter>[] | undefined,
  members: Readonly<Record<string, keyof T>>,
): T[] {
  for (const { Name } of filters ?? [])
    if (!members[Name ?? ""]) throw new AwsFault("InvalidParameterValueException", `Invalid filter name: ${Name}`);
  const fits = (row: T) =>
    (filters ?? []).every(({ Name, Values }) => Values?.includes(String(row[members[Name ?? ""] as keyof T])));
  const found = all.filter(fits);
  if (filters?.length && found.length === 0) throw notFound("No resources found matching provided filters");
  return found;
}

export const dms = service(
  { namespace: "com.amazonaws.databasemigrationservice", signingName: "dms" },
  () => import("@aws-sdk/client-database-migration-service"),
  {
    CreateReplicationInstance(input, call) {
      const id = input.ReplicationInstanceIdentifier?.toLowerCase();
      if (
        instances(call)
          .all()
          .some(({ instance }) => instance.ReplicationInstanceIdentifier === id)
      )
        throw new AwsFault("ResourceAlreadyExistsFault", `Replication Instance already exists: ${id}`);
      const instance = createdInstance(input, call);
      instances(call).put(instance.ReplicationInstanceArn ?? "", { instance, tags: tagMap(input.Tags) });
      return { ReplicationInstance: instance };
    },
    DescribeReplicationInstances({ Filters, Marker, MaxRecords }, call) {
      const all = instances(call)
        .all()
        .map((row) => instanceAsOfNow(row, call));
      const found = filtered(all, Filters, {
        "replication-instance-arn": "ReplicationInstanceArn",
        "replication-instance-id": "ReplicationInstanceIdentifier",
        "replication-instance-class": "ReplicationInstanceClass",
        "engine-version": "EngineVersion",
      });
      const { items, next } = page(found, { token: Marker, max: MaxRecords }, PAGE);
      return { ReplicationInstances: items, Marker: next };
    },
    ModifyReplicationInstance(input, call) {
      const instance = instanceOf(call, input.ReplicationInstanceArn);
      if (instance.ReplicationInstanceStatus !== "available")
        throw inState(`Replication Instance is in state ${instance.ReplicationInstanceStatus}`);
      const { ReplicationInstanceClass, AllocatedStorage, PreferredMaintenanceWindow } = input;
      const asked = Object.entries({ ReplicationInstanceClass, AllocatedStorage, PreferredMaintenanceWindow });
      Object.assign(instance, Object.fromEntries(asked.filter(([, value]) => value !== undefined)));
      return { ReplicationInstance: instance };
    },
    DeleteReplicationInstance({ ReplicationInstanceArn: arn }, call) {
      const instance = instanceOf(call, arn);
      if (
        tasks(call)
          .all()
          .some(({ task }) => task.ReplicationInstanceArn === arn)
      )
        throw inState(`Replication Instance ${arn} has replication tasks`);
      instances(call).delete(arn ?? "");
      forget(call, instanceMove(arn));
      return { ReplicationInstance: { ...instance, ReplicationInstanceStatus: "deleting" } };
    },
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
      if (["running", "starting", "stopping"].includes(task.Status ?? ""))
        throw inState(`Replication Task is in state ${task.Status}`);
      tasks(call).delete(arn ?? "");
      forget(call, moveOf(arn));
      forget(call, loadOf(arn));
      return { ReplicationTask: { ...task, Status: "deleting" } };
    },
    AddTagsToResource({ ResourceArn, Tags }, call) {
      const row = instances(call).get(ResourceArn ?? "") ?? tasks(call).get(ResourceArn ?? "");
      if (!row) throw notFound(`Resource not found: ${ResourceArn}`);
      Object.assign(row.tags, tagMap(Tags));
      return {};
    },
  },
);
