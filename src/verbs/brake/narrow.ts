import { canonical, sha256 } from "../../model/canonical.ts";
import { NOTHING, planMoney } from "../../model/money.ts";
import { type Plan, planDigest, type Step } from "../../model/plan.ts";

/** What can be chosen by itself: a step that waits for no other, and the steps that go with it. */
export interface Unit {
  readonly step: Step;
  /** Members of an Auto Scaling group: it would replace them, so they are paused with it or not at all. */
  readonly followers: readonly Step[];
}

export function unitsOf({ steps }: Plan): Unit[] {
  const ownersOf = ownersIn(steps);
  const units = steps.filter((step) => ownersOf(step).length === 0).map((step) => ({ step, followers: [] as Step[] }));
  const unitOf = new Map(units.map((unit) => [unit.step.id, unit]));
  let left = steps.filter((step) => ownersOf(step).length > 0);
  while (left.length > 0) {
    const placed = left.filter((step) => ownersOf(step).some((id) => unitOf.has(id)));
    if (placed.length === 0) break;
    for (const step of placed) {
      const unit = unitOf.get(ownersOf(step).find((id) => unitOf.has(id)) as string) as (typeof units)[number];
      unit.followers.push(step);
      unitOf.set(step.id, unit);
    }
    left = left.filter((step) => !placed.includes(step));
  }
  return units;
}

/** What a step can't do without: owners are of an earlier stage; of its own stage is what a tag has put before it. */
function ownersIn(steps: readonly Step[]): (step: Step) => readonly string[] {
  const stages = new Map(steps.map(({ id, stage }) => [id, stage]));
  return ({ after, stage }) => after.filter((id) => stages.get(id) !== stage);
}

/** The same plan with some of its units only; the others are kept. Pure. */
export function narrowPlan(plan: Plan, wanted: (unit: Unit) => boolean): Plan {
  const chosen = new Set(
    unitsOf(plan)
      .filter(wanted)
      .flatMap(({ step, followers }) => [step.id, ...followers.map(({ id }) => id)]),
  );
  // What also waits for something that was not chosen would be blocked half way.
  const ownersOf = ownersIn(plan.steps);
  const isWhole = (step: Step): boolean => chosen.has(step.id) && ownersOf(step).every((id) => chosen.has(id));
  const whole = new Set(plan.steps.filter(isWhole).map(({ id }) => id));
  const steps = plan.steps
    .filter(({ id }) => whole.has(id))
    .map((step) => ({ ...step, after: step.after.filter((id) => whole.has(id)) }));
  if (steps.length === plan.steps.length) return plan;
  const left = plan.steps.filter((step) => !isWhole(step));
  const kept = [
    ...plan.kept,
    ...left.map(({ target, money }) => ({
      target,
      reason: "it was not chosen",
      // It goes on costing whatever it costs now.
      ...(money ? { money: { ...money, remains: money.gross, net: NOTHING } } : {}),
    })),
  ];
  const money = planMoney(
    steps.flatMap((step) => step.money ?? []),
    kept.flatMap((each) => each.money ?? []),
  );
  const { digest: _, money: __, ...rest } = plan;
  const ids = steps.map(({ id }) => id);
  const id = `p-${sha256(canonical({ plan: plan.id, ids })).slice(0, 12)}`;
  const draft = { ...rest, id, steps, kept, ...(money ? { money } : {}) };
  return { ...draft, digest: planDigest(draft) };
}
