import { createReadStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onDisk } from "./disk-failure.ts";
import { LineCursor } from "./line-cursor.ts";
import { arnAt } from "./resource-line.ts";

const CHUNK_BYTES = 1 << 18;

/** Sorted stretches of resource lines in a private temporary folder, merged when they are read. */
export interface LineRuns {
  add(chunks: AsyncIterable<Uint8Array>): Promise<void>;
  count(): number;
  /**
   * All lines in ARN order; of equal ARNs only the one of the latest run.
   * @param dropped is told of the others
   */
  merged(dropped?: (line: string) => void): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

export function lineRuns(): LineRuns {
  let folder: string | undefined;
  const files: string[] = [];
  const disk = <T>(calls: () => Promise<T>) => onDisk(`use the temporary folder ${folder ?? tmpdir()}`, calls);
  return {
    count: () => files.length,
    add: async (chunks) => {
      folder ??= await disk(() => mkdtemp(join(tmpdir(), "evenkeel-")));
      const file = join(folder, `run-${files.length}`);
      await disk(() => writeFile(file, chunks, { mode: 0o600 }));
      files.push(file);
    },
    merged: (dropped = () => undefined) => merge(files, dropped),
    close: async () => {
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Where a run is being read. */
interface Head {
  readonly cursor: LineCursor;
  readonly run: number;
  arn: string;
}

async function* merge(files: readonly string[], dropped: (line: string) => void): AsyncIterable<Uint8Array> {
  const cursors = files.map((file) => new LineCursor(createReadStream(file, { highWaterMark: CHUNK_BYTES })));
  const heads: Head[] = [];
  let held: Uint8Array[] = [];
  let size = 0;
  try {
    for (const [run, cursor] of cursors.entries())
      if (await cursor.refill()) insert(heads, { cursor, run, arn: arnAt(cursor) });
    for (let head = heads.shift(); head !== undefined; head = heads.shift()) {
      const { cursor } = head;
      if (heads[0]?.arn === head.arn) dropped(cursor.text());
      else {
        const line = cursor.buffer.subarray(cursor.start, cursor.end + 1);
        held.push(line);
        size += line.length;
      }
      if (size >= CHUNK_BYTES) {
        yield Buffer.concat(held);
        held = [];
        size = 0;
      }
      if (cursor.advance() || (await cursor.refill())) insert(heads, Object.assign(head, { arn: arnAt(cursor) }));
    }
    yield Buffer.concat(held);
  } finally {
    for (const cursor of cursors) await cursor.close();
  }
}

/** Keeps heads in ARN order, and among equal ones the latest run last. In runs of sorted input the first place is found at once. */
function insert(heads: Head[], head: Head): void {
  const at = heads.findIndex((each) => head.arn < each.arn || (head.arn === each.arn && head.run < each.run));
  heads.splice(at < 0 ? heads.length : at, 0, head);
}
