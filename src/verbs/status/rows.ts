import type { Arn } from "../../model/brand.ts";
import { type Costs, moneyOf } from "../../model/money.ts";
import type { Plan } from "../../model/plan.ts";
import type { Candidate } from "../pause/plan.ts";
import type { Held, StatusRow, StatusState } from "./result.ts";

export interface RowsInput {
  readonly candidates: readonly Candidate[];
  /** What a pause of all of it would do. */
  readonly plan: Plan;
  /** By ARN; undefined = nobody asked for prices. */
  readonly costs: ReadonlyMap<Arn, Costs> | undefined;
  readonly held: ReadonlyMap<Arn, Held>;
}

/** One row a resource; what has gone while it was read is left out. Pure. */
export function rowsOf({ candidates, plan, costs, held }: RowsInput): StatusRow[] {
  const steps = new Map(plan.steps.map((step) => [step.target.arn, step]));
  const reasons = new Map(plan.kept.map(({ target, reason }) => [target.arn, reason]));
  return candidates.flatMap((candidate): StatusRow[] => {
    const { resource, facts, found } = candidate;
    const { arn, type, id, name, region } = resource;
    if (facts.pause && !found) return [];
    const step = steps.get(arn);
    const state = stateOf(candidate, step !== undefined);
    const reason = reasonOf(candidate, state, reasons.get(arn));
    const cost = costs?.get(arn);
    const holder = held.get(arn);
    return [
      {
        target: { arn, type, id, ...(name ? { name } : {}), region },
        facts,
        state,
        words: found && "state" in found ? found.state.words : (resource.state ?? "there"),
        ...(reason === undefined ? {} : { reason }),
        ...(cost ? { money: moneyOf(cost, state === "running") } : {}),
        ...(holder ? { held: holder } : {}),
        owned: (step?.after.length ?? 0) > 0,
      },
    ];
  });
}

function stateOf({ facts, found }: Candidate, wouldStop: boolean): StatusState {
  if (!facts.pause) return "kept";
  if (!found || "unread" in found) return "unknown";
  if (found.state.phase !== "running") return found.state.phase;
  return wouldStop ? "running" : "kept";
}

function reasonOf({ found }: Candidate, state: StatusState, said: string | undefined): string | undefined {
  if (found && "unread" in found) return `its state could not be read: ${found.unread}`;
  return state === "kept" ? said : undefined;
}
