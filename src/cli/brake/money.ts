import { type Money, sign, sum } from "../../model/money.ts";
import type { Plan } from "../../model/plan.ts";
import { hourlyPrice, rateText } from "../../report/money.ts";

type Priced = { readonly money?: Money };

/** What some resources cost an hour, all together: `$1.2000`, `$1.2000 + ?`, or that it is not known. */
export function anHour(of: readonly Priced[], which: "net" | "remains"): string {
  if (of.length === 0) return "";
  const known = of.flatMap(({ money }) => (money && money.countedWith === undefined ? money : []));
  const [first] = known.filter(({ parts }) => parts.length > 0);
  const isOpen = (each: Money) => each.unpriced.some(({ stops }) => which === "remains" || stops);
  const open = of.some(({ money }) => !money || isOpen(money));
  if (!first) return open ? "unknown" : "";
  const total = sum(known.map((money) => money[which]));
  if (sign(total) === 0 && !open) return "nothing";
  return `${hourlyPrice(total, first.currency)}${open ? " + ?" : ""}`;
}

/** What a whole plan saves, as sentences. */
export function savingText({ money, steps }: Plan): string {
  if (!money?.pricesOf) return "What it saves is not known: price unknown.";
  const open = steps.some((step) => !step.money || step.money.unpriced.some(({ stops }) => stops));
  const rest = open ? "\nSome of it has no price and is not in this sum." : "";
  return `Saves ${rateText(money.net, money.currency)}.${rest}`;
}
