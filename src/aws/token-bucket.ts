/** A token bucket as AWS describes them: `capacity` calls at once, `refill` more a second. */
export interface BucketSize {
  readonly capacity: number;
  readonly refill: number;
}

/** State of one bucket. */
export interface TokenBucket {
  tokens: number;
  at: number;
}

export function fullBucket(size: BucketSize, now: number): TokenBucket {
  return { tokens: size.capacity, at: now };
}

function refill(bucket: TokenBucket, size: BucketSize, now: number): void {
  bucket.tokens = Math.min(size.capacity, bucket.tokens + ((now - bucket.at) / 1000) * size.refill);
  bucket.at = now;
}

/** Takes tokens now if there are that many. */
export function tryTake(bucket: TokenBucket, size: BucketSize, now: number, count = 1): boolean {
  refill(bucket, size, now);
  if (bucket.tokens < count) return false;
  bucket.tokens -= count;
  return true;
}

/** Milliseconds from now until there is a whole token. */
export function untilToken(bucket: TokenBucket, size: BucketSize): number {
  return Math.ceil((Math.max(0, 1 - bucket.tokens) / size.refill) * 1000);
}
