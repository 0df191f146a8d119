import type { Clock } from "../model/clock.ts";

/** Waited for in steps, so that a clock which leaps while nobody works does not leap over an answer that is on its way. */
const STEP_MS = 100;

/**
 * Resolves after `ms`, for races with answers that somebody waits for; at once when it is no longer needed.
 * @param over ends the waiting
 */
export async function patience(clock: Clock, ms: number, over: AbortSignal): Promise<"late"> {
  try {
    for (let left = ms; left > 0; left -= STEP_MS) await clock.sleep(STEP_MS, over);
  } catch (error) {
    if (!over.aborted) throw error;
  }
  return "late";
}
