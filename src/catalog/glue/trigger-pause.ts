import {
  GetTriggerCommand,
  GlueClient,
  StartTriggerCommand,
  StopTriggerCommand,
  type Trigger,
} from "@aws-sdk/client-glue";
import { EvenkeelError } from "../../model/errors.ts";
import { type JsonObject, toJson } from "../../model/json.ts";
import type { Pause, PauseState, ReadScope } from "../contract.ts";
import { cameBack } from "../pausing.ts";
import { orGone } from "../reading.ts";

async function trigger(scope: ReadScope, id: string): Promise<Trigger | undefined> {
  return (await orGone(scope.client(GlueClient).send(new GetTriggerCommand({ Name: id }))))?.Trigger;
}

/** Where a trigger rests. One that is created and was never activated fires as little as one that is deactivated. */
const RESTS: Readonly<Record<string, PauseState["phase"]>> = {
  ACTIVATED: "running",
  DEACTIVATED: "paused",
  CREATED: "paused",
};

/** What each kind that can be switched off and on misses while it is off. Source: Glue developer guide, "AWS Glue triggers". */
const MISSES: Readonly<Record<string, string>> = {
  SCHEDULED: "the runs that are due meanwhile",
  CONDITIONAL: "the runs for jobs and crawlers that end meanwhile: they are not made up for",
  EVENT: "the events that arrive meanwhile: they are not made up for",
};

/** Starting one on demand would run its jobs at once, not switch it on. Source: Glue developer guide, "AWS Glue triggers". */
function noSwitch(type: unknown): string | undefined {
  if (typeof type === "string" && Object.hasOwn(MISSES, type)) return undefined;
  if (type === "ON_DEMAND")
    return "it fires only on demand: there is nothing to switch off, and a start would run its jobs";
  return `its type is ${typeof type === "string" ? type : "unknown"}, of which it is not known that it comes back`;
}

/** @throws EvenkeelError REFUSED where it is no longer one that can be switched: its name may be another trigger's by now */
function checked(found: Trigger | undefined, id: string): Trigger | undefined {
  const reason = found && noSwitch(found.Type);
  if (reason) throw new EvenkeelError("REFUSED", `Glue trigger ${id}: ${reason}`, { state: "it was left as it is" });
  return found;
}

function saved(found: Trigger): JsonObject {
  return toJson({
    state: found.State,
    type: found.Type,
    schedule: found.Schedule,
    workflow: found.WorkflowName,
  }) as JsonObject;
}

export const pause: Pause = {
  async capture(scope, id) {
    const found = await trigger(scope, id);
    if (!found) return undefined;
    const state = found.State ?? "unknown";
    return { phase: RESTS[state] ?? "moving", saved: saved(found), words: state.toLowerCase() };
  },

  eligible({ saved: state, words }) {
    const reason = noSwitch(state.type);
    if (reason) return { kind: "kept", reason };
    if (state.state !== "ACTIVATED") return { kind: "kept", reason: `its state is ${words}, not activated` };
    const missed = MISSES[String(state.type)] ?? "";
    const stuck = `a run of workflow ${String(state.workflow)} that is under way waits or ends at it`;
    return {
      kind: "eligible",
      loses: [state.schedule ? `${missed} (${String(state.schedule)})` : missed],
      risks: state.workflow ? [stuck] : [],
    };
  },

  async stop(scope, id) {
    // Glue refuses to deactivate what is not activated.
    const found = checked(await trigger(scope, id), id);
    if (found && found.State !== "ACTIVATED" && found.State !== "ACTIVATING") return;
    await scope.writer(GlueClient).send(new StopTriggerCommand({ Name: id }));
  },

  async resume(scope, id, before) {
    if (before.state !== "ACTIVATED") return;
    const found = checked(await trigger(scope, id), id);
    if (found?.State === "ACTIVATED" || found?.State === "ACTIVATING") return;
    await scope.writer(GlueClient).send(new StartTriggerCommand({ Name: id }));
  },

  resumed: (before, now) => cameBack(before, now),
};
