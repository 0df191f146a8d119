import { setTimeout as wait } from "node:timers/promises";
import type { Clock } from "../model/clock.ts";

/** Node's timers hold at most this many milliseconds; longer ones fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  async sleep(ms, signal) {
    let left = Math.max(0, ms);
    do {
      const part = Math.min(left, LONGEST_TIMER_MS);
      await waitOnce(part, signal);
      left -= part;
    } while (left > 0);
  },
};

async function waitOnce(ms: number, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  try {
    await wait(ms, undefined, signal ? { signal } : {});
  } catch (error) {
    // Node rejects with its own AbortError; callers expect the reason that the signal carries.
    signal?.throwIfAborted();
    throw error;
  }
}
