import { type Amount, minus, NOTHING, rate, sign, sum } from "../../model/money.ts";
import type { Finding, FindingsResult, FindingsTotal, RuleFindings } from "./result.ts";

/** Findings by rule, the rule and the finding that come to most first, what has no price last. Pure. */
export function byRule(findings: readonly Finding[]): RuleFindings[] {
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  return rules
    .map((rule) => {
      const own = findings.filter((finding) => finding.rule === rule).sort(byMoney);
      return { rule, findings: own, total: totalOf(own) };
    })
    .sort((a, b) => dearer(a.total.saves?.hour, b.total.saves?.hour) || (a.rule.id < b.rule.id ? -1 : 1));
}

/** The dearest first. */
export function byMoney(a: Finding, b: Finding): number {
  return dearer(a.money?.hour, b.money?.hour) || (a.target.arn < b.target.arn ? -1 : 1);
}

function dearer(a: Amount | undefined, b: Amount | undefined): number {
  if ((a === undefined) !== (b === undefined)) return a === undefined ? 1 : -1;
  return sign(minus(b ?? NOTHING, a ?? NOTHING));
}

export function totalOf(findings: readonly Finding[]): FindingsTotal {
  const hours = findings.flatMap(({ money }) => money?.hour ?? []);
  return {
    findings: findings.length,
    // Where nothing has a price a sum of zero would be a lie.
    ...(hours.length > 0 ? { saves: rate(sum(hours)) } : {}),
    unpriced: findings.reduce((count, { money }) => count + (money?.unpriced.length ?? 0), 0),
  };
}

/** Where the prices are from; undefined = nobody asked for any, or nothing was found. */
export function pricesIn(findings: readonly Finding[]): FindingsResult["prices"] {
  const moneys = findings.flatMap(({ money }) => money ?? []);
  const [first] = moneys;
  if (!first) return undefined;
  const dates = moneys.flatMap(({ parts }) => parts.map(({ price }) => price.fetchedAt)).sort();
  const [oldest, newest] = [dates[0], dates.at(-1)];
  return {
    currency: first.currency,
    source: "AWS Price List API, on-demand",
    ...(oldest && newest ? { pricesOf: { oldest, newest } } : {}),
  };
}
