import type { ObjectBucket } from "./bucket.ts";

/** A bucket in memory, for tests and for trying things out. */
export function memoryBucket(): ObjectBucket {
  const objects = new Map<string, Uint8Array>();
  return {
    get: async (key) => {
      const body = objects.get(key);
      return body === undefined ? undefined : pieces(body);
    },
    put: async (key, body, { ifNoneMatch }) => {
      if (ifNoneMatch && objects.has(key)) return false;
      objects.set(key, Uint8Array.from(body));
      return true;
    },
    list: async (prefix) =>
      [...objects].flatMap(([path, body]) => (path.startsWith(prefix) ? [{ path, bytes: body.length }] : [])),
    delete: async (key) => void objects.delete(key),
  };
}

/** In small pieces, as a network gives them. */
async function* pieces(body: Uint8Array): AsyncIterable<Uint8Array> {
  for (let at = 0; at < body.length; at += 1000) yield body.subarray(at, at + 1000);
}
