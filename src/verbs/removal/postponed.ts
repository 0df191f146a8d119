import type { Relations } from "../../engine/relations.ts";
import type { Kept, Plan, Step, Target } from "../../model/plan.ts";
import { amended } from "../../model/plan-draft.ts";

/** What is done to a resource this time, in place of its removal; or why not even that. */
export type Instead = Step | { readonly kept: string };

export interface Postponement {
  /** By ARN, of what a plan would remove and may not yet. */
  readonly instead: ReadonlyMap<string, Instead>;
  readonly relations: Relations;
  /** What is said of those with a step: `is in quarantine first`. */
  readonly first: string;
}

/**
 * The same plan, where some resources are not removed yet, and what can only go after one of those stays for now, too. Pure.
 */
export function postponed(plan: Plan, postponement: Postponement): Plan {
  const { instead } = postponement;
  const reasons = whyNotYet(plan, postponement);
  const waiting = plan.steps.flatMap(({ operation, target }): Kept[] => {
    if (operation !== "remove") return [];
    const way = instead.get(target.arn);
    const reason = way ? "kept" in way && way.kept : reasons.get(target.arn);
    return reason ? [{ target, reason }] : [];
  });
  const left = new Map<string, Kept>(waiting.map((each) => [each.target.arn, each]));
  const kept = [...plan.kept.map((each) => alongOf(each, plan.kept, left, postponement)), ...waiting];
  const going = plan.steps.filter(({ target }) => !instead.has(target.arn) && !reasons.has(target.arn));
  const entering = [...instead.values()].filter((way) => "id" in way);
  return amended(plan, {
    steps: [...going, ...entering].sort((a, b) => a.stage - b.stage || (a.id < b.id ? -1 : 1)),
    kept: kept.sort((a, b) => (a.target.arn < b.target.arn ? -1 : 1)),
  });
}

/** Of those that could go now, but only after, or together with, something that does not. */
function whyNotYet({ steps }: Plan, { instead, relations, first }: Postponement): ReadonlyMap<string, string> {
  const targets = new Map(steps.map(({ id, target }) => [id, target]));
  const reasons = new Map<string, string>();
  const says = (other: Target) => {
    const way = instead.get(other.arn);
    return `it waits for ${other.name ?? other.id}, which ${way && "id" in way ? first : "is not removed yet"}`;
  };
  const byArn = new Map<string, Target>(steps.map(({ target }) => [target.arn, target]));
  const stays = (arn: string) => instead.has(arn) || reasons.has(arn);
  for (let before = -1; before < reasons.size; ) {
    before = reasons.size;
    for (const { target, after } of steps) {
      if (stays(target.arn)) continue;
      const awaited = after.flatMap((id) => targets.get(id) ?? []);
      const owners = relations.ownersOf(target.arn).flatMap(({ owner }) => byArn.get(owner) ?? []);
      const blocker = [...awaited, ...owners].find(({ arn }) => arn !== target.arn && stays(arn));
      if (blocker) reasons.set(target.arn, says(blocker));
    }
  }
  return reasons;
}

/** What would have gone along with something that stays for now stays with it; with what only waits it goes later. */
function alongOf(
  each: Kept,
  all: readonly Kept[],
  left: ReadonlyMap<string, Kept>,
  { instead, first }: Postponement,
): Kept {
  const taker = takerOf(each, all);
  if (taker === undefined) return each;
  if (left.has(taker)) {
    const { goesWith: _, ...others } = each;
    return { ...others, reason: `it goes with ${nameOf(left.get(taker)?.target)}, which is not removed yet` };
  }
  return instead.has(taker) ? { ...each, reason: `${each.reason}, which ${first}` } : each;
}

/** What has the step with which it goes, over others that go along themselves. */
function takerOf({ goesWith }: Kept, all: readonly Kept[], depth = 0): string | undefined {
  const next = all.find(({ target, goesWith: further }) => target.arn === goesWith && further !== undefined);
  return next && depth < all.length ? takerOf(next, all, depth + 1) : goesWith;
}

function nameOf(target: Target | undefined): string {
  return target?.name ?? target?.id ?? "its owner";
}
