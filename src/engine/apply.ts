import type { Host } from "../io/host.ts";
import { instant } from "../model/brand.ts";
import { orderSteps } from "../model/graph.ts";
import type { Outcome, Plan, Step } from "../model/plan.ts";
import { type Attempt, type Attempting, attempt } from "./attempt.ts";

export interface ApplyOptions extends Attempting {
  /** Why a step that was never begun is left as it is; undefined = it is done. */
  readonly spares?: ((step: Step) => string | undefined) | undefined;
  readonly host: Host;
  /** Aborted by the first Ctrl-C: what is in flight is finished, nothing new is begun. */
  readonly stop: AbortSignal;
  /** Steps at once; such a batch ends before the next begins. Absent = a whole stage together. */
  readonly batchSize?: number | undefined;
}

/** How all steps ended, by id. Steps that were never begun because the run was stopped are not in it. */
export type Outcomes = ReadonlyMap<string, Outcome>;

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
  const spared = earlier?.begun.has(step.id) ? undefined : options.spares?.(step);
  const { outcome: ended, after }: Attempt =
    spared === undefined
      ? await attempt(step, outcomes, options, heard)
      : { outcome: { kind: "skipped", reason: spared } };
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
