import type { Connection } from "../aws/connection.ts";
import type { Clock } from "../model/clock.ts";
import type { Plan, Step } from "../model/plan.ts";
import { redactor } from "../model/redact.ts";
import { secretKey } from "../store/secret-key.ts";
import type { Store } from "../store/store.ts";
import type { Executor } from "./apply.ts";
import { pauseExecutor } from "./pause-executor.ts";
import { quarantineExecutor } from "./quarantine-executor.ts";
import { removalExecutor } from "./removal-executor.ts";

/** What executors work with. */
export interface ExecutorContext {
  readonly connection: Connection;
  readonly store: Store;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Carries out each step of a plan by what its operation asks for. */
export async function executorOf({ store, ...context }: ExecutorContext, plan: Plan): Promise<Executor> {
  const pause = pauseExecutor(context.connection, context.signal);
  if (plan.steps.every(isPausing)) return pause;
  const looking = { ...context, redact: redactor(await secretKey(store)) };
  // The next scheduled run looks anew; waiting for what is held would take its time from all the rest.
  const removal = removalExecutor(looking, plan, plan.verb === "reap" ? 0 : undefined);
  const quarantine = quarantineExecutor(looking, plan);
  const of = (step: Step): Executor => {
    if (isPausing(step)) return pause;
    return step.operation === "quarantine" || step.operation === "release" ? quarantine : removal;
  };
  return {
    look: (step) => of(step).look(step),
    act: (step, heard) => of(step).act(step, heard),
    patienceMs: (step) => of(step).patienceMs(step),
  };
}

function isPausing({ operation }: Step): boolean {
  return operation === "pause" || operation === "resume";
}
