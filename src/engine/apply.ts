import pLimit from "p-limit";
import type { Host } from "../io/host.ts";
import { instant } from "../model/brand.ts";
import { canonical } from "../model/canonical.ts";
import type { Clock } from "../model/clock.ts";
import { EvenkeelError } from "../model/errors.ts";
import { orderSteps } from "../model/graph.ts";
import type { JsonObject } from "../model/json.ts";
import type { Outcome, Plan, Step } from "../model/plan.ts";
import type { Journal, Progress } from "./journal.ts";

/** What a resource is like just now, as far as an operation is concerned. */
export interface LiveState {
  /** `done` = as the operation wants it; `moving` = on its way there; `ready` = may be begun. */
  readonly phase: "ready" | "moving" | "done";
  /** Compared with what the step expects. */
  readonly state: JsonObject;
}

/** Carries out the operations of steps. The only thing that changes an account. */
export interface Executor {
  /** Undefined = the resource is gone. */
  look(step: Step): Promise<LiveState | undefined>;
  /** Idempotent, with an absolute target: run twice it leaves what it leaves run once. */
  act(step: Step): Promise<void>;
  /** How long the effect may take to show. */
  patienceMs(step: Step): number;
}

export interface ApplyOptions {
  readonly executor: Executor;
  readonly journal: Journal;
  readonly host: Host;
  readonly clock: Clock;
  /** Aborted by the first Ctrl-C: what is in flight is finished, nothing new is begun. */
  readonly stop: AbortSignal;
  /** Steps under way at once. */
  readonly atOnce?: number;
  /** What an earlier, interrupted application has done. */
  readonly earlier?: Progress;
}

/** How all steps ended, by id. Steps that were never begun because the run was stopped are not in it. */
export type Outcomes = ReadonlyMap<string, Outcome>;

const AT_ONCE = 32;
/** Reading back begins soon, as most things are quick, and grows slower, as the rest take minutes. */
const FIRST_POLL_MS = 500;
const LAST_POLL_MS = 15_000;
const POLL_GROWTH = 1.5;

/** Applies exactly what the plan says: stage by stage, each step looked at before, journalled, verified after. */
export async function apply(plan: Plan, options: ApplyOptions): Promise<Outcomes> {
  const outcomes = new Map<string, Outcome>();
  const limit = pLimit(options.atOnce ?? AT_ONCE);
  let done = 0;
  let fatal: { readonly error: Error } | undefined;
  const tell = (at: string) =>
    options.host.tell({ kind: "progress", task: plan.verb, done, total: plan.steps.length, at });
  for (const stage of orderSteps(plan.steps).stages) {
    const running = new Map<string, Promise<void>>();
    const start = (step: Step): Promise<void> => {
      const known = running.get(step.id);
      if (known) return known;
      const inStage = step.after.filter((id) => stage.some((each) => each.id === id));
      const waits = inStage.map((id) => start(stage.find((each) => each.id === id) as Step));
      const run = Promise.all(waits).then(() =>
        limit(async () => {
          if (options.stop.aborted || fatal) return;
          try {
            outcomes.set(step.id, await applyStep(step, outcomes, options));
          } catch (error) {
            fatal ??= { error: error as Error };
            return;
          }
          done += 1;
          tell(step.says);
        }),
      );
      running.set(step.id, run);
      return run;
    };
    await Promise.all(stage.map(start));
    // Thrown when what was in flight has ended: nothing goes on behind the back of whoever hears of it.
    if (fatal) throw fatal.error;
  }
  return outcomes;
}

async function applyStep(step: Step, outcomes: Outcomes, options: ApplyOptions): Promise<Outcome> {
  const { clock, journal, earlier } = options;
  const before = earlier?.outcomes.get(step.id);
  if (before?.kind === "applied" || before?.kind === "unchanged") return before;
  const started = clock.now();
  const { outcome, after } = await attempt(step, outcomes, options);
  const at = instant(clock.now());
  const ms = clock.now() - started;
  await journal.write({ kind: "outcome", at, step: step.id, outcome, ...(after ? { after } : {}), ms });
  return outcome;
}

