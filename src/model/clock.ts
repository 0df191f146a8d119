/**
 * The one source of time. Everything that waits (retries, polls, rate limits, delays) waits on it, so that an hour of
 * AWS time is a millisecond in a test.
 */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms`; rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
