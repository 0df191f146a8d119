import type {
  CreateReplicationTaskMessage,
  ReplicationTask,
  StartReplicationTaskTypeValue,
} from "@aws-sdk/client-database-migration-service";
import { present } from "../../departing.ts";
import { arrive, later } from "../../moving.ts";
import { AwsFault, type Call, type Stored, type Table } from "../../service.ts";

export interface TaskRow {
  readonly task: Stored<ReplicationTask>;
  tags: Record<string, string>;
}

export const TASK = "dms.task";

export const tasks = (call: Call): Table<TaskRow> => present<TaskRow>(call, TASK);

/** How long things take, which DMS does not promise. */
const CREATING_MS = 60_000;
const STARTING_MS = 60_000;
const LOADING_MS = 30 * 60_000;
const STOPPING_MS = 2 * 60_000;

export const moveOf = (arn: string | undefined) => `dms.task/${arn}`;
/** A load goes on beside the changes of status. */
export const loadOf = (arn: string | undefined) => `dms.load/${arn}`;

export function asOfNow(row: TaskRow, call: Call): TaskRow["task"] {
  const { task } = row;
  arrive(call, moveOf(task.ReplicationTaskArn), task);
  if (task.Status === "running") arrive(call, loadOf(task.ReplicationTaskArn), task);
  return task;
}

/** A task as CreateReplicationTask begins to make it. */
export function createdTask(input: Stored<CreateReplicationTaskMessage>, call: Call): TaskRow["task"] {
  const { Tags: _, ResourceIdentifier, CdcStartTime: __, ...settings } = input;
  const arn = call.arn("dms", `task:${ResourceIdentifier ?? call.id("", 26).toUpperCase()}`);
  later(call, moveOf(arn), CREATING_MS, { Status: "ready" });
  return {
    ...settings,
    ReplicationTaskSettings: input.ReplicationTaskSettings ?? JSON.stringify({ Logging: { EnableLogging: false } }),
    Status: "creating",
    ReplicationTaskCreationDate: call.now(),
    ReplicationTaskArn: arn,
  };
}

/** Statuses out of which a task is started. Source: DMS API reference, StartReplicationTask, StartReplicationTaskType. */
const STARTABLE: Readonly<Record<StartReplicationTaskTypeValue, readonly string[]>> = {
  "start-replication": ["ready"],
  "resume-processing": ["stopped", "failed"],
  "reload-target": ["stopped", "failed"],
};

const isLoading = ({ ReplicationTaskStats: stats }: TaskRow["task"]) => (stats?.FullLoadProgressPercent ?? 0) < 100;

/** What a load is like at its beginning and at its end; a task of changes alone has none. */
function load(task: TaskRow["task"], call: Call): void {
  const loads = task.MigrationType !== "cdc";
  const none = { TablesLoaded: 0, TablesLoading: 0, TablesQueued: 0, TablesErrored: 0 };
  const begun = loads ? { FullLoadProgressPercent: 0, TablesLoading: 1, FullLoadStartDate: call.now() } : {};
  task.ReplicationTaskStats = { ...none, ...begun, FreshStartDate: call.now() };
  if (!loads) return;
  const FullLoadFinishDate = new Date(call.millis() + LOADING_MS).toISOString();
  const stats = { FullLoadProgressPercent: 100, TablesLoaded: 1, TablesLoading: 0, FullLoadFinishDate };
  const ended = { Status: "stopped", StopReason: "Stop Reason FULL_LOAD_ONLY_FINISHED" };
  later(call, loadOf(task.ReplicationTaskArn), LOADING_MS, {
    ReplicationTaskStats: { ...none, FreshStartDate: call.now(), ...stats },
    ...(task.MigrationType === "full-load" ? ended : {}),
  });
}

export function startTask(task: TaskRow["task"], type: StartReplicationTaskTypeValue | undefined, call: Call): void {
  if (!type || !STARTABLE[type]?.includes(task.Status ?? ""))
    throw new AwsFault(
      "InvalidResourceStateFault",
      `Replication Task cannot be started with ${type}, invalid state: ${task.Status}`,
    );
  // What was not loaded to the end is loaded from its start, also when it is resumed.
  const begins = type !== "resume-processing" || (task.MigrationType !== "cdc" && isLoading(task));
  if (begins) load(task, call);
  Object.assign(task, { Status: "starting", ReplicationTaskStartDate: call.now() });
  later(call, moveOf(task.ReplicationTaskArn), STARTING_MS, { Status: "running" });
}

export function stopTask(task: TaskRow["task"], call: Call): void {
  if (task.Status !== "running")
    throw new AwsFault(
      "InvalidResourceStateFault",
      `Replication Task ${task.ReplicationTaskArn} is currently not running.`,
    );
  task.Status = "stopping";
  later(call, moveOf(task.ReplicationTaskArn), STOPPING_MS, {
    Status: "stopped",
    StopReason: "Stop Reason NORMAL",
    RecoveryCheckpoint: `checkpoint:V1#1#${call.millis()}`,
  });
}
