import type { Step } from "./plan.ts";

/** Steps in the order of a run: stage by stage, in each the steps that wait for nobody of their stage first. */
export interface Order {
  readonly stages: readonly (readonly Step[])[];
}

/**
 * Puts a plan's steps in order.
 * @throws TypeError naming the steps when some wait for each other, for a step of a later stage, or for none of the plan
 */
export function orderSteps(steps: readonly Step[]): Order {
  const byId = new Map(steps.map((step) => [step.id, step]));
  for (const step of steps)
    for (const id of step.after) {
      const before = byId.get(id);
      if (!before) throw new TypeError(`step ${step.id} waits for ${id}, which is not in the plan`);
      if (before.stage > step.stage) throw new TypeError(`step ${step.id} waits for ${id} of a later stage`);
    }
  const cycle = findCycle(steps, byId);
  if (cycle) throw new TypeError(`these steps wait for each other: ${cycle.join(" -> ")}`);
  const stages = [...new Set(steps.map((step) => step.stage))].sort((a, b) => a - b);
  return { stages: stages.map((stage) => steps.filter((step) => step.stage === stage)) };
}

type Mark = "open" | "done";

/** The ids of a cycle, first one repeated at the end; undefined = there is none. Without recursion: chains can be long. */
function findCycle(steps: readonly Step[], byId: ReadonlyMap<string, Step>): string[] | undefined {
  const marks = new Map<string, Mark>();
  for (const root of steps) {
    if (marks.has(root.id)) continue;
    const path: { readonly id: string; readonly next: string[] }[] = [];
    const enter = (id: string) => {
      marks.set(id, "open");
      path.push({ id, next: [...(byId.get(id)?.after ?? [])] });
    };
    enter(root.id);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const id = top.next.pop();
      if (id === undefined) {
        marks.set(top.id, "done");
        path.pop();
      } else if (marks.get(id) === "open") {
        return [...path.slice(path.findIndex((each) => each.id === id)).map((each) => each.id), id];
      } else if (!marks.has(id)) enter(id);
    }
  }
  return undefined;
}
