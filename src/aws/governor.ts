import type { Clock } from "../model/clock.ts";
import { type CallName, rateOf } from "./rates/index.ts";
import { type BucketSize, fullBucket, reserve, type TokenBucket } from "./token-bucket.ts";

/** Reads and writes wait in separate lanes, so that a scan never delays an emergency stop. */
export type Lane = "read" | "write";

/** Where a call goes. */
export interface CallPlace {
  readonly account: string;
  readonly region: string;
  readonly lane: Lane;
}

/** Keeps every call within AWS's rate limits less the head-room left for production. One a process. */
export interface Governor {
  /** Resolves when the call may be made. */
  take(call: CallName, place: CallPlace, input: object, signal?: AbortSignal): Promise<void>;
  /** Tells that AWS throttled this call: its bucket slows down and recovers slowly. */
  throttled(call: CallName, place: CallPlace, input: object): void;
  readonly counts: { calls: number; throttles: number };
}

/** After a throttle a bucket runs at half its rate, again and again down to this share of it. */
const SLOWEST = 1 / 16;
/** Throttles that come together have one cause: a bucket slows down at most once in this time. */
const SLOWDOWN_MS = 1000;
/** Share of the full rate that comes back each second. Ten seconds from half speed: AWS's buckets refill in five to ten. */
const RECOVERY_PER_SECOND = 0.05;

interface Governed {
  readonly bucket: TokenBucket;
  readonly size: BucketSize;
  pace: number;
  pacedAt: number;
  slowedAt: number;
}

/**
 * @param headRoom share of each limit that is left to others, 0 (none) to 0.9; default half, because a scanner that uses
 * all of it has been seen to throttle production auto scaling.
 */
export function createGovernor(clock: Clock, headRoom = 0.5): Governor {
  const buckets = new Map<string, Governed>();
  const counts = { calls: 0, throttles: 0 };

  const governed = (call: CallName, place: CallPlace, input: object): Governed => {
    const rate = rateOf(call, input);
    const key = `${place.account}|${place.region}|${place.lane}|${rate.key}`;
    const known = buckets.get(key);
    if (known) return known;
    const size = lessHeadRoom(rate.size, headRoom);
    const fresh: Governed = {
      bucket: fullBucket(size, clock.now()),
      size,
      pace: 1,
      pacedAt: clock.now(),
      slowedAt: Number.NEGATIVE_INFINITY,
    };
    buckets.set(key, fresh);
    return fresh;
  };

  return {
    counts,
    async take(call, place, input, signal) {
      const entry = governed(call, place, input);
      recover(entry, clock.now());
      const slowed = { capacity: entry.size.capacity, refill: entry.size.refill * entry.pace };
      const wait = reserve(entry.bucket, slowed, clock.now());
      counts.calls += 1;
      if (wait > 0) await clock.sleep(wait, signal);
    },
    throttled(call, place, input) {
      const entry = governed(call, place, input);
      counts.throttles += 1;
      recover(entry, clock.now());
      if (clock.now() - entry.slowedAt < SLOWDOWN_MS) return;
      entry.slowedAt = clock.now();
      entry.pace = Math.max(SLOWEST, entry.pace / 2);
      entry.bucket.tokens = Math.min(entry.bucket.tokens, 0);
    },
  };
}

function lessHeadRoom(size: BucketSize, headRoom: number): BucketSize {
  const share = 1 - headRoom;
  return { capacity: Math.max(1, Math.floor(size.capacity * share)), refill: size.refill * share };
}

function recover(entry: Governed, now: number): void {
  entry.pace = Math.min(1, entry.pace + ((now - entry.pacedAt) / 1000) * RECOVERY_PER_SECOND);
  entry.pacedAt = now;
}
