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
  /** The same for people: `starting: insufficient capacity`. */
  readonly words?: string;
  /** Why it must be left alone whatever its state is. */
  readonly refusal?: string;
}

/** Carries out the operations of steps. The only thing that changes an account. */
export interface Executor {
  /** Undefined = the resource is gone. */
  look(step: Step): Promise<LiveState | undefined>;
  /**
   * Idempotent, with an absolute target: run twice it leaves what it leaves run once.
   * @param heard is told AWS's request id of each changing call
   */
  act(step: Step, heard: (requestId: string) => void): Promise<void>;
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
  /** Steps at once; such a batch ends before the next begins. Absent = a whole stage together. */
  readonly batchSize?: number | undefined;
  /** What an earlier, interrupted application has done. */
  readonly earlier?: Progress;
}

/** How all steps ended, by id. Steps that were never begun because the run was stopped are not in it. */
export type Outcomes = ReadonlyMap<string, Outcome>;

/** Reading back begins soon, as most things are quick, and grows slower, as the rest take minutes. */
const FIRST_POLL_MS = 500;
const LAST_POLL_MS = 16_000;

/** Applies exactly what the plan says: stage by stage, each step looked at before, journalled, verified after. */
export async function apply(plan: Plan, options: ApplyOptions): Promise<Outcomes> {
  const outcomes = new Map<string, Outcome>();
  const task: Task = { plan, options, outcomes };
  for (const stage of orderSteps(plan.steps).stages) {
    for (const batch of batchesOf(stage, options.batchSize)) {
      await applyBatch(batch, task);
      // Thrown when what was in flight has ended: nothing goes on behind the back of whoever hears of it.
      if (task.fatal) throw task.fatal.error;
    }
  }
  return outcomes;
}

/** What the steps of an application share. */
interface Task {
  readonly plan: Plan;
  readonly options: ApplyOptions;
  readonly outcomes: Map<string, Outcome>;
  fatal?: { readonly error: Error };
}

/** A stage is in order, so that a step is in no earlier batch than those it waits for. */
function batchesOf(stage: readonly Step[], size = stage.length): (readonly Step[])[] {
  return Array.from({ length: Math.ceil(stage.length / size) }, (_, at) => stage.slice(at * size, (at + 1) * size));
}

/** Steps of one batch together (the governor sets the pace of their calls), each when those of the batch that it waits for have ended. */
async function applyBatch(batch: readonly Step[], task: Task): Promise<void> {
  const running = new Map<string, Promise<void>>();
  for (const step of batch) {
    const waits = step.after.flatMap((id) => running.get(id) ?? []);
    running.set(
      step.id,
      Promise.all(waits).then(() => applyUnlessStopped(step, task)),
    );
  }
  await Promise.all(running.values());
}

async function applyUnlessStopped(step: Step, task: Task): Promise<void> {
  const { plan, options, outcomes } = task;
  if (options.stop.aborted || task.fatal) return;
  try {
    outcomes.set(step.id, await applyStep(step, task));
  } catch (error) {
    task.fatal ??= { error: error as Error };
    return;
  }
  const total = plan.steps.length;
  options.host.tell({ kind: "progress", task: plan.verb, done: outcomes.size, total, at: step.says });
}

async function applyStep(step: Step, { plan, outcomes, options }: Task): Promise<Outcome> {
  const { clock, journal, earlier } = options;
  const before = earlier?.outcomes.get(step.id);
  if (before?.kind === "applied" || before?.kind === "unchanged") return before;
  const started = clock.now();
  const heard = new Set<string>();
  const { outcome: ended, after } = await attempt(step, outcomes, options, heard);
  const outcome = withLeftovers(step, ended, { plan, outcomes });
  const at = instant(clock.now());
  const ms = clock.now() - started;
  const told = { ...(after ? { after } : {}), ...(heard.size > 0 ? { requestIds: [...heard] } : {}) };
  await journal.write({ kind: "outcome", at, step: step.id, outcome, ms, ...told });
  return outcome;
}

/** The outcome of a removal that was not done, with the preparations that were: nobody takes those back. */
function withLeftovers(step: Step, outcome: Outcome, { plan, outcomes }: Pick<Task, "plan" | "outcomes">): Outcome {
  if (step.operation !== "remove" || !("reason" in outcome) || outcome.kind === "unchanged") return outcome;
  const done = plan.steps.filter(
    ({ id, operation, target }) =>
      operation === "prepare" && target.arn === step.target.arn && outcomes.get(id)?.kind === "applied",
  );
  const said = done.map(({ says }) => `; this stays done: ${says}`);
  return said.length > 0 ? { ...outcome, reason: `${outcome.reason}${said.join("")}` } : outcome;
}

