import type { Money, PlanMoney } from "../model/money.ts";
import { countOf } from "./humanise.ts";
import { hourlyPrice, moneyLines } from "./money.ts";
import type { Column } from "./table.ts";

/* The money of a plan's steps and of what it keeps, in tables, below them, and in CSV. */

interface WithMoney {
  readonly money?: Money;
}

/** A plan without prices has no column of them. A part without a price leaves a mark, so that a sum is not taken for all. */
export function moneyColumn<T extends WithMoney>(
  total: PlanMoney | undefined,
  title: string,
  which: "net" | "remains",
): Column<T>[] {
  if (!total) return [];
  return [{ title, value: (row) => moneyCell(row, which), align: "right" }];
}

/** An hourly amount for people: `$0.0416`, `$0.0416 + ?`, or `?` where no part has a price. */
export function moneyCell({ money }: WithMoney, which: "net" | "remains"): string {
  if (!money) return "?";
  if (money.countedWith) return `with ${money.countedWith}`;
  const open = money.unpriced.some(({ stops }) => which === "remains" || stops);
  if (open && money.parts.length === 0) return "?";
  return `${hourlyPrice(money[which], money.currency)}${open ? " + ?" : ""}`;
}

export const MONEY_TITLES = [
  "currency",
  "gross_hour",
  "remains_hour",
  "net_hour",
  "prices_of",
  "unpriced",
  "covered_by",
  "counted_with",
];

/** The exact amounts; a resource none of whose parts has a price has none, rather than zero. */
export function moneyCells({ money }: WithMoney): (string | undefined)[] {
  if (!money) return MONEY_TITLES.map(() => undefined);
  const known = money.countedWith === undefined && (money.parts.length > 0 || money.unpriced.length === 0);
  const dates = money.parts.map(({ price }) => price.fetchedAt).sort();
  return [
    money.currency,
    ...[money.gross, money.remains, money.net].map((each) => (known ? each : undefined)),
    dates[0],
    money.unpriced.map(({ part, of, reason }) => `${part}${of ? ` of ${of}` : ""}: ${reason}`).join("; "),
    money.coveredBy,
    money.countedWith,
  ];
}

/** The sums, what may be paid for anyhow, and what has no price, each reason once with how many parts it is said of. */
export function moneyText(total: PlanMoney | undefined, verb: string, each: readonly WithMoney[]): string {
  if (!total) return "";
  const all = each.flatMap(({ money }) => money ?? []);
  const reasons = counted(all.flatMap(({ unpriced }) => unpriced.map(({ part, reason }) => `${part}: ${reason}`)));
  const covered = counted(all.flatMap(({ coveredBy }) => coveredBy ?? []));
  const block = (title: string, lines: readonly string[]) =>
    lines.length > 0 ? `${title}\n${lines.map((line) => `  ${line}\n`).join("")}` : "";
  return [
    `${moneyLines(total, verb).join("\n")}\n`,
    block("Paid for by reservations, it may be:", covered),
    block("Without a price:", reasons),
  ].join("");
}

/** Each text once, in the order of its first time, with how often where that is more than once. */
export function counted(texts: readonly string[], noun = "time"): string[] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].map(([text, times]) => `${text}${times > 1 ? ` (${countOf(times, noun)})` : ""}`);
}
