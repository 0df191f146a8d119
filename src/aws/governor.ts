import type { Clock } from "../model/clock.ts";
import { type CallName, rateOf } from "./rates/index.ts";
import { type BucketSize, fullBucket, type TokenBucket, tryTake, untilToken } from "./token-bucket.ts";

/** Reads and writes wait in separate lanes, so that a scan never delays an emergency stop. */
export type Lane = "read" | "write";

/** Where a call goes. */
export interface CallPlace {
  readonly account: string;
  readonly region: string;
  readonly lane: Lane;
}

/** How a call waits for its turn. */
export interface Turn {
  readonly signal?: AbortSignal;
  /** It had its turn before and was throttled: it goes first. */
  readonly again?: boolean;
}

/** Keeps every call within AWS's rate limits less the head-room left for production. One a process. */
export interface Governor {
  /** Resolves when the call may be made; rejects with the signal's reason when it is aborted first. */
  take(call: CallName, place: CallPlace, input: object, turn?: Turn): Promise<void>;
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

interface Waiting {
  readonly go: () => void;
  readonly signal: AbortSignal | undefined;
}

/** One bucket and who waits for it, first come first served. */
interface Queue {
  readonly size: BucketSize;
  readonly bucket: TokenBucket;
  readonly waiting: Waiting[];
  serving: boolean;
  pace: number;
  pacedAt: number;
  slowedAt: number;
}

/**
 * @param headRoom share of each limit that is left to others, 0 (none) to 0.9; default half, because a scanner that uses
 * all of it has been seen to throttle production auto scaling.
 */
export function createGovernor(clock: Clock, headRoom = 0.5): Governor {
  const queues = new Map<string, Queue>();
  const counts = { calls: 0, throttles: 0 };

  const queueOf = (call: CallName, place: CallPlace, input: object): Queue => {
    const rate = rateOf(call, input);
    const key = `${place.account}|${place.region}|${place.lane}|${rate.key}`;
    const known = queues.get(key);
    if (known) return known;
    const fresh = newQueue(lessHeadRoom(rate.size, headRoom), clock.now());
    queues.set(key, fresh);
    return fresh;
  };

  return {
    counts,
    take(call, place, input, turn = {}) {
      counts.calls += 1;
      const queue = queueOf(call, place, input);
      const turnComes = enqueue(queue, turn);
      if (!queue.serving) void serve(queue, clock);
      return turnComes;
    },
    throttled(call, place, input) {
      counts.throttles += 1;
      slowDown(queueOf(call, place, input), clock.now());
    },
  };
}

function newQueue(size: BucketSize, now: number): Queue {
  const bucket = fullBucket(size, now);
  return { size, bucket, waiting: [], serving: false, pace: 1, pacedAt: now, slowedAt: Number.NEGATIVE_INFINITY };
}

function enqueue({ waiting }: Queue, { signal, again }: Turn): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason as Error);
    const giveUp = () => {
      waiting.splice(waiting.indexOf(own), 1);
      reject(signal?.reason as Error);
    };
    const go = () => {
      signal?.removeEventListener("abort", giveUp);
      resolve();
    };
    const own: Waiting = { go, signal };
    if (again) waiting.unshift(own);
    else waiting.push(own);
    signal?.addEventListener("abort", giveUp, { once: true });
  });
}

/** Lets calls go as tokens come, until nobody waits. A stalled process catches up by a burst no larger than the bucket. */
async function serve(queue: Queue, clock: Clock): Promise<void> {
  queue.serving = true;
  for (let first = queue.waiting[0]; first; first = queue.waiting[0]) {
    recover(queue, clock.now());
    const paced = { capacity: queue.size.capacity, refill: queue.size.refill * queue.pace };
    if (tryTake(queue.bucket, paced, clock.now())) {
      queue.waiting.shift();
      first.go();
    } else {
      // An aborted call has left the queue by itself; who else waits is served next.
      await clock.sleep(untilToken(queue.bucket, paced), first.signal).catch(() => undefined);
    }
  }
  queue.serving = false;
}

function lessHeadRoom(size: BucketSize, headRoom: number): BucketSize {
  const share = 1 - headRoom;
  return { capacity: Math.max(1, Math.ceil(size.capacity * share)), refill: size.refill * share };
}

function slowDown(queue: Queue, now: number): void {
  recover(queue, now);
  if (now - queue.slowedAt < SLOWDOWN_MS) return;
  queue.slowedAt = now;
  queue.pace = Math.max(SLOWEST, queue.pace / 2);
  queue.bucket.tokens = Math.min(queue.bucket.tokens, 0);
}

function recover(queue: Queue, now: number): void {
  queue.pace = Math.min(1, queue.pace + ((now - queue.pacedAt) / 1000) * RECOVERY_PER_SECOND);
  queue.pacedAt = now;
}
