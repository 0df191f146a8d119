import { refuseBreaches } from "../../engine/guards.ts";
import type { RawSelection } from "../../engine/selection.ts";
import type { Plan } from "../../model/plan.ts";
import type { OnExpiry } from "../../store/record-text.ts";
import { forgetScheduled, noteScheduled, scheduledRecords } from "../../store/schedules.ts";
import type { VerbContext } from "../context.ts";
import { recordIdOf } from "../records/held.ts";
import { knownRecords } from "../records/known.ts";
import { goOn, type PauseContinued } from "./go-on.ts";
import { executePause, type Paused, preparePause } from "./pause.ts";

/** A pause that nobody confirms. */
export interface UnattendedPause {
  readonly selection: RawSelection;
  readonly days: number;
  readonly onExpiry?: OnExpiry | undefined;
  /** Its resume finds the record by this; absent = it is put back only where it is asked for by its id. */
  readonly schedule?: string | undefined;
  /** The schedule whose records are from now on put back only by their id: what its resume would start again. */
  readonly takesOver?: string | undefined;
  readonly dryRun: boolean;
}

export interface UnattendedPaused {
  /** Records that a schedule had made, and that its resume finds no more. */
  readonly takenOver: readonly string[];
  /** What earlier runs of the same function had left, and is done now. */
  readonly continued: readonly PauseContinued[];
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
  const { selection, days, onExpiry, schedule, takesOver, dryRun } = request;
  // First: whatever becomes of the rest, nothing that is paused is to be started again.
  const takenOver = dryRun || takesOver === undefined ? [] : await takeOver(context, takesOver);
  const continued = dryRun ? [] : await goOn(context);
  if (signal.aborted) return { takenOver, continued };
  const plan = await preparePause(context, { selection, extend: true, prices: true });
  refuseBreaches(plan, guards);
  if (dryRun || plan.steps.length === 0) return { takenOver, continued, plan };
  if (schedule !== undefined) await noteScheduled(store, connection.account, schedule, recordIdOf(plan));
  const paused = await executePause(context, plan, clock.now() + days * DAY_MS, { onExpiry });
  return { takenOver, continued, plan, paused };
}

/** Leaves the armed records of a schedule to a person. */
async function takeOver(context: VerbContext, schedule: string): Promise<string[]> {
  const { store, connection } = context;
  const { account } = connection;
  const made = new Set(await scheduledRecords(store, account, schedule));
  const taken = (await knownRecords(context, account)).filter(({ id, armed }) => armed && made.has(id));
  for (const { id } of taken) await forgetScheduled(store, account, schedule, id);
  return taken.map(({ id }) => id);
}
