import type { Resource } from "../model/resource.ts";
import { lineRuns } from "./line-runs.ts";
import { parseResource, resourceLine } from "./resource-line.ts";

/** Resource lines held in memory at a time; more go to the disk as a sorted run. */
const RUN_BYTES = 16 << 20;
const CHUNK_CHARS = 1 << 18;

/** Resource lines in ARN order, each ARN once. */
export interface SortedLines {
  /** From the first line; can be called again until it is closed. */
  chunks(): AsyncIterable<Uint8Array>;
  /** Resources per type. */
  readonly counts: Readonly<Record<string, number>>;
  close(): Promise<void>;
}

interface Keyed {
  readonly arn: string;
  readonly line: string;
}

/**
 * Sorts any number of resources in constant memory. Of two with the same ARN (a listing that moved while it was being
 * read) the later one stays.
 */
export async function sortLines(
  resources: Iterable<Resource> | AsyncIterable<Resource>,
  runBytes = RUN_BYTES,
): Promise<SortedLines> {
  const runs = lineRuns();
  const counts: Record<string, number> = {};
  const count = (type: string, by: number) => {
    counts[type] = (counts[type] ?? 0) + by;
  };
  const dropped = (line: string) => count(parseResource(line).type, -1);
  let batch: Keyed[] = [];
  let size = 0;
  try {
    for await (const resource of resources) {
      const line = `${resourceLine(resource)}\n`;
      batch.push({ arn: resource.arn, line });
      count(resource.type, 1);
      size += line.length;
      if (size < runBytes) continue;
      await runs.add(inChunks(inOrder(batch, dropped)));
      batch = [];
      size = 0;
    }
    const last = inOrder(batch, dropped);
    if (runs.count() === 0) return { chunks: () => inChunks(last), counts, close: runs.close };
    await runs.add(inChunks(last));
    for await (const _ of runs.merged(dropped));
    return { chunks: () => runs.merged(), counts, close: runs.close };
  } catch (error) {
    await runs.close();
    throw error;
  }
}

function inOrder(batch: readonly Keyed[], dropped: (line: string) => void): string[] {
  const sorted = batch.toSorted((a, b) => (a.arn < b.arn ? -1 : a.arn > b.arn ? 1 : 0));
  return sorted.flatMap(({ arn, line }, index) => {
    if (sorted[index + 1]?.arn !== arn) return [line];
    dropped(line);
    return [];
  });
}

async function* inChunks(lines: readonly string[]): AsyncIterable<Uint8Array> {
  let held: string[] = [];
  let size = 0;
  for (const line of lines) {
    held.push(line);
    size += line.length;
    if (size < CHUNK_CHARS) continue;
    yield Buffer.from(held.join(""));
    held = [];
    size = 0;
  }
  if (held.length > 0) yield Buffer.from(held.join(""));
}
