import { fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type History, historyOf } from "../tests/simulation/history.ts";
import { runHistory } from "../tests/simulation/run.ts";

/*
 * Lives through seeded histories of pause, trouble and resume, and looks for what goes against the rules.
 *   npm run simulate                    20,000 histories
 *   npm run simulate -- --seed 4711     one of them again, with everything that happened
 *   npm run simulate -- --from 1 --to 500
 */

const USUAL = 20_000;
const TELL_EVERY = 500;

interface Found {
  readonly seed: number;
  readonly history: History;
  readonly violations: readonly string[];
}

/** The retries' jitter is the one thing here that is random by itself. */
function seedRandom(seed: number): void {
  let state = seed >>> 0;
  Math.random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

async function live(seed: number): Promise<Found | undefined> {
  seedRandom(seed);
  const history = historyOf(seed);
  const violations = await runHistory(history).catch((error: unknown) => [String((error as Error).stack)]);
  return violations.length > 0 ? { seed, history, violations } : undefined;
}

/** The part of a child process: every `step`th seed. */
async function work(from: number, to: number, step: number): Promise<void> {
  for (let seed = from; seed <= to; seed += step) process.send?.({ found: await live(seed) });
}

async function lead(from: number, to: number): Promise<number> {
  const step = availableParallelism();
  const found: Found[] = [];
  let done = 0;
  const total = to - from + 1;
  const started = performance.now();
  await Promise.all(
    [...Array(Math.min(step, total)).keys()].map(
      (at) =>
        new Promise<void>((resolve, reject) => {
          const child = fork(fileURLToPath(import.meta.url), ["--work", `${from + at},${to},${step}`]);
          child.on("message", ({ found: broken }: { found?: Found }) => {
            done += 1;
            if (broken) {
              found.push(broken);
              tell(broken);
            }
            if (done % TELL_EVERY === 0) {
              const left = ((performance.now() - started) / done) * (total - done);
              console.error(
                `${done} of ${total} histories, ${found.length} against the rules, about ${Math.ceil(left / 1000)} s left`,
              );
            }
          });
          child.on("error", reject);
          child.on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`a part ended with ${code}`))));
        }),
    ),
  );
  console.log(`${done} histories (seeds ${from} to ${to}), ${found.length} against the rules`);
  return found.length > 0 ? 1 : 0;
}

function tell({ seed, history, violations }: Found): void {
  console.log(`seed ${seed}: npm run simulate -- --seed ${seed}`);
  for (const violation of violations) console.log(`  ${violation}`);
  console.log(`  ${JSON.stringify(history)}`);
}

const { values } = parseArgs({
  options: { seed: { type: "string" }, from: { type: "string" }, to: { type: "string" }, work: { type: "string" } },
});
if (values.work !== undefined) {
  const [from = 0, to = 0, step = 1] = values.work.split(",").map(Number);
  await work(from, to, step);
  process.disconnect();
} else if (values.seed !== undefined) {
  const seed = Number(values.seed);
  const found = await live(seed);
  if (found) tell(found);
  else console.log(`seed ${seed}: nothing against the rules\n  ${JSON.stringify(historyOf(seed))}`);
  process.exitCode = found ? 1 : 0;
} else process.exitCode = await lead(Number(values.from ?? 1), Number(values.to ?? USUAL));
