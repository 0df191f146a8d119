import type { Clock } from "../model/clock.ts";

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** A clock that stands still until everybody sleeps, then jumps to whoever wakes first. */
export interface VirtualClock extends Clock {
  /** Moves time on by hand. */
  advance(ms: number): void;
}

/** @param start ISO instant or milliseconds */
export function virtualClock(start: string | number): VirtualClock {
  let time = new Date(start).getTime();
  let sleepers: Sleeper[] = [];
  let drainPlanned = false;

  const wakeDue = () => {
    const due = sleepers.filter((sleeper) => sleeper.until <= time);
    sleepers = sleepers.filter((sleeper) => sleeper.until > time);
    for (const sleeper of due) sleeper.wake();
  };

  // Timers of the event loop run only when no promise is left to run, so a macrotask later everybody who can sleep does.
  const planDrain = () => {
    if (drainPlanned) return;
    drainPlanned = true;
    setImmediate(() => {
      drainPlanned = false;
      if (sleepers.length === 0) return;
      time = Math.max(time, Math.min(...sleepers.map((sleeper) => sleeper.until)));
      wakeDue();
      if (sleepers.length > 0) planDrain();
    });
  };

  return {
    now: () => time,
    advance: (ms) => {
      time += ms;
      wakeDue();
    },
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason as Error);
        const giveUp = () => {
          sleepers = sleepers.filter((other) => other !== sleeper);
          reject(signal?.reason as Error);
        };
        const wake = () => {
          signal?.removeEventListener("abort", giveUp);
          resolve();
        };
        const sleeper: Sleeper = { until: time + Math.max(0, ms), wake };
        sleepers.push(sleeper);
        signal?.addEventListener("abort", giveUp, { once: true });
        planDrain();
      }),
  };
}
