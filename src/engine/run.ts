import type { Connection } from "../aws/connection.ts";
import type { Host } from "../io/host.ts";
import { type Origin, thisOrigin } from "../io/origin.ts";
import { instant } from "../model/brand.ts";
import type { Clock } from "../model/clock.ts";
import type { Outcome, Step } from "../model/plan.ts";
import { appendRunLine, createRun, type RunHead } from "../store/runs.ts";
import type { Store } from "../store/store.ts";
import { apply, type Outcomes } from "./apply.ts";
import type { Attempting } from "./attempt.ts";
import { executorOf } from "./executor.ts";
import { type GuardPolicy, refuseBreaches } from "./guards.ts";
import type { Counts, Journal } from "./journal.ts";

/** What a run works in. */
export interface RunContext {
  readonly connection: Connection;
  readonly store: Store;
  readonly host: Host;
  readonly clock: Clock;
  /** Aborted by Ctrl-C: what is in flight is finished, nothing new is begun. */
  readonly signal: AbortSignal;
  readonly from?: Origin;
  /** Looked at again before the first line is written. */
  readonly guards?: GuardPolicy;
}

/** How a person wants the steps to go. */
export interface Pace {
  /** Steps at once; such a batch ends before the next begins. Absent = all of a stage, as AWS's limits let them. */
  readonly batchSize?: number | undefined;
  /** Why a step that was never begun is left as it is; undefined = it is done. Absent = all are. */
  readonly spares?: ((step: Step) => string | undefined) | undefined;
}

/** One application of a plan: a journal and what belongs to it. */
export interface Run {
  readonly head: RunHead;
  readonly journal: Journal;
}

/**
 * Begins a run: its plan and who applies it are kept for good when this resolves, before anything is changed.
 * @throws EvenkeelError REFUSED by a guard; STORE_FAILED
 */
export async function beginRun(context: RunContext, head: Omit<RunHead, "run">): Promise<Run> {
  refuseBreaches(head.plan, context.guards);
  return reopenRun(context, await createRun(context.store, head));
}

/** Goes on with a run: a `begin` line tells from here on who does. */
export async function reopenRun(context: RunContext, head: RunHead): Promise<Run> {
  const { connection, store, clock, from, guards } = context;
  refuseBreaches(head.plan, guards);
  const { run, plan, record } = head;
  const journal: Journal = { write: (line) => appendRunLine(store, plan.account, run, line) };
  await journal.write({
    kind: "begin",
    at: instant(clock.now()),
    run,
    verb: plan.verb,
    plan: { id: plan.id, digest: plan.digest, steps: plan.steps.length },
    caller: connection.caller,
    from: from ?? thisOrigin(),
    ...(record ? { record: record.id } : {}),
  });
  return { head, journal };
}

/** Carries out the steps of a run's plan. */
export async function applyRun(
  { connection, store, host, clock, signal }: RunContext,
  { head, journal }: Run,
  options: Pace & Pick<Attempting, "earlier" | "until">,
): Promise<Outcomes> {
  // Not the run's own signal: a step that was begun is brought to its end.
  const { signal: never } = new AbortController();
  const { plan } = head;
  const executor = await executorOf({ connection, store, clock, signal: never }, plan);
  return apply(plan, { executor, journal, host, clock, stop: signal, ...options });
}

/**
 * Tells in the journal that a run is over.
 * @param resumed of a resume: whether its record was closed
 */
export async function endRun(
  { clock }: RunContext,
  { head, journal }: Run,
  outcomes: Outcomes,
  resumed: { readonly closed?: boolean } = {},
): Promise<void> {
  const notBegun = head.plan.steps.length - outcomes.size;
  const counts = countsOf(outcomes.values());
  await journal.write({ kind: "end", at: instant(clock.now()), counts, notBegun, ...resumed });
}

/** How many steps ended how. */
export function countsOf(outcomes: Iterable<Outcome>): Counts {
  const counts: Partial<Record<Outcome["kind"], number>> = {};
  for (const { kind } of outcomes) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
