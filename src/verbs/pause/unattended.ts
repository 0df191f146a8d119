import { refuseBreaches } from "../../engine/guards.ts";
import type { RawSelection } from "../../engine/selection.ts";
import { isError } from "../../model/errors.ts";
import type { Plan } from "../../model/plan.ts";
import type { OnExpiry } from "../../store/record-text.ts";
import { runPrefix } from "../../store/runs.ts";
import { noteScheduled } from "../../store/schedules.ts";
import type { VerbContext } from "../context.ts";
import { isDue } from "../records/expiry.ts";
import { recordIdOf } from "../records/held.ts";
import { knownRecords } from "../records/known.ts";
import { type Continued, executeContinue, prepareContinue } from "../runs/continue.ts";
import { type RunSummary, runsOf } from "../runs/runs.ts";
import { executePause, type Paused, preparePause } from "./pause.ts";

/** A pause that nobody confirms. */
export interface UnattendedPause {
  readonly selection: RawSelection;
  readonly days: number;
  readonly onExpiry?: OnExpiry | undefined;
  /** Its resume finds the record by this; absent = it is put back only where it is asked for by its id. */
  readonly schedule?: string | undefined;
  readonly dryRun: boolean;
}

export interface UnattendedPaused {
  /** What earlier runs of the same function had left, and is done now. */
  readonly continued: readonly Extract<Continued, { readonly kind: "pause" }>[];
  /** Absent = the time was over before it was made. */
  readonly plan?: Plan;
  /** Absent = there was nothing to pause, or it was only to be planned. */
  readonly paused?: Paused;
}

const DAY_MS = 24 * 3_600_000;

/**
 * Goes on with what an earlier run had to leave, then pauses what of a selection no armed record holds. Done twice it is done
 * once: the second time everything is held.
 * @throws what planning and pausing throw; what was written ahead is gone on with the next time
 */
export async function pauseUnattended(context: VerbContext, request: UnattendedPause): Promise<UnattendedPaused> {
  const { store, clock, signal, connection, guards } = context;
  const { selection, days, onExpiry, schedule, dryRun } = request;
  const continued = dryRun ? [] : await goOn(context);
  if (signal.aborted) return { continued };
  const plan = await preparePause(context, { selection, extend: true, prices: true });
  refuseBreaches(plan, guards);
  if (dryRun || plan.steps.length === 0) return { continued, plan };
  if (schedule !== undefined) await noteScheduled(store, connection.account, schedule, recordIdOf(plan));
  const paused = await executePause(context, plan, clock.now() + days * DAY_MS, { onExpiry });
  return { continued, plan, paused };
}

/** What a run was to pause and did not is held by its record, and so in no later plan. */
async function goOn(context: VerbContext): Promise<UnattendedPaused["continued"]> {
  const { connection, host, clock, signal } = context;
  const { account } = connection;
  const done: Extract<Continued, { kind: "pause" }>[] = [];
  const armed = (await knownRecords(context, account)).filter((each) => each.armed && !isDue(each, clock.now()));
  for (const { id } of armed)
    for (const run of await runsOf(context, account, runPrefix("pause", id))) {
      if (!isOwn(run, connection.caller) || signal.aborted) continue;
      try {
        const ended = await executeContinue(context, await prepareContinue(context, run.id));
        if (ended.kind === "pause") done.push(ended);
      } catch (error) {
        if (!isError(error, "REFUSED", "NO_RUN")) throw error;
        host.tell({ kind: "warning", text: `run ${run.id} is not gone on with: ${error.message}` });
      }
    }
  return done;
}

/** Begun by this very function, whose role session has its name, and not at its end. It is never at work twice at once. */
function isOwn({ state, begins }: RunSummary, caller: string): boolean {
  const last = begins.at(-1);
  const isOpen = state === "interrupted" || state === "running?";
  return isOpen && last?.from.where === "function" && last.caller === caller;
}
