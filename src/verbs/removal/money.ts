import type { Arn } from "../../model/brand.ts";
import { type Costs, type Money, moneyOf, planMoney } from "../../model/money.ts";
import type { Kept, Plan, Step } from "../../model/plan.ts";
import { amended } from "../../model/plan-draft.ts";
import type { ScannedResource } from "../../model/resource.ts";
import type { VerbContext } from "../context.ts";

/** The plan with what it saves. The pricing client is loaded only here. */
export async function priced(context: VerbContext, plan: Plan, resources: readonly ScannedResource[]): Promise<Plan> {
  const { costsOf } = await import("../../engine/pricing.ts");
  const named = new Set<string>([...plan.steps, ...plan.kept].map(({ target }) => target.arn));
  const asked = resources.filter(({ arn }) => named.has(arn)).map((resource) => ({ resource }));
  return withRemovalMoney(plan, await costsOf(context, asked));
}

/**
 * The same plan with money at each removal and at whatever is kept: what is removed stops costing altogether, with
 * everything that goes along. Pure.
 * @param costs by ARN
 */
export function withRemovalMoney(plan: Plan, costs: ReadonlyMap<Arn, Costs>): Plan {
  const takers = new Map<string, Arn>(
    plan.kept.flatMap(({ target, goesWith }) => (goesWith ? [[target.arn as string, goesWith]] : [])),
  );
  const removerOf = (arn: string): string => {
    const taker = takers.get(arn);
    return taker === undefined ? arn : removerOf(taker);
  };
  const along = new Map<string, string[]>();
  for (const arn of takers.keys()) along.set(removerOf(arn), [...(along.get(removerOf(arn)) ?? []), arn]);
  const steps = plan.steps.map((step): Step => {
    const own = costs.get(step.target.arn);
    if (!own || step.operation !== "remove") return step;
    const others = (along.get(step.target.arn) ?? []).flatMap((arn) => costs.get(arn as Arn) ?? []);
    return { ...step, money: moneyOf(ended([own, ...others]), true) };
  });
  const kept = plan.kept.map((each): Kept => {
    const own = costs.get(each.target.arn);
    if (!own) return each;
    if (each.goesWith === undefined) return { ...each, money: moneyOf(own, false) };
    return { ...each, money: moneyOf({ ...own, parts: [], unpriced: [], countedWith: each.goesWith }, false) };
  });
  const moneys = (of: readonly { readonly money?: Money }[]) => of.flatMap(({ money }) => money ?? []);
  const total = planMoney(moneys(steps), moneys(kept));
  return amended(plan, { steps, kept, ...(total ? { money: total } : {}) });
}

function ended(all: readonly Costs[]): Costs {
  const [own] = all as readonly [Costs, ...Costs[]];
  const covered = [...new Set(all.flatMap(({ coveredBy }) => coveredBy ?? []))];
  return {
    ...own,
    parts: all.flatMap(({ parts }) => parts.map((part) => ({ ...part, stops: true }))),
    unpriced: all.flatMap(({ unpriced }) => unpriced.map((part) => ({ ...part, stops: true }))),
    ...(covered.length > 0 ? { coveredBy: covered.join("; ") } : {}),
  };
}
