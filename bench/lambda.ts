/**
 * How large each function is, and how long a fresh container waits until it may be called: loading its bundle in a fresh node
 * process against a bare one, in pairs, so that a busy machine slows both. Run after `npm run build`. Prints medians and
 * their ratios; exits 1 above the budget.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { deflateRawSync } from "node:zlib";
import { FUNCTIONS } from "../src/lambda/functions.ts";

/** What those of shedding may take: they have a minute, and the load does not wait. The others run by the hour. */
const BUDGET = { ratio: 6, functions: ["shed-alarm", "shed-step"] };
const PAIRS = Number(process.argv[2] ?? 15);
const WARM_UP = 2;

/** Without the environment's own credentials and settings. */
const env = { AWS_REGION: "eu-west-1" };

function timed(code: string): number {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", code], { env });
  if (status !== 0) throw new Error(`node ended with ${status}: ${stderr}`);
  return Number(process.hrtime.bigint() - start) / 1e6;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

const kilobytes = (bytes: number) => Math.round(bytes / 1000).toLocaleString("en");

const rows: string[] = [];
let isOver = false;
for (const name of Object.keys(FUNCTIONS)) {
  const url = new URL(`../dist/lambda/${name}/index.mjs`, import.meta.url);
  const code = readFileSync(fileURLToPath(url));
  const bare: number[] = [];
  const ours: number[] = [];
  for (let pair = -WARM_UP; pair < PAIRS; pair++) {
    const one = timed("process.exit(0)");
    const other = timed(`await import(${JSON.stringify(url.href)}); process.exit(0)`);
    if (pair < 0) continue;
    bare.push(one);
    ours.push(other);
  }
  const ratio = median(ours.map((each, index) => each / (bare[index] ?? each)));
  const more = median(ours.map((each, index) => each - (bare[index] ?? each)));
  if (BUDGET.functions.includes(name) && ratio > BUDGET.ratio) isOver = true;
  const zipped = deflateRawSync(code, { level: 9 }).length;
  rows.push(
    `| \`${name}\` | ${kilobytes(code.length)} kB | ${kilobytes(zipped)} kB | ${more.toFixed(0)} ms | ${ratio.toFixed(2)} |`,
  );
}
process.stdout.write(`| function | bundle | zipped | loads in | ratio to bare node |\n|---|---|---|---|---|\n`);
process.stdout.write(`${rows.join("\n")}\n`);
if (isOver) process.stdout.write(`above the budget of ${BUDGET.ratio}\n`);
process.exitCode = isOver ? 1 : 0;
