import type { Step } from "./plan.ts";

/** Steps in the order of a run: stage by stage, in each no step before those that it waits for. */
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
  const ordered = inOrder(steps, byId);
  const stages = [...new Set(steps.map((step) => step.stage))].sort((a, b) => a - b);
  return { stages: stages.map((stage) => ordered.filter((step) => step.stage === stage)) };
}

type Mark = "open" | "done";

/** Each behind all that it waits for. Without recursion: chains can be long. @throws TypeError naming a cycle */
function inOrder(steps: readonly Step[], byId: ReadonlyMap<string, Step>): Step[] {
  const ordered: Step[] = [];
  const marks = new Map<string, Mark>();
  for (const root of steps) {
    if (marks.has(root.id)) continue;
    const path: { readonly step: Step; readonly next: string[] }[] = [];
    const enter = (step: Step) => {
      marks.set(step.id, "open");
      path.push({ step, next: [...step.after] });
    };
    enter(root);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const id = top.next.pop();
      const next = id === undefined ? undefined : byId.get(id);
      if (!next) {
        marks.set(top.step.id, "done");
        ordered.push(top.step);
        path.pop();
      } else if (marks.get(next.id) === "open") {
        const open = path.map(({ step }) => step.id);
        const cycle = [...open.slice(open.indexOf(next.id)), next.id];
        throw new TypeError(`these steps wait for each other: ${cycle.join(" -> ")}`);
      } else if (!marks.has(next.id)) enter(next);
    }
  }
  return ordered;
}

/**
 * The same steps with those waits left out that would close a circle. For steps that AWS itself refuses to do too early:
 * they are tried again, so that a circle costs time and nothing else.
 */
export function withoutCycles(steps: readonly Step[]): Step[] {
  let left = [...steps];
  for (let cycle = cycleIn(left); cycle; cycle = cycleIn(left)) {
    const { step, id } = leastNeeded(cycle);
    left = left.map((each) => (each === step ? { ...each, after: each.after.filter((other) => other !== id) } : each));
  }
  return left;
}

/** The wait of a circle that may be left out: never that of a removal for its own copy, which nobody else would refuse. */
function leastNeeded(cycle: readonly Step[]): { readonly step: Step; readonly id: string } {
  const waits = cycle.map((step, at) => ({ step, other: cycle[(at + 1) % cycle.length] ?? step }));
  const between = waits.filter(({ step, other }) => step.target.arn !== other.target.arn);
  // AWS refuses the removal of what is in use. A preparation that comes too early it just does.
  const refused = between.findLast(({ step }) => step.operation === "remove");
  const prepared = between.findLast(({ step }) => step.operation === "prepare");
  const { step, other } = refused ?? prepared ?? between.at(-1) ?? (waits[0] as (typeof waits)[number]);
  return { step, id: other.id };
}

/** Steps of which each waits for the next, and the last for the first; undefined = none do. */
function cycleIn(steps: readonly Step[]): Step[] | undefined {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const marks = new Map<string, Mark>();
  for (const root of steps) {
    if (marks.has(root.id)) continue;
    marks.set(root.id, "open");
    const path = [{ step: root, next: [...root.after] }];
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const id = top.next.pop();
      const next = id === undefined ? undefined : byId.get(id);
      if (!next) {
        marks.set(top.step.id, "done");
        path.pop();
      } else if (marks.get(next.id) === "open")
        return path.slice(path.findIndex(({ step }) => step === next)).map(({ step }) => step);
      else if (!marks.has(next.id)) {
        marks.set(next.id, "open");
        path.push({ step: next, next: [...next.after] });
      }
    }
  }
  return undefined;
}
