import { fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { historyOf } from "../tests/simulation/history.ts";
import { removalHistoryOf } from "../tests/simulation/removal/history.ts";
import { runRemoval } from "../tests/simulation/removal/run.ts";
import { runHistory } from "../tests/simulation/run.ts";
import { shedHistoryOf } from "../tests/simulation/shed/history.ts";
import { runShed } from "../tests/simulation/shed/run.ts";

/*
 * Lives through seeded histories of pause, trouble and resume, of a restore, or of an overload that is shed, and looks for
 * what goes against the rules.
 *   npm run simulate                          20,000 histories of pauses
 *   npm run simulate -- --verb restore        10,000 of restores
 *   npm run simulate -- --verb shed           10,000 of overloads
 *   npm run simulate -- --seed 4711           one of them again, with everything that happened
 *   npm run simulate -- --from 1 --to 500
 */

/** What can be lived through, and how many histories of it are usual. */
const VERBS = {
  pause: { usual: 20_000, historyOf, run: runHistory },
  restore: { usual: 10_000, historyOf: removalHistoryOf, run: runRemoval },
  shed: { usual: 10_000, historyOf: shedHistoryOf, run: runShed },
} as const;
type VerbName = keyof typeof VERBS;
const TELL_EVERY = 500;

interface Found {
  readonly verb: VerbName;
  readonly seed: number;
  readonly history: object;
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

async function live(verb: VerbName, seed: number): Promise<Found | undefined> {
  seedRandom(seed);
  const history = VERBS[verb].historyOf(seed);
  const violations = await (VERBS[verb].run as (history: object) => Promise<string[]>)(history).catch(
    (error: unknown) => [String((error as Error).stack)],
  );
  return violations.length > 0 ? { verb, seed, history, violations } : undefined;
}

/** The part of a child process: every `step`th seed. */
async function work(verb: VerbName, from: number, to: number, step: number): Promise<void> {
  for (let seed = from; seed <= to; seed += step) process.send?.({ found: await live(verb, seed) });
}

async function lead(verb: VerbName, from: number, to: number): Promise<number> {
  const step = availableParallelism();
  const found: Found[] = [];
  let done = 0;
  const total = to - from + 1;
  const started = performance.now();
  await Promise.all(
    [...Array(Math.min(step, total)).keys()].map(
      (at) =>
        new Promise<void>((resolve, reject) => {
          const child = fork(fileURLToPath(import.meta.url), ["--verb", verb, "--work", `${from + at},${to},${step}`]);
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
  console.log(`${done} histories of ${verb} (seeds ${from} to ${to}), ${found.length} against the rules`);
  return found.length > 0 ? 1 : 0;
}

function tell({ verb, seed, history, violations }: Found): void {
  console.log(`seed ${seed}: npm run simulate -- --verb ${verb} --seed ${seed}`);
  for (const violation of violations) console.log(`  ${violation}`);
  console.log(`  ${JSON.stringify(history)}`);
}

const { values } = parseArgs({
  options: {
    verb: { type: "string" },
    seed: { type: "string" },
    from: { type: "string" },
    to: { type: "string" },
    work: { type: "string" },
  },
});
const verb = (values.verb ?? "pause") as VerbName;
if (!Object.hasOwn(VERBS, verb)) throw new Error(`--verb is one of ${Object.keys(VERBS).join(", ")}`);
if (values.work !== undefined) {
  const [from = 0, to = 0, step = 1] = values.work.split(",").map(Number);
  await work(verb, from, to, step);
  process.disconnect();
} else if (values.seed !== undefined) {
  const seed = Number(values.seed);
  const found = await live(verb, seed);
  if (found) tell(found);
  else console.log(`seed ${seed}: nothing against the rules\n  ${JSON.stringify(VERBS[verb].historyOf(seed))}`);
  process.exitCode = found ? 1 : 0;
} else process.exitCode = await lead(verb, Number(values.from ?? 1), Number(values.to ?? VERBS[verb].usual));
