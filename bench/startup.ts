/**
 * How long a person waits for the help: `evenkeel --help` against `node -e 0`, in pairs, so that a busy machine slows both.
 * Run after `npm run build`. Prints medians and their ratio; exits 1 above the budget.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** From the specification of the command line. */
const BUDGET = 1.3;
const PAIRS = Number(process.argv[2] ?? 40);
const WARM_UP = 3;

const main = fileURLToPath(new URL("../dist/main.js", import.meta.url));
const CASES = {
  "--help": ["--help"],
  "--version": ["--version"],
  "snapshot create --help": ["snapshot", "create", "--help"],
  "help exit-codes": ["help", "exit-codes"],
};

function timed(args: readonly string[]): number {
  const start = process.hrtime.bigint();
  const { status } = spawnSync(process.execPath, args, { stdio: "ignore" });
  if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${status}`);
  return Number(process.hrtime.bigint() - start) / 1e6;
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

let isOver = false;
for (const [name, words] of Object.entries(CASES)) {
  const bare: number[] = [];
  const ours: number[] = [];
  for (let pair = -WARM_UP; pair < PAIRS; pair++) {
    const one = timed(["-e", "0"]);
    const other = timed([main, ...words]);
    if (pair < 0) continue;
    bare.push(one);
    ours.push(other);
  }
  const ratio = median(ours.map((each, index) => each / (bare[index] ?? each)));
  // Only the help has a budget; the others tell where time goes.
  if (name === "--help" && ratio > BUDGET) isOver = true;
  process.stdout.write(
    `evenkeel ${name}: ${median(ours).toFixed(1)} ms, node -e 0: ${median(bare).toFixed(1)} ms, median ratio ${ratio.toFixed(2)}\n`,
  );
}
if (isOver) process.stdout.write(`above the budget of ${BUDGET}\n`);
process.exitCode = isOver ? 1 : 0;
