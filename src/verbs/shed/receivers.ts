import type { GroupHealth, RuleWeights, ShedReading, ShedSettings, ShedState } from "../../model/shed.ts";
import { type Degree, type Spread, sameWeights, shedWeights } from "../../model/weights.ts";
import { groupName, weightsOf } from "./foreign.ts";

/** The weights to count from: those recorded before the first change, else what there is now. */
export function baselineOf({ baseline }: ShedState, { rules }: ShedReading): readonly RuleWeights[] {
  return baseline.length > 0 || rules === "gone" ? baseline : rules;
}

/** The weights of all rules at a degree. */
export function weightsAt(
  baseline: readonly RuleWeights[],
  primary: string,
  degree: Degree,
  spread: Spread,
): RuleWeights[] {
  return baseline.map(({ rule, weights }) => ({ rule, weights: shedWeights(weights, primary, degree, spread) }));
}

/** The primary that counts: an incident ends with the one it began with. */
export function primaryOf({ baseline, primary }: ShedState, settings: ShedSettings): string {
  return baseline.length > 0 ? primary : settings.primary;
}

const UNFIT: Readonly<Record<Exclude<GroupHealth, "healthy">, string>> = {
  "none-healthy": "has no healthy target",
  empty: "has no target, and is not named as one that is meant to have none",
  unknown: "can't be looked at",
};

/** Which group is to get more and is in no state to; undefined = all are. A balancer does not look: it sends them their share. */
export function heldBack(
  { stand, settings, reading }: { stand: ShedState; settings: ShedSettings; reading: ShedReading },
  { before, after }: { before: Degree; after: Degree },
): string | undefined {
  const baseline = baselineOf(stand, reading);
  const at = (degree: Degree) => weightsAt(baseline, primaryOf(stand, settings), degree, settings.spread);
  const now = at(before);
  const gaining = at(after).flatMap(({ weights }, index) =>
    Object.keys(weights).filter((group) => (weights[group] ?? 0) > (now[index]?.weights[group] ?? 0)),
  );
  for (const group of new Set(gaining)) {
    const health = reading.health[group] ?? "unknown";
    if (health === "healthy" || (health === "empty" && settings.emptyGroups.includes(group))) continue;
    return `the target group ${groupName(group)} ${UNFIT[health]}: it gets no more load`;
  }
  return undefined;
}

/** Whether a step that was cut short has left a rule elsewhere than the one before it. */
export function isHalfDone(stand: ShedState, settings: ShedSettings, { rules }: ShedReading): boolean {
  if (rules === "gone" || !stand.pending) return false;
  const former = weightsAt(stand.baseline, primaryOf(stand, settings), stand.degree, settings.spread);
  return former.some(({ rule, weights }) => {
    const now = weightsOf(rules, rule);
    return now !== undefined && !sameWeights(now, weights);
  });
}
