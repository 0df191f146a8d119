import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";
import type { Arn } from "../model/brand.ts";
import { EvenkeelError, isError } from "../model/errors.ts";
import type { Resource } from "../model/resource.ts";
import type { SnapshotHeader } from "../model/snapshot.ts";
import { LineCursor } from "./line-cursor.ts";
import { arnAt, parseResource } from "./resource-line.ts";
import type { SnapshotFile } from "./snapshot-files.ts";
import { finishDigest, type ParsedHeader, parseHeader } from "./snapshot-header.ts";
import type { Store } from "./store.ts";

const CHUNK_BYTES = 1 << 20;

/** The resource lines of one snapshot, being read. Every error is a CORRUPT_SNAPSHOT or the store's. */
export interface SnapshotLines {
  readonly header: SnapshotHeader;
  /** Stands on the header; `advance` it, and where that is false, `refill` here. */
  readonly cursor: LineCursor;
  /**
   * Reads on and goes to the next line. False = all was read **and the digest is right**; until then nothing that was
   * read may be acted upon.
   */
  refill(): Promise<boolean>;
  /** The current line's. */
  arn(): Arn;
  resource(): Resource;
  close(): Promise<void>;
}

/** Opens a snapshot file and reads its header. */
export async function openLines(store: Store, file: SnapshotFile): Promise<SnapshotLines> {
  const bytes = await store.read(file.path);
  if (bytes === undefined) throw corrupt(file, "it was removed just now");
  const hash = createHash("sha256");
  let hashing = false;
  const cursor = new LineCursor(
    tap(file.compressed ? decompressed(bytes) : bytes, (chunk) => void (hashing && hash.update(chunk))),
  );
  const refill = async () => {
    if (await nextLine(cursor, file)) return true;
    if (finishDigest(hash, stored) !== header.digest) throw corrupt(file, "digest differs: it was cut off or edited");
    return false;
  };
  const { header, stored } = await readHeader(cursor, file);
  hashing = true;
  hash.update(cursor.buffer.subarray(cursor.end + 1));
  return {
    header,
    cursor,
    refill,
    arn: () => onLine(cursor, file, () => arnAt(cursor)),
    resource: () => onLine(cursor, file, () => parseResource(cursor.text())),
    close: () => cursor.close(),
  };
}

async function readHeader(cursor: LineCursor, file: SnapshotFile): Promise<ParsedHeader> {
  try {
    if (await nextLine(cursor, file)) return onLine(cursor, file, () => parseHeader(cursor.text()));
    throw corrupt(file, "it is empty");
  } catch (error) {
    await cursor.close();
    throw error;
  }
}

async function nextLine(cursor: LineCursor, file: SnapshotFile): Promise<boolean> {
  try {
    if (await cursor.refill()) return true;
  } catch (error) {
    if (isError(error)) throw error;
    throw corrupt(file, `the compressed data is damaged or cut off after line ${cursor.line}`, error);
  }
  if (cursor.cutOff > 0) throw corrupt(file, `line ${cursor.line + 1} is cut off`);
  return false;
}

function onLine<T>(cursor: LineCursor, file: SnapshotFile, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw corrupt(file, `line ${cursor.line}: ${(error as Error).message}`, error);
  }
}

function corrupt({ name, path }: SnapshotFile, problem: string, cause?: unknown): EvenkeelError {
  const hint = isError(cause) ? cause.details.hint : undefined;
  return new EvenkeelError("CORRUPT_SNAPSHOT", `snapshot ${name} can't be used: ${path}: ${problem}`, {
    ...(cause === undefined ? {} : { cause }),
    ...(hint === undefined ? {} : { hint }),
  });
}

async function* tap(chunks: AsyncIterable<Uint8Array>, see: (chunk: Uint8Array) => void): AsyncIterable<Uint8Array> {
  for await (const chunk of chunks) {
    see(chunk);
    yield chunk;
  }
}

async function* decompressed(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const decompressor = createBrotliDecompress({ chunkSize: CHUNK_BYTES });
  // Its failure is thrown by the iteration below, too.
  pipeline(Readable.from(bytes), decompressor).catch(() => undefined);
  yield* decompressor;
}
