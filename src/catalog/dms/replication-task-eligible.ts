import type { ReplicationTask } from "@aws-sdk/client-database-migration-service";
import { type JsonObject, toJson } from "../../model/json.ts";
import type { PauseState } from "../contract.ts";

/** Where a task rests; all other statuses are on the way. Source: DMS API reference, ReplicationTask, Status. */
const RESTS: Readonly<Record<string, PauseState["phase"]>> = {
  running: "running",
  stopped: "paused",
  // Defined and not yet run.
  ready: "paused",
  failed: "paused",
};

/** What a pause looks at; how far its load has come moves by itself, and is neither saved nor compared. */
export function stateOfTask(task: ReplicationTask): PauseState {
  const { Status: words = "unknown", ReplicationTaskStats: stats } = task;
  const saved = {
    migration: task.MigrationType,
    instance: task.ReplicationInstanceArn,
    source: task.SourceEndpointArn,
    target: task.TargetEndpointArn,
    stopsAt: task.CdcStopPosition,
  };
  const live = {
    loadedPercent: stats?.FullLoadProgressPercent,
    loadFinishedAt: stats?.FullLoadFinishDate,
    loading: stats?.TablesLoading,
    queued: stats?.TablesQueued,
    errored: stats?.TablesErrored,
    ...(words === "failed" && task.LastFailureMessage ? { fellBack: task.LastFailureMessage } : {}),
  };
  const told = { saved: toJson(saved) as JsonObject, live: toJson(live) as JsonObject };
  return { phase: RESTS[words] ?? "moving", words, ...told };
}

/** Why it would not come back as what it is: resumed, tables that are not loaded to the end begin anew. */
export function obstacle({ saved, live = {} }: PauseState): string | undefined {
  const { migration } = saved;
  if (migration === "full-load") return "it loads tables once: stopped half way, it would load them from their start";
  if (migration !== "cdc" && migration !== "full-load-and-cdc")
    return `its migration type is ${typeof migration === "string" ? migration : "unknown"}: whether it can go on is not known`;
  if (live.errored === undefined) return "how many of its tables are in error is unknown";
  if (live.errored !== 0) return `${String(live.errored)} of its tables are in error: they might be loaded anew`;
  if (migration === "cdc") return undefined;
  const loaded = live.loadedPercent === 100 && live.loading === 0 && live.queued === 0 && live.loadFinishedAt;
  return loaded ? undefined : "its full load is not known to be finished: it would load tables from their start";
}
