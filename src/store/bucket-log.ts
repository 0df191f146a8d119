import type { ObjectBucket } from "./bucket.ts";

/** Digits of a line's number: keys sort as numbers do. */
const DIGITS = 8;

/** Logs in a bucket, which can't append: each line is an object of its own, numbered, and never overwritten. */
export function bucketLog(bucket: ObjectBucket) {
  const tails = new Map<string, Promise<number>>();
  return {
    append: async (log: string, line: string): Promise<void> => {
      const former = tails.get(log)?.catch(() => undefined) ?? count(bucket, log);
      const tail = former.then(async (number) => put(bucket, log, number ?? (await count(bucket, log)), line));
      tails.set(log, tail);
      await tail;
    },
    lines: async (log: string): Promise<string[]> => {
      const objects = await bucket.list(`${log}/`);
      const paths = objects.map(({ path }) => path).sort();
      return Promise.all(paths.map((path) => text(bucket, path)));
    },
  };
}

async function count(bucket: ObjectBucket, log: string): Promise<number> {
  return (await bucket.list(`${log}/`)).length;
}

/** @returns the number of the next line */
async function put(bucket: ObjectBucket, log: string, number: number, line: string): Promise<number> {
  const path = `${log}/${String(number).padStart(DIGITS, "0")}`;
  const written = await bucket.put(path, Buffer.from(line), { ifNoneMatch: true });
  // Someone else has written that line meanwhile.
  return written ? number + 1 : put(bucket, log, number + 1, line);
}

async function text(bucket: ObjectBucket, path: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of (await bucket.get(path)) ?? []) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
