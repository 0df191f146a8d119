import { weightsIn } from "../../../src/catalog/elasticloadbalancingv2/forwarding.ts";
import { canonical } from "../../../src/model/canonical.ts";
import type { Json } from "../../../src/model/json.ts";
import type { ShedState } from "../../../src/model/shed.ts";
import { parseShedState } from "../../../src/model/shed-schema.ts";
import { sameWeights, type Weights } from "../../../src/model/weights.ts";
import type { Call } from "../../../src/twin/service.ts";
import type { Actions } from "../../../src/twin/services/elasticloadbalancingv2/actions.ts";
import { listeners, rules, rulesOf } from "../../../src/twin/services/elasticloadbalancingv2/rows.ts";

/* What stands in the world, past all calls. */

/** Undefined = the rule is gone, or the listener whose default rule it is. */
export function actionsAt(call: Call, rule: string): Actions | undefined {
  return listeners(call).get(rule)?.it.DefaultActions ?? rules(call).get(rule)?.it.Actions;
}

export function weightsAt(call: Call, rule: string): Weights | undefined {
  return weightsOf(actionsAt(call, rule));
}

/** Undefined = no rule that spreads requests. */
export function weightsOf(actions: Actions | undefined): Weights | undefined {
  return actions && weightsIn(actions as Parameters<typeof weightsIn>[0]);
}

/** By the names that shedding gives them. */
export function rulesAt(call: Call, listener: string): string[] {
  return rulesOf(call, listener).map(({ it }) => (it.IsDefault ? listener : (it.RuleArn ?? "")));
}

/** Actions as they are but for the weights. */
export function withoutWeights(actions: Actions | undefined): string {
  const text = JSON.stringify(actions ?? [], (key, value: unknown) => (key === "Weight" ? undefined : value));
  return canonical(JSON.parse(text) as Json);
}

export function areSame(a: Weights | undefined, b: Weights | undefined): boolean {
  return a === undefined || b === undefined ? a === b : sameWeights(a, b);
}

export const sumOf = (weights: Weights): number => Object.values(weights).reduce((a, b) => a + b, 0);

/** A state that is being stored; undefined = the call stores something else. */
export function storedState(input: object): ShedState | undefined {
  const { Item } = input as { readonly Item?: Readonly<Record<string, { readonly S?: string }>> };
  return Item?.sk?.S === "state" ? parseShedState(Item.state?.S ?? "") : undefined;
}
