import { distance } from "fastest-levenshtein";
import { factsOf } from "../../catalog/registry.ts";
import { EvenkeelError } from "../../model/errors.ts";
import { type Amount, amount } from "../../model/money.ts";
import type { ResourceType } from "../../model/resource.ts";
import { RULES } from "./registry.ts";
import type { FindingRule } from "./rule.ts";

/** Which rules are asked, and for how much money, as a person wrote it. */
export interface RawChoice {
  readonly rule?: readonly string[] | undefined;
  readonly excludeRule?: readonly string[] | undefined;
  /** Of a month, in the price list's currency. */
  readonly min?: string | undefined;
  readonly prices: boolean;
}

export interface Choice {
  readonly rules: readonly FindingRule[];
  readonly min?: Amount;
  readonly prices: boolean;
}

/** @throws EvenkeelError USAGE before any call */
export function parseChoice({ rule = [], excludeRule = [], min, prices }: RawChoice): Choice {
  for (const name of [...rule, ...excludeRule]) if (!RULES.some(({ id }) => id === name)) throw unknownRule(name);
  const rules = RULES.filter(({ id }) => (rule.length === 0 || rule.includes(id)) && !excludeRule.includes(id));
  if (rules.length === 0) throw new EvenkeelError("USAGE", "the options exclude every rule that they name");
  if (min === undefined) return { rules, prices };
  if (!/^\d+(\.\d+)?$/.test(min))
    throw new EvenkeelError("USAGE", `--min wants the cost of a month, got "${min}"`, { hint: "for example --min 5" });
  if (!prices) throw new EvenkeelError("USAGE", "--min needs prices: leave out --no-prices");
  return { rules, min: amount(min), prices };
}

/**
 * The rules that judge any of the selected types.
 * @throws EvenkeelError USAGE where none does
 */
export function rulesFor(rules: readonly FindingRule[], types: readonly ResourceType[]): FindingRule[] {
  const fitting = rules.filter((rule) => rule.types.some((type) => types.includes(type)));
  if (fitting.length > 0) return fitting;
  const judged = [...new Set(rules.flatMap((rule) => rule.types))].map((type) => factsOf(type)?.short);
  throw new EvenkeelError("USAGE", "no rule looks at any of these types", {
    hint: `the chosen rules look at ${judged.join(", ")}`,
  });
}

function unknownRule(name: string): EvenkeelError {
  const ids = RULES.map(({ id }) => id);
  const [nearest] = [...ids].sort((a, b) => distance(name, a) - distance(name, b));
  return new EvenkeelError("USAGE", `no rule is called "${name}"`, {
    hint: `did you mean ${nearest}? There are ${ids.join(", ")}`,
  });
}
