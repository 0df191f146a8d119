import type { Progress } from "./host.ts";

/** A running log gets a line at most this often, unless a tenth of the work was done since. */
const LOG_EVERY_MS = 5_000;
/** And never more often than this, however fast the tenths go by. */
const LOG_AT_MOST_EVERY_MS = 1_000;
const LOG_SHARE = 0.1;

/** How far a task is, for any host. */
export interface Pace {
  readonly progress: Progress;
  /** 0 to 1; an empty task is done. */
  readonly share: number;
  readonly elapsedMs: number;
  /** Undefined = too early to say. */
  readonly leftMs?: number;
  readonly ended: boolean;
}

/** Follows tasks over time. */
export interface ProgressTracker {
  follow(progress: Progress): Pace;
  /** Whether a log that can't be redrawn should get a line for it: at the start, now and then, at the end. */
  isDue(pace: Pace): boolean;
}

interface TaskState {
  readonly startedAt: number;
  readonly startedWith: number;
  loggedAt?: number;
  loggedShare: number;
}

/** An estimate from less than this has jumped about too much to be of use. */
const ETA_AFTER_MS = 1_000;

export function progressTracker(now: () => number): ProgressTracker {
  const tasks = new Map<string, TaskState>();
  return {
    follow(progress) {
      const state = tasks.get(progress.task) ?? { startedAt: now(), startedWith: progress.done, loggedShare: 0 };
      tasks.set(progress.task, state);
      const ended = progress.done >= progress.total;
      const elapsedMs = now() - state.startedAt;
      const donePart = progress.done - state.startedWith;
      const hasEta = !ended && donePart > 0 && elapsedMs >= ETA_AFTER_MS;
      return {
        progress,
        share: progress.total === 0 ? 1 : Math.min(1, progress.done / progress.total),
        elapsedMs,
        ...(hasEta ? { leftMs: (elapsedMs / donePart) * (progress.total - progress.done) } : {}),
        ended,
      };
    },
    isDue(pace) {
      const state = tasks.get(pace.progress.task);
      if (state === undefined) return false;
      if (pace.ended) {
        // The same name begins anew: a second scan in one run is another task.
        tasks.delete(pace.progress.task);
        return true;
      }
      const since = state.loggedAt === undefined ? Number.POSITIVE_INFINITY : now() - state.loggedAt;
      const stride = pace.share - state.loggedShare >= LOG_SHARE;
      if (since < LOG_AT_MOST_EVERY_MS || (since < LOG_EVERY_MS && !stride)) return false;
      state.loggedAt = now();
      state.loggedShare = pace.share;
      return true;
    },
  };
}