interface Attempt {
  readonly outcome: Outcome;
  readonly after?: JsonObject;
}

/** Failures of a single step are values; only what makes all further work senseless stops the run. */
const STOPS_THE_RUN = ["EXPIRED_CREDENTIALS", "NO_CREDENTIALS", "CANCELLED", "STORE_FAILED", "BUG"];

async function attempt(step: Step, outcomes: Outcomes, options: ApplyOptions): Promise<Attempt> {
  const blocker = step.after.find((id) => !isDone(outcomes.get(id)));
  if (blocker)
    return { outcome: { kind: "blocked", by: blocker, reason: `it waits for ${blocker}, which was not done` } };
  try {
    const { executor, journal, clock, earlier } = options;
    const live = await steady(step, options);
    if (!live) return { outcome: { kind: "skipped", reason: "it is gone" } };
    if (live.phase === "moving")
      return { outcome: { kind: "deferred", reason: "it was changing by itself and did not come to rest" } };
    const begun = earlier?.begun.has(step.id) ?? false;
    if (live.phase === "done")
      return {
        outcome: begun ? { kind: "applied" } : { kind: "unchanged", reason: "it is so already" },
        after: live.state,
      };
    // A step that was begun and cut off may have changed half of it: its target is absolute, so it is run again.
    const changed = begun ? undefined : difference(step.expects, live.state);
    if (changed) return { outcome: { kind: "skipped", reason: changed } };
    await journal.write({ kind: "intent", at: instant(clock.now()), step: step.id, before: live.state });
    await executor.act(step);
    return await settle(step, options);
  } catch (error) {
    if (!(error instanceof EvenkeelError) || STOPS_THE_RUN.includes(error.code)) throw error;
    return { outcome: { kind: "failed", reason: error.message } };
  }
}

/** What moves by itself (an instance that is just starting) is waited for before it is judged. */
async function steady(step: Step, { executor, clock }: ApplyOptions): Promise<LiveState | undefined> {
  const deadline = clock.now() + executor.patienceMs(step);
  for (let wait = FIRST_POLL_MS; ; wait = Math.min(LAST_POLL_MS, wait * POLL_GROWTH)) {
    const live = await executor.look(step);
    if (live?.phase !== "moving" || clock.now() >= deadline) return live;
    await clock.sleep(wait);
  }
}

/** Reads back until the effect is there, or patience is over. */
async function settle(step: Step, { executor, clock }: ApplyOptions): Promise<Attempt> {
  const deadline = clock.now() + executor.patienceMs(step);
  for (let wait = FIRST_POLL_MS; ; wait = Math.min(LAST_POLL_MS, wait * POLL_GROWTH)) {
    const live = await executor.look(step);
    if (!live) return { outcome: { kind: "failed", reason: "it was gone after the change" } };
    if (live.phase === "done") return { outcome: { kind: "applied" }, after: live.state };
    if (clock.now() >= deadline)
      return { outcome: { kind: "deferred", reason: "its effect did not show in time" }, after: live.state };
    await clock.sleep(wait);
  }
}

function isDone(outcome: Outcome | undefined): boolean {
  return outcome?.kind === "applied" || outcome?.kind === "unchanged";
}

/** What is not as the plan found it, in words; undefined = nothing. */
function difference(expected: JsonObject, live: JsonObject): string | undefined {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(live)])].sort();
  const differing = names.filter((name) => canonical(expected[name] ?? null) !== canonical(live[name] ?? null));
  if (differing.length === 0) return undefined;
  const said = differing.map((name) => `${name} was ${show(expected[name])} and is ${show(live[name])}`);
  return `someone changed it since the plan was made: ${said.join(", ")}`;
}

function show(value: unknown): string {
  return value === undefined ? "not set" : JSON.stringify(value);
}
