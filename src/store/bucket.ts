import type { StoredObject } from "./store.ts";

/**
 * What a store needs of a bucket. A port, so that stores know no AWS SDK: `aws/bucket.ts` gives the real one.
 * Implementations throw EvenkeelError only.
 */
export interface ObjectBucket {
  /** Undefined = there is no such object. */
  get(key: string): Promise<AsyncIterable<Uint8Array> | undefined>;
  /**
   * @param ifNoneMatch write only where no object is
   * @returns false when there was one
   */
  put(key: string, body: Uint8Array, options: { readonly ifNoneMatch: boolean }): Promise<boolean>;
  /** All of them, in any order; `path` is the whole key. */
  list(prefix: string): Promise<StoredObject[]>;
  /** Deleting what is not there is done. */
  delete(key: string): Promise<void>;
}
