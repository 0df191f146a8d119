import { factsOf } from "../../catalog/registry.ts";
import type { Outcomes } from "../../engine/apply.ts";
import type { Step, Target } from "../../model/plan.ts";

/** `gone`: it was gone before its turn came. `skipped`: it is not any more what the plan found. */
export type Fate = "planned" | "done" | "gone" | "failed" | "blocked" | "deferred" | "skipped" | "not begun";

/** What became of a resource. */
export interface Ending {
  readonly fate: Fate;
  /** Why it is still there. */
  readonly because?: string;
}

/** How a step ended, told of its resource: what its own backup or preparation has stopped has ended as that did. */
export function endingOf(step: Step, byId: ReadonlyMap<string, Step>, outcomes: Outcomes | undefined): Ending {
  if (!outcomes) return { fate: "planned" };
  const outcome = outcomes.get(step.id);
  if (!outcome) return { fate: "not begun", because: "the run was stopped before" };
  switch (outcome.kind) {
    case "applied":
      return { fate: "done" };
    case "unchanged":
      return { fate: "gone" };
    case "blocked": {
      const blocker = byId.get(outcome.by);
      if (!blocker) return { fate: "blocked", because: outcome.reason };
      if (blocker.target.arn !== step.target.arn)
        return { fate: "blocked", because: `it waits for ${titled(blocker.target)}, which was not done` };
      const { fate, because = "not done" } = endingOf(blocker, byId, outcomes);
      return { fate, because: `${before(blocker)}: ${because}` };
    }
    case "deferred":
    case "failed":
    case "skipped":
      return { fate: outcome.kind, because: outcome.reason };
  }
}

function before({ operation, way }: Step): string {
  return operation === "back-up" ? "its backup" : `its preparation (${way ?? operation})`;
}

function titled({ type, name, id }: Target): string {
  return `${factsOf(type)?.title ?? type} ${name ?? id}`;
}
