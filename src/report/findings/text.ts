import { painter } from "../../io/colour.ts";
import { rate } from "../../model/money.ts";
import type { FindingsResult, FindingsTotal, RuleFindings } from "../../verbs/findings/result.ts";
import type { RenderOptions } from "../format.ts";
import { count, countOf, minute } from "../humanise.ts";
import { price, rateText } from "../money.ts";
import { renderUnseen } from "../unseen.ts";
import { wrapLines } from "../wrap.ts";
import { findingsTable } from "./table.ts";

/** Findings for people: rule by rule, then the sum, what is protected, what could not be told, and what was not seen. */
export function findingsText(result: FindingsResult, options: RenderOptions): string {
  const bold = (text: string) => painter(options.colour)("bold", text);
  const { account, at, asked, rules, total, unseen } = result;
  const head = `${bold(`Account ${account}`)}, ${minute(at)}: ${countOf(total.findings, "finding")} by ${countOf(asked.length, "rule")}\n`;
  const nothing = rules.length === 0 ? "No rule has found anything that is probably not needed.\n" : "";
  return [
    wrapLines(head, options.width),
    nothing,
    ...rules.map((each) => ruleBlock(each, result, options)),
    sumBlock(result, options),
    unpricedBlock(result, options),
    protectedBlock(result, options),
    unjudgedBlock(result, options),
    unseen.length > 0
      ? `${bold("Not completely read")}: what is there was not looked at.\n${renderUnseen(unseen, options)}`
      : "",
  ]
    .filter((block) => block !== "")
    .join("\n");
}

function ruleBlock(
  { rule, findings, total }: RuleFindings,
  { prices }: FindingsResult,
  options: RenderOptions,
): string {
  const paint = painter(options.colour);
  const sum = prices ? `: ${totalText(rule.atMost, total, prices.currency)} a month` : "";
  const heading = `${paint("bold", `${rule.id} (${count(findings.length)})${sum}`)}\n`;
  const texts = [`What to do: ${rule.remedy}.`, ...(rule.atMost ? [`At most: ${rule.atMost}.`] : [])];
  const [dearest] = findings.flatMap(({ command }) => command ?? []);
  const next = dearest === undefined ? "" : `  ${paint("accent", dearest)}\n`;
  const about = wrapLines(texts.map((text) => `  ${text}\n`).join(""), options.width);
  return `${heading}${findingsTable(findings, prices, options)}${about}${next}`;
}

type Currency = NonNullable<FindingsResult["prices"]>["currency"];

/** A sum; one that lacks parts without a price has a mark, so that it is not taken for all. */
function totalText(atMost: string | undefined, { saves, unpriced }: FindingsTotal, currency: Currency): string {
  if (!saves) return "?";
  return `${atMost ? "up to " : ""}${price(saves.month, currency)}${unpriced > 0 ? " + ?" : ""}`;
}

function sumBlock({ total, prices, below, rules }: FindingsResult, options: RenderOptions): string {
  const { saves, unpriced } = total;
  const upTo = rules.some(({ rule }) => rule.atMost) ? "up to " : "";
  const dates = [...new Set([prices?.pricesOf?.oldest, prices?.pricesOf?.newest].map((each) => minute(each ?? "")))];
  const lines = [
    ...(saves && prices ? [`All of it: ${upTo}${rateText(saves, prices.currency)}.`] : []),
    ...(unpriced > 0 ? [`Not in these sums: ${countOf(unpriced, "part")} without a price.`] : []),
    ...(below > 0 ? [`${countOf(below, "finding")} of less money left out by --min.`] : []),
    ...(prices?.pricesOf
      ? [`Prices: ${prices.source}, read ${dates.join(" to ")}. Discounts and Savings Plans are not looked at.`]
      : prices
        ? ["No price is known."]
        : []),
  ];
  return wrapLines(lines.map((line) => `${line}\n`).join(""), options.width);
}

function unpricedBlock({ rules }: FindingsResult, options: RenderOptions): string {
  const findings = rules.flatMap((each) => each.findings);
  const said = findings.flatMap(({ facts, money }) => [
    ...(money?.unpriced ?? []).map(({ part, reason }) => `${facts.title}, ${part}: ${reason}`),
  ]);
  const covered = findings.flatMap(({ money }) => money?.coveredBy ?? []);
  return (
    list("Without a price, and in no sum", said, options) +
    list("Paid for by reservations, it may be", covered, options)
  );
}

function protectedBlock({ kept, prices }: FindingsResult, options: RenderOptions): string {
  const said = kept.map(({ target, facts, reason, money, ...rest }) => {
    const cost = money?.hour && prices ? `, ${price(rate(money.hour).month, prices.currency)} a month` : "";
    return `${target.name ?? target.id} (${facts.title}, ${target.region}${cost}): ${reason}; ${rest.protected}`;
  });
  return list("Protected: found, and nothing is recommended", said, options);
}

function unjudgedBlock({ unjudged }: FindingsResult, options: RenderOptions): string {
  const said = unjudged.map(({ rule, says }) => `${rule}: ${says}`);
  return list("Could not be told", said, options);
}

/** Each text once, with how many times it is said. */
function list(title: string, texts: readonly string[], options: RenderOptions): string {
  if (texts.length === 0) return "";
  const times = new Map<string, number>();
  for (const text of texts) times.set(text, (times.get(text) ?? 0) + 1);
  const lines = [...times].map(([text, number]) => `  ${text}${number > 1 ? ` (${count(number)} times)` : ""}\n`);
  return `${painter(options.colour)("bold", title)}\n${wrapLines(lines.join(""), options.width)}`;
}
