import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { constants, createBrotliCompress } from "node:zlib";
import { EvenkeelError } from "../model/errors.ts";
import type { Json, JsonObject } from "../model/json.ts";
import type { Resource } from "../model/resource.ts";
import type { SnapshotHeader } from "../model/snapshot.ts";
import { findSnapshot, snapshotPath } from "./snapshot-files.ts";
import { finishDigest, headerLine } from "./snapshot-header.ts";
import { type SortedLines, sortLines } from "./sorted-lines.ts";
import type { Store } from "./store.ts";

/** Larger ones are compressed unasked: to about a fifteenth, at 120 MB a second. */
const COMPRESS_BYTES = 8 << 20;
const BROTLI_QUALITY = 5;

/** What a scan knows of its snapshot; counts and digest come from the resources. */
export type SnapshotDraft = Omit<SnapshotHeader, "digest" | "counts">;

export interface WriteOptions {
  /** Absent = when it is larger than 8 MiB. */
  readonly compress?: boolean;
}

/**
 * Writes a snapshot whole or not at all. Resources may come in any order and any number.
 * @throws EvenkeelError SNAPSHOT_EXISTS, USAGE (not a name), STORE_FAILED
 */
export async function writeSnapshot(
  store: Store,
  draft: SnapshotDraft,
  resources: Iterable<Resource> | AsyncIterable<Resource>,
  options: WriteOptions = {},
): Promise<SnapshotHeader> {
  await refuseExisting(store, draft);
  const lines = await sortLines(resources);
  try {
    const { header, bytes } = await complete(draft, lines);
    const compressed = options.compress ?? bytes > COMPRESS_BYTES;
    const path = snapshotPath(draft.account, draft.name, compressed);
    const plain = fileContent(header, lines);
    if (!(await store.write(path, compressed ? brotli(plain) : plain, { exclusive: true }))) throw exists(draft);
    await refuseTwin(store, draft, compressed);
    return header;
  } finally {
    await lines.close();
  }
}

async function complete(draft: SnapshotDraft, lines: SortedLines): Promise<{ header: SnapshotHeader; bytes: number }> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of lines.chunks()) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  const { digest: _, counts: __, ...rest } = draft as SnapshotHeader;
  const counted = {
    ...rest,
    counts: Object.fromEntries(Object.entries(lines.counts).filter(([, count]) => count > 0)),
  };
  const stored = counted as unknown as Json as JsonObject;
  return { header: { ...counted, digest: finishDigest(hash, stored) }, bytes };
}

async function* fileContent(header: SnapshotHeader, lines: SortedLines): AsyncIterable<Uint8Array> {
  yield Buffer.from(`${headerLine(header)}\n`);
  yield* lines.chunks();
}

async function* brotli(plain: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const compressor = createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } });
  // Its failure is thrown by the iteration below, too.
  pipeline(Readable.from(plain), compressor).catch(() => undefined);
  yield* compressor;
}

/** Refuses a name that is taken, before the work of a scan is done for it. @throws EvenkeelError SNAPSHOT_EXISTS, USAGE (not a name) */
export async function refuseExisting(
  store: Store,
  { account, name }: Pick<SnapshotDraft, "account" | "name">,
): Promise<void> {
  if (await findSnapshot(store, account, name)) throw exists({ account, name });
}

/** The store refuses a second file of the same form; that someone wrote the other form meanwhile is seen only afterwards. */
async function refuseTwin(store: Store, draft: SnapshotDraft, compressed: boolean): Promise<void> {
  const { account, name } = draft;
  const twin = snapshotPath(account, name, !compressed);
  if (!(await store.list(twin)).some(({ path }) => path === twin)) return;
  await store.remove(snapshotPath(account, name, compressed));
  throw exists(draft);
}

function exists({ account, name }: Pick<SnapshotDraft, "account" | "name">): EvenkeelError {
  return new EvenkeelError("SNAPSHOT_EXISTS", `a snapshot named ${name} exists already for account ${account}`, {
    hint: `choose another name, or remove it with \`evenkeel snapshot delete ${name}\``,
    state: "The existing snapshot is untouched.",
  });
}
