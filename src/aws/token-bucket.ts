/** A token bucket as AWS describes them: `capacity` calls at once, `refill` more a second. */
export interface BucketSize {
  readonly capacity: number;
  readonly refill: number;
}

/** State of one bucket. `tokens` below zero are calls that were promised a place in the future. */
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

/** Takes a token now if there is one: how AWS itself answers. */
export function tryTake(bucket: TokenBucket, size: BucketSize, now: number, count = 1): boolean {
  refill(bucket, size, now);
  if (bucket.tokens < count) return false;
  bucket.tokens -= count;
  return true;
}

/** Takes a token, now or later, first come first served; returns the milliseconds until it may be used. */
export function reserve(bucket: TokenBucket, size: BucketSize, now: number): number {
  refill(bucket, size, now);
  bucket.tokens -= 1;
  return bucket.tokens >= 0 ? 0 : Math.ceil((-bucket.tokens / size.refill) * 1000);
}
