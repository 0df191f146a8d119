import type { ObjectBucket } from "./bucket.ts";
import { bucketLog } from "./bucket-log.ts";
import type { Store } from "./store.ts";
import { checkPath, inPathOrder } from "./store-path.ts";

/**
 * A store in a bucket, under a prefix of its own. S3 makes an object visible whole or not at all, and refuses a second
 * writer by `If-None-Match`, so nothing needs to be added to keep the store's promises.
 * @param url `s3://bucket/prefix`, as the person wrote it
 * @param prefix of every key; empty, or without slashes at its ends
 */
export function s3Store(url: string, bucket: ObjectBucket, prefix = prefixOf(url)): Store {
  const root = prefix === "" ? "" : `${prefix}/`;
  const key = (path: string) => `${root}${checkPath(path)}`;
  const log = bucketLog(bucket);
  return {
    url,
    list: async (wanted) => {
      const objects = await bucket.list(`${root}${wanted}`);
      return inPathOrder(objects.map(({ path, bytes }) => ({ path: path.slice(root.length), bytes })));
    },
    read: async (path) => bucket.get(key(path)),
    write: async (path, content, { exclusive = false } = {}) => {
      const at = key(path);
      return bucket.put(at, await whole(content), { ifNoneMatch: exclusive });
    },
    append: (path, line) => log.append(key(path), line),
    lines: (path) => log.lines(key(path)),
    remove: async (path) => bucket.delete(key(path)),
  };
}

function prefixOf(url: string): string {
  return url.replace(/^s3:\/\/[^/]*\/*/, "").replace(/\/+$/, "");
}

/** Held in memory, because a stream can't be sent a second time when a call has to be repeated. */
async function whole(content: AsyncIterable<Uint8Array> | Uint8Array): Promise<Uint8Array> {
  if (content instanceof Uint8Array) return content;
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks);
}
