import { Decimal } from "decimal.js";
import { type Amount, type Currency, type PlanMoney, type Rate, sign } from "../model/money.ts";
import { countOf, minute } from "./humanise.ts";

/* Money for people. JSON and CSV always have the exact amounts. */

/**
 * `$0.107`, `$1,204.50`, `EUR 12.00`; what is more than nothing never reads as nothing: `< $0.0001`.
 * @param currency ISO 4217 code: price lists have two, bills many
 */
export function price(amount: Amount, currency: string, decimals = 2): string {
  const value = new Decimal(amount);
  const unit = currency === "USD" ? "$" : `${currency} `;
  const least = new Decimal(10).pow(-decimals);
  if (!value.isZero() && value.abs().lessThan(least))
    return `${value.isNegative() ? "> -" : "< "}${unit}${least.toFixed()}`;
  const [whole = "", fraction] = value.abs().toFixed(decimals).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return `${value.isNegative() ? "-" : ""}${unit}${grouped}${fraction ? `.${fraction}` : ""}`;
}

/** Hourly prices are small: four digits after the point. */
export function hourlyPrice(amount: Amount, currency: Currency): string {
  return price(amount, currency, 4);
}

/** `$1.8569 an hour, $44.57 a day, $1,355.54 a month`. */
export function rateText({ hour, day, month }: Rate, currency: Currency): string {
  return `${hourlyPrice(hour, currency)} an hour, ${price(day, currency)} a day, ${price(month, currency)} a month`;
}

/** The lines under a plan: what it saves (or costs again), what goes on costing, what has no price, and of when the prices are. */
export function moneyLines(money: PlanMoney, verb: string): string[] {
  const { currency, net, remains, kept, unpriced, pricesOf } = money;
  const goesOn = sign(remains.hour) + sign(kept.hour) > 0;
  return [
    verb === "resume" ? `Costs again ${rateText(net, currency)}.` : `Saves ${rateText(net, currency)}.`,
    ...(goesOn && verb !== "resume"
      ? [
          ...(verb === "pause" ? [`Goes on costing, of what is paused: ${rateText(remains, currency)}.`] : []),
          `Goes on costing, of what is kept: ${rateText(kept, currency)}.`,
        ]
      : []),
    ...(unpriced > 0 ? [`Not in these sums: ${countOf(unpriced, "part")} without a price.`] : []),
    pricesOf
      ? `On-demand list prices, read from AWS ${when(pricesOf)}; discounts and Savings Plans are not looked at.`
      : "No price is known.",
  ];
}

function when({ oldest, newest }: NonNullable<PlanMoney["pricesOf"]>): string {
  const [from, to] = [minute(oldest), minute(newest)];
  return from === to ? from : `between ${from} and ${to}`;
}
