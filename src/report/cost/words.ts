import { addDays, lengthOf } from "../../model/calendar.ts";
import type { CostMetric, CostResult, Days, GroupKey, Sureness } from "../../model/cost.ts";
import { visible } from "../delta/value.ts";
import { count, countOf, minute } from "../humanise.ts";
import { costPrice, isRounded, shareText } from "./money.ts";
import { compare } from "./sums.ts";

/* What is told of costs in words, alike in a terminal and on a page. */

export const SIDE_TITLE = { baseline: "baseline", notBaseline: "not baseline", unallocated: "unallocated" } as const;

/** Stands at a period that is not complete. */
export const INCOMPLETE_MARK = "*";

const METRIC: Readonly<Record<CostMetric, string>> = {
  unblended: "unblended: what is charged, when it is charged",
  amortized: "amortized: fees of reservations and Savings Plans are spread over what they cover",
  net: "net: what is charged, less discounts",
};

const SURENESS: Readonly<Record<Sureness, string>> = {
  "one side": "all that is there now is on one side",
  "by price": "shared out by list prices",
  "by count": "shared out by the number of resources",
};

/** `What was spent, 2026-11-01 to 2026-11-20`. */
export function titleText({ days: { start, end } }: CostResult): string {
  return `What was spent, ${start === end ? start : `${start} to ${end}`}`;
}

/** A day, a whole month as `2026-11`, or the days that are asked for of a month: `2026-11-05 to 30`. */
export function periodText({ start, end }: Days, { granularity }: CostResult): string {
  if (granularity === "daily" || start === end) return start;
  const isWhole = start.endsWith("-01") && addDays(end, 1).endsWith("-01");
  return isWhole ? start.slice(0, 7) : `${start} to ${end.slice(8)}`;
}

/** `account 123456789012, baseline prod of 2026-10-31 09:12 UTC`. */
export function baselineText({ account, baseline }: CostResult): string {
  return `account ${account}, baseline ${visible(baseline.name)} of ${minute(baseline.startedAt)}`;
}

/** `20 days, in USD, unblended: what is charged, when it is charged`. */
export function metricText({ days, currency, metric }: CostResult): string {
  return `${countOf(lengthOf(days), "day")}, in ${currency}, ${METRIC[metric]}`;
}

/** Where the figures are from, and how far they can be trusted. */
export function sourceText({ source }: CostResult): string {
  switch (source.kind) {
    case "bill":
      return `exact, by resource, from ${countOf(source.files.length, "bill file")} (${source.format})`;
    case "cost-explorer-resources":
      return "exact, by resource, from Cost Explorer";
    case "cost-explorer":
      return `allocated: ${source.rule}`;
  }
}

/** `Not baseline: $312.40 of $1,204.50 (25.9 %)`. */
export function headlineText({ total, currency }: CostResult): string {
  const share = shareText(total);
  const of = `${costPrice(total.notBaseline, currency)} of ${costPrice(total.total, currency)}`;
  return `Not baseline: ${of}${share === undefined ? "" : ` (${share})`}`;
}

/** Tags' names are told as they are, as AWS tells upper case from lower. */
export function keyText(key: GroupKey, form: (text: string) => string): string {
  return key.startsWith("tag:") ? visible(key) : form(key);
}

export function valueText(value: string): string {
  return value === "" ? "(none)" : visible(value);
}

/** Says so where the rows are not what the source says: with all digits, as less than a cent is as wrong. */
export function mismatchText({ total, sourceTotal, currency }: CostResult): string {
  if (compare(total.total, sourceTotal) === 0) return "";
  return `The rows add up to ${total.total} ${currency}, the source's own total is ${sourceTotal} ${currency}. That is a bug: do not rely on these figures, and please report it.`;
}

export function malformedText({ malformed: { lines } }: CostResult): string {
  if (lines === 0) return "";
  return `${countOf(lines, "line")} of the source could not be read, and ${lines === 1 ? "is" : "are"} in no sum.`;
}

/** What the sum of all is called: it says what it lacks. */
export function totalText({ malformed: { lines } }: CostResult): string {
  return lines === 0 ? "total" : `total less ${countOf(lines, "line")} not read`;
}

/** Where each of the first lines that could not be read is, and what is wrong with it. */
export function malformedSamples({ malformed: { lines, samples } }: CostResult): string[] {
  const more = lines - samples.length;
  return [
    ...samples.map(({ file, line, problem }) => visible(`${file}${line === undefined ? "" : `:${line}`}: ${problem}`)),
    ...(more > 0 && samples.length > 0 ? [`and ${count(more)} more`] : []),
  ];
}

/** What a reader must know: each a whole sentence, whoever has said it. */
export function noteTexts({ notes }: CostResult): string[] {
  return notes.map((note) => `${note.charAt(0).toUpperCase()}${note.slice(1)}${/[.!?]$/.test(note) ? "" : "."}`);
}

export function askedText({ asked }: CostResult): string {
  if (!asked) return "";
  const { requests, kept, price } = asked;
  const again = `${countOf(kept, "answer")} of the last day ${kept === 1 ? "was" : "were"} used again`;
  if (requests === 0) return `Cost Explorer was not asked${kept > 0 ? `: ${again}` : ""}.`;
  // AWS charges for requests in dollars, whatever the bill's currency.
  const paid = `${countOf(requests, "request")}, for ${costPrice(price, "USD")}`;
  return `Cost Explorer was asked with ${paid}${kept > 0 ? `; ${again}` : ""}.`;
}

/** What the signs and words of the tables mean, as far as they are in them. */
export function legendTexts(result: CostResult): string[] {
  const said = new Set(result.rows.flatMap(({ sureness }) => sureness ?? []));
  const meanings = Object.entries(SURENESS).filter(([each]) => said.has(each as Sureness));
  return [
    "Share: what is not baseline, of the total.",
    ...(result.rows.some(({ isIncomplete }) => isIncomplete)
      ? [`${INCOMPLETE_MARK} not complete: AWS tells the charges of the last days late, so they still grow.`]
      : []),
    ...(meanings.length > 0 ? [`How sure: ${meanings.map(([name, says]) => `${name} = ${says}`).join("; ")}.`] : []),
    ...(isRounded(result)
      ? ["Each amount is rounded by itself; sums are of the exact amounts, which json and csv have."]
      : []),
  ];
}
