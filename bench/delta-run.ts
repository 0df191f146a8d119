/** One measured run, in a process of its own: `node delta-run.js <folder> <floor|delta|write> <before> <after> [resources]`. */
import { performance } from "node:perf_hooks";
import { Readable } from "node:stream";
import { createBrotliDecompress } from "node:zlib";
import { folderStore } from "../src/store/folder.ts";
import { LineCursor } from "../src/store/line-cursor.ts";
import { findSnapshot } from "../src/store/snapshot-files.ts";
import { writeSnapshot } from "../src/store/snapshot-writer.ts";
import { openSnapshot } from "../src/store/snapshots.ts";
import { mergeDelta } from "../src/verbs/delta/merge.ts";
import { ACCOUNT, draft, world } from "./delta-world.ts";

const [folder = "", mode, before = "", after = "", resources = "0"] = process.argv.slice(2);
const store = folderStore(folder);
const RULES = { volatile: [], secret: [], unordered: [] };

/** What any delta that looks into every resource has to do at least. */
async function floor(name: string): Promise<number> {
  const file = await findSnapshot(store, ACCOUNT, name);
  const bytes = file && (await store.read(file.path));
  if (!file || !bytes) throw new Error(`no snapshot ${name}`);
  const plain = file.compressed ? Readable.from(bytes).pipe(createBrotliDecompress({ chunkSize: 1 << 20 })) : bytes;
  const cursor = new LineCursor(plain);
  let count = 0;
  while (cursor.advance() || (await cursor.refill())) if (JSON.parse(cursor.text()).arn) count++;
  return count;
}

async function delta(): Promise<object> {
  const [one, two] = await Promise.all([openSnapshot(store, ACCOUNT, before), openSnapshot(store, ACCOUNT, after)]);
  const result = await mergeDelta(
    { kind: "snapshot", snapshot: one },
    { kind: "snapshot", snapshot: two },
    () => RULES,
  );
  return { ...result.counts, unchanged: result.unchanged };
}

async function write(): Promise<object> {
  const compress = before.endsWith("br");
  await writeSnapshot(store, draft(before), world(Number(resources), "before"), { compress });
  await writeSnapshot(store, draft(after), world(Number(resources), "after"), { compress });
  return {};
}

const start = performance.now();
const said =
  mode === "floor" ? (await floor(before)) + (await floor(after)) : mode === "delta" ? await delta() : await write();
const ms = performance.now() - start;
process.stdout.write(`${JSON.stringify({ ms, peakMb: process.resourceUsage().maxRSS / 1024, said })}\n`);
