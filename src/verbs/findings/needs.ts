import type { Facts } from "../../catalog/contract.ts";
import { factsOf } from "../../catalog/registry.ts";
import type { ResourceType } from "../../model/resource.ts";
import { RULES } from "./registry.ts";
import type { FindingRule } from "./rule.ts";

/* What rules read, for policies and for the page of rules. */

/** The types that a rule reads, judged and looked at. */
export function typesRead({ types, looksAt = [], counts }: FindingRule): Facts[] {
  const all = new Set<ResourceType>([...types, ...looksAt, ...(counts ? [counts.type] : [])]);
  return [...all].flatMap((type) => factsOf(type) ?? []);
}

/** Calls besides listings and prices. */
export function callsOf({ quietDays, calls = [] }: FindingRule): readonly string[] {
  return [...(quietDays === undefined ? [] : ["cloudwatch:GetMetricData"]), ...calls];
}

/** The rules that judge any of the types. */
export function rulesJudging(types: readonly Facts[]): FindingRule[] {
  return RULES.filter((rule) => types.some(({ type }) => rule.types.includes(type)));
}
