import { EvenkeelError, isError } from "../model/errors.ts";
import type { JsonObject } from "../model/json.ts";
import type { Tags, UnknownPart } from "../model/resource.ts";

/** `[{Key, Value}]`, as most services give tags, to a map. */
export function tagsOf(
  list: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined,
): Tags {
  return Object.fromEntries((list ?? []).map((tag) => [tag.Key ?? "", tag.Value ?? ""]));
}

/** The answer without these members (tags, ids of the request, what is told elsewhere). */
export function without<T extends object, K extends keyof T>(value: T, ...names: readonly K[]): Omit<T, K> {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name as K))) as Omit<T, K>;
}

/** A policy document, which services give as JSON text (IAM's is URL-encoded), as an object; text that is not JSON stays text. */
export function parseDocument(text: string | undefined): JsonObject | string | undefined {
  if (text === undefined || text === "") return undefined;
  try {
    return JSON.parse(text.startsWith("%") ? decodeURIComponent(text) : text) as JsonObject;
  } catch {
    return text;
  }
}

/** The result, or undefined when the resource is gone: it was deleted while it was being read. */
export async function orGone<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (isError(error, "NOT_FOUND")) return undefined;
    throw error;
  }
}

/** All elements of a paginated listing, for the few places where a stream won't do. */
export async function collect<P, T>(
  pages: AsyncIterable<P>,
  elements: (page: P) => readonly T[] | undefined,
): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(...(elements(page) ?? []));
  return all;
}

/**
 * How many details are under way at once per listing; this bounds memory. The governor sets the pace, and a few seconds of
 * work must be waiting there already: whoever comes late to a bucket that was full has wasted what flowed over.
 */
const PARALLEL = 64;

/** Reads details of many, a few at a time, in the order of the items; those that are gone are left out. */
export async function* inParallel<T, R>(
  items: AsyncIterable<T> | Iterable<T>,
  read: (item: T) => Promise<R | undefined>,
): AsyncGenerator<R> {
  const underWay: Promise<R | undefined>[] = [];
  const next = async (): Promise<R | undefined> => underWay.shift();
  try {
    for await (const item of items) {
      const reading = read(item);
      // A failure is thrown when its turn comes; until then it must not count as unhandled.
      reading.catch(() => undefined);
      underWay.push(reading);
      if (underWay.length < PARALLEL) continue;
      const result = await next();
      if (result !== undefined) yield result;
    }
    while (underWay.length > 0) {
      const result = await next();
      if (result !== undefined) yield result;
    }
  } finally {
    await Promise.allSettled(underWay);
  }
}

/** Settings that are read by calls of their own, and the ones that could not be read. */
export interface Parts<T> {
  readonly values: Partial<T>;
  readonly unknown: readonly UnknownPart[];
}

/** Failures after which a setting is unknown while the resource itself is known. Others end the listing. */
const UNKNOWN_AFTER = ["ACCESS_DENIED", "UNSUPPORTED", "THROTTLED", "AWS_FAILED", "AWS_REFUSED", "NOT_FOUND"] as const;

/**
 * Reads settings side by side. A setting that may not be read is unknown, never "not set": a denied bucket policy must
 * not look like a deleted one. Where some are found and others not, the resource may just have been deleted: they are read
 * once more, and what then is not found is unknown as long as anything is: only where nothing at all is has the resource gone.
 * @param absent AWS's codes that say "not set" for a setting (`NoSuchBucketPolicy`), which comes as an error in some APIs
 * @throws NOT_FOUND when every setting is not found
 */
export async function readParts<T extends object>(
  readers: Readers<T>,
  absent: readonly string[] = [],
): Promise<Parts<T>> {
  const first = await readOnce(readers, absent);
  const { values, unknown } = first.lacks ? await readOnce(readers, absent) : first;
  return { values, unknown };
}

type Readers<T> = { readonly [K in keyof T]: () => Promise<T[K] | undefined> };

/** `lacks` = a part was not found while others were. */
async function readOnce<T extends object>(
  readers: Readers<T>,
  absent: readonly string[],
): Promise<Parts<T> & { readonly lacks: boolean }> {
  const values: Partial<T> = {};
  const unknown: UnknownPart[] = [];
  const gone: EvenkeelError[] = [];
  const names = Object.keys(readers) as (keyof T & string)[];
  await Promise.all(
    names.map(async (path) => {
      try {
        const value = await readers[path]();
        if (value !== undefined) values[path] = value;
      } catch (error) {
        if (!(error instanceof EvenkeelError)) throw error;
        if (absent.includes(error.details.awsCode ?? "")) return;
        if (!isError(error, ...UNKNOWN_AFTER)) throw error;
        if (error.code === "NOT_FOUND") gone.push(error);
        unknown.push({ path, reason: error.details.action ? `denied: ${error.details.action}` : error.message });
      }
    }),
  );
  if (gone[0] && gone.length === names.length) throw gone[0];
  return { values, unknown: unknown.sort((a, b) => (a.path < b.path ? -1 : 1)), lacks: gone.length > 0 };
}

/** The `unknown` member of a Found, left out when everything is known. */
export function unknownOf(...parts: readonly (readonly UnknownPart[] | undefined)[]): {
  unknown?: readonly UnknownPart[];
} {
  const all = parts.flatMap((part) => part ?? []);
  return all.length > 0 ? { unknown: all } : {};
}
