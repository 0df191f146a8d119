import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm, stat, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { folderStore } from "../../src/store/folder.ts";
import { listSnapshots } from "../../src/store/snapshot-list.ts";
import { activeSnapshot, openBaseline, openSnapshot } from "../../src/store/snapshots.ts";
import { readAll } from "../../src/store/store.ts";
import { ACCOUNT, collect } from "./sample.ts";

const KILLS = 200;
/** Writers among those that are killed which come to their end, however busy the machine is. */
const ENDS = 70;
const AT_ONCE = 4;
const LONGEST_MS = 60;
const SEED = 20_260_301;

let dir: string;
let writer: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "evenkeel-test-"));
  writer = join(dir, "writer.mjs");
  const entryPoints = [join(import.meta.dirname, "kill-writer.ts")];
  await build({
    entryPoints,
    outfile: writer,
    bundle: true,
    platform: "node",
    format: "esm",
    mainFields: ["module", "main"],
  });
});
afterAll(() => rm(dir, { recursive: true, force: true }));

/** mulberry32: the same delays in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const whole = Array.from({ length: ENDS }, (_, index) => `whole${index}`);

interface Job {
  readonly name: string;
  /** Milliseconds from its start; it ends by itself after one snapshot where there are none. */
  readonly killAfter?: number;
}

/** Killed and unharmed ones in the order of a seeded draw. */
function jobs(): Job[] {
  const next = random(SEED);
  const killed = Array.from({ length: KILLS }, (_, index) => ({ name: `w${index}`, killAfter: next() * LONGEST_MS }));
  const all: Job[] = [...killed, ...whole.map((name) => ({ name }))];
  return all
    .map((job) => ({ job, place: next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ job }) => job);
}

/** Lets a writer run, for a while or to its end. @returns what it complains about */
async function runOne(store: string, { name, killAfter }: Job): Promise<string> {
  const rounds = killAfter === undefined ? ["1"] : [];
  const child = spawn(process.execPath, [writer, store, name, ...rounds], { stdio: ["ignore", "pipe", "pipe"] });
  let complaints = "";
  child.stderr.on("data", (text: Buffer) => {
    complaints += text.toString();
  });
  const ended = once(child, "exit");
  if (killAfter !== undefined) {
    await Promise.race([once(child.stdout, "data"), ended]);
    await new Promise((resolve) => setTimeout(resolve, killAfter));
    child.kill("SIGKILL");
  }
  await ended;
  return complaints;
}

test(`after ${KILLS} kills at any moment, four writers at once, the store holds whole snapshots only`, async () => {
  const folder = join(dir, "store");
  const store = folderStore(folder);
  const waiting = jobs();
  const keys = new Set<string>();
  const queue = async () => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      expect(await runOne(folder, job)).toBe("");
      keys.add(String((await readAll(store, "key"))?.toString("hex")));
    }
  };

  await Promise.all(Array.from({ length: AT_ONCE }, queue));

  const listed = await listSnapshots(store, ACCOUNT);
  expect(listed.filter(({ kind }) => kind === "corrupt")).toEqual([]);
  expect(listed.length).toBeGreaterThan(KILLS / 4);
  expect(listed.map(({ name }) => name)).toEqual(expect.arrayContaining(whole.map((name) => `${name}-0`)));
  for (const { name } of listed) {
    const { header, resources } = await openSnapshot(store, ACCOUNT, name);
    const count = Object.values(header.counts).reduce((sum, each) => sum + each, 0);
    expect(await collect(resources())).toHaveLength(count);
  }
  const active = await activeSnapshot(store, ACCOUNT);
  expect(listed.map(({ name }) => name)).toContain(active);
  expect((await openBaseline(store, ACCOUNT)).header.name).toBe(active);
  expect([...keys]).toHaveLength(1);
  await expectSwept(folder);
});

/** Kills did leave something behind; nobody saw it, and an hour later a write clears it away. */
async function expectSwept(folder: string): Promise<void> {
  const snapshots = join(folder, "accounts", ACCOUNT, "snapshots");
  const left = (await readdir(snapshots)).filter((name) => name.startsWith(".tmp-"));
  expect(left.length).toBeGreaterThan(0);
  const longAgo = (await stat(snapshots)).mtimeMs / 1000 - 7200;
  for (const name of left) await utimes(join(snapshots, name), longAgo, longAgo);

  await folderStore(folder).write(`accounts/${ACCOUNT}/snapshots/x`, new Uint8Array());

  expect((await readdir(snapshots)).filter((name) => name.startsWith(".tmp-"))).toEqual([]);
}
