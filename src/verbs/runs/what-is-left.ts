import { progressOf } from "../../engine/journal.ts";
import { type Kept, reachOf, type Step, type Target } from "../../model/plan.ts";
import { exportPath } from "../../store/runs.ts";
import type { StoredRun } from "./runs.ts";

/** What a run has done that nothing takes back, with what is left of each: its copy, and where its configuration is kept. */
export function whatIsLeft({ head: { run, plan }, lines }: StoredRun, store: string): Kept[] {
  const { outcomes, begun } = progressOf(lines);
  const isDone = ({ id }: Step) => ["applied", "unchanged"].includes(outcomes.get(id)?.kind ?? "");
  const done = plan.steps.filter((step) => isDone(step) || begun.has(step.id));
  const exported = `its configuration is in ${store}/${exportPath(plan.account, run)}`;
  const targets = new Map<string, Target>(done.map(({ target }) => [target.arn, target]));
  const left = [...targets.values()].flatMap((target): Kept[] => {
    const steps = done.filter((step) => step.target.arn === target.arn);
    const of = (operation: Step["operation"]) => steps.filter((step) => step.operation === operation);
    const [removal] = of("remove");
    const copies = [...of("back-up").map(({ saves }) => saves.backup), removal?.saves.finalSnapshot];
    const told = [
      ...(removal
        ? [isDone(removal) ? "it was removed, which can't be undone" : "its removal was begun", exported]
        : []),
      ...copies.flatMap((name) => (typeof name === "string" ? [`its copy is ${name} in ${target.region}`] : [])),
      // To set it again would confirm a finding that there is no more.
      ...(of("unmark").length > 0 ? ["its mark was taken away; a run that finds it again marks it anew"] : []),
      ...(removal ? [] : of("prepare").map(({ says }) => `this stays done: ${says}`)),
    ];
    return told.length > 0 ? [{ target, reason: told.join("; ") }] : [];
  });
  const reach = reachOf({ steps: done, kept: plan.kept }, ["remove"]);
  const along = plan.kept.filter(({ target, goesWith }) => goesWith !== undefined && reach.has(target.arn));
  return [...left, ...along.map(({ target }) => ({ target, reason: `it went with what was removed; ${exported}` }))];
}
