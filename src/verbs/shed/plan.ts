import { isListenerArn, parseArn } from "../../model/arn.ts";
import { accountId } from "../../model/brand.ts";
import type { Kept, Plan, Step } from "../../model/plan.ts";
import { newPlan } from "../../model/plan-draft.ts";
import type { RuleWeights, ShedDecision, ShedReading, ShedSettings, ShedState } from "../../model/shed.ts";
import { sameGroups, sameWeights, type Weights } from "../../model/weights.ts";
import { inWords, weightsOf } from "./foreign.ts";
import { regionOf, targetOf } from "./read.ts";
import { baselineOf, primaryOf, weightsAt } from "./receivers.ts";

/** What a step of shedding is made of. */
export interface StepBasis {
  readonly stand: ShedState;
  readonly settings: ShedSettings;
  readonly reading: ShedReading;
  readonly kept: readonly Kept[];
}

/** The weights of all rules that take part, as a decision wants them; none where it wants them left as they are. */
export function wanted(
  { stand, settings, reading }: StepBasis,
  { degree, forgets, phase }: ShedDecision,
): RuleWeights[] {
  if (forgets || phase === "frozen" || phase === "lost") return [];
  return weightsAt(baselineOf(stand, reading), primaryOf(stand, settings), degree, settings.spread);
}

/** The rules whose weights have to be written, each with an absolute target. Pure. */
export function planStep(basis: StepBasis, decision: ShedDecision): Plan {
  const { stand, reading } = basis;
  const baseline = baselineOf(stand, reading);
  const live = reading.rules === "gone" ? [] : reading.rules;
  const steps: Step[] = [];
  const kept = [...basis.kept];
  for (const { rule, weights } of wanted(basis, decision)) {
    const now = weightsOf(live, rule);
    if (!now)
      kept.push({
        target: targetOf(rule),
        reason: "it is gone, or no longer forwards to the primary group and another",
      });
    // Somebody else has rewritten it: what is recorded are weights of groups that it no longer has.
    else if (!sameGroups(now, weights))
      kept.push({ target: targetOf(rule), reason: `it forwards to other target groups now: ${inWords(now)}` });
    else if (sameWeights(now, weights))
      kept.push({ target: targetOf(rule), reason: `it has these weights: ${inWords(now)}` });
    else
      steps.push(reweighting({ rule, weights }, { now, before: weightsOf(baseline, rule) ?? now, why: decision.why }));
  }
  const { account, partition } = parseArn(stand.listener);
  const types = [...new Set([...steps, ...kept].map(({ target }) => target.type))].sort();
  const head = { verb: "shed", account: accountId(account), partition, now: reading.now };
  const coverage = types.map((type) => {
    const count = [...steps, ...kept].filter(({ target }) => target.type === type).length;
    return { type, region: regionOf(stand.listener), status: "complete" as const, count };
  });
  return newPlan({ ...head, selection: { types, regions: [regionOf(stand.listener)] }, coverage }, { steps, kept });
}

function reweighting(
  { rule, weights }: RuleWeights,
  { now, before, why }: { readonly now: Weights; readonly before: Weights; readonly why: string },
): Step {
  const target = targetOf(rule);
  return {
    id: `reweight ${rule}`,
    operation: "reweight",
    target,
    says: `set the weights of ${ruleName(rule)} to ${inWords(weights)}`,
    reason: why,
    stage: 0,
    expects: { weights: now },
    saves: { weights: before },
    sets: { weights },
    after: [],
    loses: [],
    risks: [],
    iam: [`elasticloadbalancing:${isListenerArn(rule) ? "ModifyListener" : "ModifyRule"}`],
  };
}

/** `…:listener-rule/app/web/LB/LISTENER/RULE` -> `rule RULE of web` */
export function ruleName(rule: string): string {
  const parts = rule.split("/");
  return isListenerArn(rule) ? `the default rule of ${parts[2]}` : `rule ${parts.at(-1)} of ${parts[2]}`;
}