interface Attempt {
  readonly outcome: Outcome;
  readonly after?: JsonObject;
}

/** Failures of a single step are values; only what makes all further work senseless stops the run. */
const STOPS_THE_RUN = ["EXPIRED_CREDENTIALS", "NO_CREDENTIALS", "CANCELLED", "STORE_FAILED", "BUG"];

async function attempt(step: Step, outcomes: Outcomes, options: ApplyOptions, heard: Set<string>): Promise<Attempt> {
  const blocker = step.after.find((id) => !isDone(outcomes.get(id)));
  if (blocker)
    return { outcome: { kind: "blocked", by: blocker, reason: `it waits for ${blocker}, which was not done` } };
  try {
    const { executor, journal, clock, earlier } = options;
    const live = await steady(step, options);
    if (!live) return { outcome: { kind: "skipped", reason: "it is gone" } };
    if (live.phase === "moving")
      return { outcome: deferred("it was changing by itself and did not come to rest", live) };
    const begun = earlier?.begun.has(step.id) ?? false;
    if (live.phase === "done")
      return {
        outcome: begun ? { kind: "applied" } : { kind: "unchanged", reason: "it is so already" },
        after: live.state,
      };
    // A pause that was begun and cut off may have changed half of what is compared; a removal compares only what tells it
    // from another one.
    const isHalfDone = begun && (step.operation === "pause" || step.operation === "resume");
    const changed = live.refusal ?? (isHalfDone ? undefined : difference(step.expects, live.state));
    if (changed) return { outcome: { kind: "skipped", reason: changed } };
    await journal.write({ kind: "intent", at: instant(clock.now()), step: step.id, before: live.state });
    await executor.act(step, (id) => heard.add(id));
    return await settle(step, options);
  } catch (error) {
    if (!(error instanceof EvenkeelError) || STOPS_THE_RUN.includes(error.code)) throw error;
    if (error.details.requestId) heard.add(error.details.requestId);
    if (error.details.isShortage || error.details.isHeld)
      return { outcome: { kind: "deferred", reason: error.message } };
    return { outcome: { kind: "failed", reason: error.message, code: error.code } };
  }
}

/** What moves by itself (an instance that is just starting) is waited for before it is judged. */
function steady(step: Step, options: ApplyOptions): Promise<LiveState | undefined> {
  return lookUntil(step, options, ({ phase }) => phase !== "moving");
}

/** Reads back until the effect is there, or patience is over. */
async function settle(step: Step, options: ApplyOptions): Promise<Attempt> {
  const live = await lookUntil(step, options, ({ phase }) => phase === "done");
  if (!live) return { outcome: { kind: "failed", reason: "it was gone after the change" } };
  if (live.phase === "done") return { outcome: { kind: "applied" }, after: live.state };
  return { outcome: deferred("its effect did not show in time", live), after: live.state };
}

/** Looks again and again, ever more seldom. Undefined = gone; what is not as wanted then is so after all patience. */
async function lookUntil(
  step: Step,
  { executor, clock }: ApplyOptions,
  isWanted: (live: LiveState) => boolean,
): Promise<LiveState | undefined> {
  const deadline = clock.now() + executor.patienceMs(step);
  for (let polls = 0; ; polls++) {
    const live = await executor.look(step);
    if (!live || isWanted(live) || clock.now() >= deadline) return live;
    // Twice each: 0.5, 0.5, 1, 1, 2, 2, ... seconds.
    const wait = Math.min(LAST_POLL_MS, FIRST_POLL_MS * 2 ** Math.floor(polls / 2));
    await clock.sleep(untilTick(clock.now(), wait));
  }
}

/** Steps that wait look at the same moments, so that their reads are joined into few calls. */
function untilTick(now: number, wait: number): number {
  const left = wait - (now % wait);
  return left < wait / 2 ? left + wait : left;
}

function deferred(why: string, { words }: LiveState): Outcome {
  return { kind: "deferred", reason: words ? `${why}: it is ${words}` : why };
}

function isDone(outcome: Outcome | undefined): boolean {
  return outcome?.kind === "applied" || outcome?.kind === "unchanged";
}

/** What is not as the plan found it, in words; undefined = nothing. */
export function difference(expected: JsonObject, live: JsonObject): string | undefined {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(live)])].sort();
  const differing = names.filter((name) => canonical(expected[name] ?? null) !== canonical(live[name] ?? null));
  if (differing.length === 0) return undefined;
  const said = differing.map((name) => `${name} was ${show(expected[name])} and is ${show(live[name])}`);
  return `someone changed it since the plan was made: ${said.join(", ")}`;
}

function show(value: unknown): string {
  return value === undefined ? "not set" : JSON.stringify(value);
}
