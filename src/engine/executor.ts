import type { Connection } from "../aws/connection.ts";
import type { Clock } from "../model/clock.ts";
import { EvenkeelError } from "../model/errors.ts";
import type { Plan, Step } from "../model/plan.ts";
import { redactor } from "../model/redact.ts";
import { secretKey } from "../store/secret-key.ts";
import type { Store } from "../store/store.ts";
import type { Executor } from "./live-state.ts";
import { markExecutor } from "./mark-executor.ts";
import { pauseExecutor } from "./pause-executor.ts";
import { quarantineExecutor } from "./quarantine-executor.ts";
import { removalExecutor } from "./removal-executor.ts";
import { refuseReweighting } from "./weights-executor.ts";

/** What executors work with. */
export interface ExecutorContext {
  readonly connection: Connection;
  readonly store: Store;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Carries out each step of a plan by what its operation asks for.
 * @throws EvenkeelError REFUSED for a plan of shedding
 */
export async function executorOf({ store, ...context }: ExecutorContext, plan: Plan): Promise<Executor> {
  refuseReweighting(plan);
  const pause = pauseExecutor(context.connection, context.signal);
  if (plan.steps.every(isPausing)) return pause;
  const looking = { ...context, redact: redactor(await secretKey(store)) };
  // The next scheduled run looks anew; waiting for what is held would take its time from all the rest.
  const removal = removalExecutor(looking, plan, plan.verb === "reap" ? 0 : undefined);
  const quarantine = quarantineExecutor(looking, plan);
  const marks = markExecutor(looking);
  const of = (step: Step): Executor => {
    switch (step.operation) {
      case "pause":
      case "resume":
        return pause;
      case "quarantine":
      case "release":
        return quarantine;
      case "mark":
      case "unmark":
        return marks;
      case "back-up":
      case "prepare":
      case "remove":
        return removal;
      case "reweight":
        throw new EvenkeelError("BUG", "a plan of shedding was not refused");
    }
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
