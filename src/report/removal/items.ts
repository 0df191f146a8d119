import { factsOf } from "../../catalog/registry.ts";
import type { Outcomes } from "../../engine/apply.ts";
import type { Kept, Plan, Step, Target } from "../../model/plan.ts";
import { groupBy } from "../group-by.ts";
import { backupOf } from "./backups.ts";
import { endingOf } from "./ending.ts";
import type { RemovalItem } from "./model.ts";
import { wavesOf } from "./waves.ts";

/**
 * What becomes of a resource: it is removed; put into quarantine first, to be removed when that is over; marked, to be removed
 * by a later run that finds it again; or its mark is taken away, as it was not found again.
 */
export const DOINGS = ["remove", "quarantine", "mark", "unmark"] as const;
export type Doing = (typeof DOINGS)[number];

/** What is to go by itself, in its order, each with what is done to it and what it takes along. */
export function itemsOf(plan: Plan, outcomes: Outcomes | undefined): RemovalItem[] {
  const byId = new Map(plan.steps.map((step) => [step.id, step]));
  const waves = wavesOf(plan.steps);
  const steps = groupBy(plan.steps, ({ target }) => target.arn as string);
  const taken = takenBy(plan.kept);
  const lasts = plan.steps.flatMap((step) => {
    const does = doingOf(step);
    return does ? [{ last: step, does }] : [];
  });
  const ranks = [...new Set(lasts.map(({ last }) => waves.get(last.id) ?? 0))].sort((a, b) => a - b);
  const items = lasts.map(({ last, does }): RemovalItem => {
    const { target } = last;
    const takes = taken.get(target.arn) ?? [];
    const own = steps.get(target.arn) ?? [];
    const first = own.filter((step) => !doingOf(step)).sort((a, b) => (waves.get(a.id) ?? 0) - (waves.get(b.id) ?? 0));
    const before = own.flatMap(({ after }) => after).flatMap((id) => byId.get(id)?.target ?? []);
    const backup = backupOf([...first, last], outcomes);
    return {
      ...endingOf(last, byId, outcomes),
      target,
      does,
      order: ranks.indexOf(waves.get(last.id) ?? 0) + 1,
      how: howOf(last),
      first: first.map(howOf),
      why: last.reason,
      loses: last.loses,
      holdsData: [target, ...takes].some(({ type }) => factsOf(type)?.removal?.holdsData),
      waitsFor: [...new Map(before.map((each) => [each.arn, each])).values()].filter(({ arn }) => arn !== target.arn),
      takes,
      ...(backup ? { backup } : {}),
      ...(last.money ? { money: last.money } : {}),
    };
  });
  return items.sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

/** Undefined = only done before the step that counts. */
function doingOf({ operation }: Step): Doing | undefined {
  return DOINGS.find((each) => each === operation);
}

function sortKey({ order, target }: RemovalItem): string {
  return [String(order).padStart(6, "0"), target.type, target.region, target.name ?? target.id, target.arn].join("\0");
}

/** The step's own words without the resource's name, which stands beside them. */
function howOf({ target, says }: Step): string {
  const name = `${factsOf(target.type)?.title} ${target.name ?? target.id}: `;
  return says.startsWith(name) ? says.slice(name.length) : says;
}

/** What goes along, by the ARN of the resource whose step takes it: a volume goes with its instance, and that with its group. */
function takenBy(kept: readonly Kept[]): ReadonlyMap<string, Target[]> {
  const owners = new Map(kept.map(({ target, goesWith }) => [target.arn as string, goesWith as string | undefined]));
  const remover = (arn: string): string => {
    const owner = owners.get(arn);
    return owner === undefined ? arn : remover(owner);
  };
  const along = kept.filter(({ goesWith }) => goesWith !== undefined).map(({ target }) => target);
  return groupBy(along, ({ arn }) => remover(arn));
}
