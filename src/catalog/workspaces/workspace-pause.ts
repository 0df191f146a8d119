import { WorkSpacesClient, type Workspace } from "@aws-sdk/client-workspaces";
import { type JsonObject, toJson } from "../../model/json.ts";
import type { Pause, PauseState, ReadScope } from "../contract.ts";
import { cameBack } from "../pausing.ts";
import { accepted, startWorkspace, stopWorkspace, workspaceById } from "./workspace-batches.ts";

const workspace = (scope: ReadScope, id: string) => workspaceById(scope.client(WorkSpacesClient), id);

/** Where a WorkSpace rests; all other states are on the way, or broken. */
const RESTS: Readonly<Record<string, PauseState["phase"]>> = { AVAILABLE: "running", STOPPED: "paused" };

/** Source: WorkSpaces administration guide, "Manage the running mode". */
const STOPPABLE = ["AUTO_STOP", "MANUAL"] as const;

function saved({ WorkspaceProperties: properties, BundleId }: Workspace): JsonObject {
  return toJson({
    runningMode: properties?.RunningMode,
    stopsAfterMinutes: properties?.RunningModeAutoStopTimeoutInMinutes,
    bundle: BundleId,
    compute: properties?.ComputeTypeName,
    rootGib: properties?.RootVolumeSizeGib,
    userGib: properties?.UserVolumeSizeGib,
  }) as JsonObject;
}

function obstacle({ saved: state, words }: PauseState): string | undefined {
  if (state.runningMode === undefined) return "its running mode is unknown";
  if (state.runningMode === "ALWAYS_ON")
    return "its running mode is ALWAYS_ON: it costs by the month, and WorkSpaces does not stop those";
  if (!STOPPABLE.some((mode) => mode === state.runningMode))
    return `its running mode is ${String(state.runningMode)}: WorkSpaces stops only ${STOPPABLE.join(" and ")}`;
  return words === "available" ? undefined : `its state is ${words}: only one that is available surely comes back`;
}

const LOSES = [
  "the session of whoever works on it",
  "what was not saved: memory, unless it hibernates; its volumes stay as they are",
];

const UNASKED = "it starts again by itself as soon as its user signs in";

export const pause: Pause = {
  async capture(scope, id) {
    const found = await workspace(scope, id);
    if (!found || found.State === "TERMINATED") return undefined;
    const state = found.State ?? "unknown";
    return { phase: RESTS[state] ?? "moving", saved: saved(found), words: state.toLowerCase() };
  },

  eligible(now) {
    const reason = obstacle(now);
    if (reason) return { kind: "kept", reason };
    const minutes = now.saved.stopsAfterMinutes;
    const short =
      minutes === undefined ? [] : [`once it is resumed it stops by itself after ${String(minutes)} minutes unused`];
    return { kind: "eligible", loses: LOSES, risks: now.saved.runningMode === "AUTO_STOP" ? [UNASKED, ...short] : [] };
  },

  async stop(scope, id) {
    // WorkSpaces refuses to stop what it stops or has stopped already.
    const state = (await workspace(scope, id))?.State ?? "";
    if (state === "STOPPED" || state === "STOPPING") return;
    accepted(scope, "StopWorkspaces", await stopWorkspace(scope.writer(WorkSpacesClient), id));
  },

  async resume(scope, id) {
    const state = (await workspace(scope, id))?.State ?? "";
    if (state !== "STOPPED" && state !== "STOPPING") return;
    accepted(scope, "StartWorkspaces", await startWorkspace(scope.writer(WorkSpacesClient), id));
  },

  resumed: (before, now) => cameBack(before, now),
};
