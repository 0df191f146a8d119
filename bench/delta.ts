/**
 * How long the delta of two large snapshots takes, against the time that merely reading and parsing both takes, and how
 * much memory. `npx tsx bench/delta.ts [resources] [runs]`; a gigabyte and a half of temporary files by default.
 */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";

const [resources = "1000000", runs = "5"] = process.argv.slice(2);

interface Run {
  readonly ms: number;
  readonly peakMb: number;
  readonly said: unknown;
}

const folder = await mkdtemp(join(tmpdir(), "evenkeel-bench-"));
const program = join(folder, "run.mjs");

async function run(mode: string, form: string): Promise<Run> {
  const args = [program, join(folder, "store"), mode, `before-${form}`, `after-${form}`, resources];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as Run;
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const row = (...cells: readonly string[]) =>
  console.log(cells.map((cell, index) => (index ? cell.padStart(14) : cell.padEnd(10))).join(""));

/** Floor and delta in turn, so that both see the same machine. */
async function measure(form: string): Promise<void> {
  const floors: Run[] = [];
  const deltas: Run[] = [];
  for (let index = 0; index < Number(runs); index++) {
    floors.push(await run("floor", form));
    deltas.push(await run("delta", form));
  }
  const [floor, delta] = [floors, deltas].map((each) => median(each.map(({ ms }) => ms))) as [number, number];
  const peak = Math.max(...deltas.map(({ peakMb }) => peakMb));
  const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
  row(form, seconds(floor), seconds(delta), (delta / floor).toFixed(2), `${peak.toFixed(0)} MB`);
  console.log(`          ${JSON.stringify(deltas[0]?.said)}`);
}

try {
  await build({
    entryPoints: [join(import.meta.dirname, "delta-run.ts")],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    mainFields: ["module", "main"],
  });
  console.log(`${resources} resources a side, median of ${runs} runs, node ${process.version}`);
  for (const form of ["plain", "br"]) {
    const written = await run("write", form);
    console.log(
      `written ${form}: ${(written.ms / 2000).toFixed(1)} s a snapshot, peak ${written.peakMb.toFixed(0)} MB`,
    );
  }
  row("form", "parse floor", "delta", "ratio", "peak memory");
  for (const form of ["plain", "br"]) await measure(form);
} finally {
  await rm(folder, { recursive: true, force: true });
}
