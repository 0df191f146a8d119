import { factsOf } from "../../catalog/registry.ts";
import type { Arn } from "../../model/brand.ts";
import { type Costs, type Money, moneyOf, planMoney } from "../../model/money.ts";
import { type Plan, planDigest, type Step } from "../../model/plan.ts";
import type { Resource } from "../../model/resource.ts";

/**
 * The same plan with money at every step and at whatever is kept. Pure.
 * @param costs by ARN
 * @param resources all that were considered, for who belongs to whom
 */
export function withMoney(plan: Plan, costs: ReadonlyMap<Arn, Costs>, resources: readonly Resource[]): Plan {
  const takenBy = new Map(plan.steps.map((step) => [step, membersTaken(step, resources)]));
  const taken = new Map([...takenBy].flatMap(([step, arns]) => arns.map((arn) => [arn, step] as const)));
  const steps = plan.steps.map((step): Step => {
    const own = costs.get(step.target.arn);
    const members = (takenBy.get(step) ?? []).flatMap((arn) => (taken.get(arn) === step ? (costs.get(arn) ?? []) : []));
    return own ? { ...step, money: moneyOf(together(own, members), true) } : step;
  });
  const kept = plan.kept.map((each) => {
    const own = costs.get(each.target.arn);
    const owner = taken.get(each.target.arn);
    if (own && owner)
      return { ...each, money: moneyOf({ ...own, parts: [], unpriced: [], countedWith: owner.target.id }, false) };
    return own ? { ...each, money: moneyOf(own, false) } : each;
  });
  const moneys = (of: readonly { readonly money?: Money }[]) => of.flatMap(({ money }) => money ?? []);
  const total = planMoney(moneys(steps), moneys(kept));
  const { digest: _, ...draft } = { ...plan, steps, kept, ...(total ? { money: total } : {}) };
  return { ...draft, digest: planDigest(draft) };
}

/** Members that end with the step: no steps of their own, and what they cost ends with it. */
function membersTaken({ target, way }: Step, resources: readonly Resource[]): Arn[] {
  if (way === undefined || !factsOf(target.type)?.pause?.takesMembers?.includes(way)) return [];
  return resources
    .filter(({ region, links }) => {
      const owns = links.some(
        ({ kind, type, to }) => kind === "member-of" && type === target.type && (to === target.id || to === target.arn),
      );
      return owns && region === target.region;
    })
    .map(({ arn }) => arn);
}

/** A member's volumes may go with it or stay, by a setting of each: they count as staying. */
function together(own: Costs, members: readonly Costs[]): Costs {
  const covered = [own, ...members].flatMap(({ coveredBy }) => coveredBy ?? []);
  return {
    ...own,
    parts: [...own.parts, ...members.flatMap(({ parts }) => parts)],
    unpriced: [...own.unpriced, ...members.flatMap(({ unpriced }) => unpriced)],
    ...(covered.length > 0 ? { coveredBy: [...new Set(covered)].join("; ") } : {}),
  };
}
