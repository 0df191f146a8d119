import type { JournalLine } from "../../engine/journal.ts";
import type { IsoInstant } from "../../model/brand.ts";
import type { JsonObject } from "../../model/json.ts";
import type { Outcome, Plan, Step } from "../../model/plan.ts";

/** One try of one step. A run that was continued may have several of a step. */
export interface Attempt {
  readonly step: string;
  /** From the plan; undefined where that is missing. */
  readonly planned?: Step;
  /** When it was begun; undefined = it was decided without a change. */
  readonly begunAt?: IsoInstant;
  readonly before?: JsonObject;
  /** Undefined = it was cut off, or never begun. */
  readonly outcome?: Outcome;
  readonly endedAt?: IsoInstant;
  readonly after?: JsonObject;
  readonly ms?: number;
  readonly requestIds: readonly string[];
}

/** Every try that a journal tells of, in its order; then the steps of the plan that were never begun. */
export function attemptsOf(lines: readonly JournalLine[], plan?: Plan): Attempt[] {
  const planned = new Map(plan?.steps.map((step) => [step.id, step]));
  const attempts: Attempt[] = [];
  const open = new Map<string, number>();
  const add = (attempt: Attempt) => {
    const step = planned.get(attempt.step);
    return attempts.push(step ? { ...attempt, planned: step } : attempt) - 1;
  };
  for (const line of lines) {
    if (line.kind === "intent")
      open.set(line.step, add({ step: line.step, begunAt: line.at, before: line.before, requestIds: [] }));
    if (line.kind !== "outcome") continue;
    const { step, outcome, ms, after, requestIds = [], at } = line;
    const place = open.get(step) ?? add({ step, requestIds: [] });
    open.delete(step);
    attempts[place] = {
      ...(attempts[place] as Attempt),
      outcome,
      endedAt: at,
      ms,
      requestIds,
      ...(after ? { after } : {}),
    };
  }
  const told = new Set(attempts.map(({ step }) => step));
  for (const { id } of plan?.steps ?? []) if (!told.has(id)) add({ step: id, requestIds: [] });
  return attempts;
}
