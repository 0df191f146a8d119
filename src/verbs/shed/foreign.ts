import type { RuleWeights, ShedReading, ShedState } from "../../model/shed.ts";
import { sameWeights, type Weights } from "../../model/weights.ts";

/**
 * What somebody else has done to the weights since the last step; undefined = nothing. A step that was cut short may have
 * written some rules and others not. A rule that was deleted is nobody's any more.
 */
export function foreignChange(stand: ShedState, { rules, present }: ShedReading): string | undefined {
  if (rules === "gone") return undefined;
  for (const { rule } of stand.baseline) {
    const live = weightsOf(rules, rule);
    if (!live) {
      if (present.includes(rule))
        return `somebody else has rewritten the rule ${rule}: it no longer forwards to the primary group and another one`;
      continue;
    }
    const known = [weightsOf(stand.written, rule), weightsOf(stand.pending?.rules ?? [], rule)];
    if (!known.some((weights) => weights && sameWeights(weights, live)))
      return `somebody else has set the weights of the rule ${rule} to ${inWords(live)}`;
  }
  return undefined;
}

/** Undefined = it is not among them. */
export function weightsOf(rules: readonly RuleWeights[], rule: string): Weights | undefined {
  return rules.find((each) => each.rule === rule)?.weights;
}

/** `web 60, standby 40` */
export function inWords(weights: Weights): string {
  return Object.entries(weights)
    .map(([group, weight]) => `${groupName(group)} ${weight}`)
    .join(", ");
}

/** `arn:…:targetgroup/web/0123456789abcdef` -> `web` */
export function groupName(arn: string): string {
  return arn.split("/")[1] ?? arn;
}
