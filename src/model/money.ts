import { Decimal } from "decimal.js";
import type { Price } from "./price.ts";

/** A sum of money as a plain decimal text, `0.0416`: floats lose what many small prices add up to. */
export type Amount = string & { readonly __brand: "Amount" };

/** The price lists' currencies: CNY in the China partition, USD in all others. */
export type Currency = "USD" | "CNY";

/** The hours of a day and of a month as AWS's own price pages count them. */
const HOURS = { hour: 1, day: 24, month: 730 } as const;
export type Period = keyof typeof HOURS;

/** The same spending by the hour, the day and the month. */
export type Rate = Readonly<Record<Period, Amount>>;

/** Enough digits that no product or sum of ours is rounded. */
const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_EVEN });

/**
 * Digits after the point of an hourly amount. A monthly price has no end when it is divided by 730; cut here, a million of
 * them together are still exact to a millionth a month.
 */
const PLACES = 15;

/** Digits after the point of Cost Explorer's sums. */
const BILL_PLACES = 10;

/** @throws TypeError when the text is no finite decimal number */
export function amount(text: string): Amount {
  if (!/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text)) throw new TypeError(`not an amount: ${text}`);
  return plain(new Exact(text));
}

export const NOTHING = amount("0");

export function sum(amounts: readonly Amount[]): Amount {
  return plain(amounts.reduce((total, each) => total.plus(each), new Exact(0)));
}

export function minus(from: Amount, what: Amount): Amount {
  return plain(new Exact(from).minus(what));
}

/**
 * The share of a sum that is `part` of `whole`, cut where AWS cuts its sums; what is left of the sum is the rest's.
 * @param whole not zero
 */
export function share(of: Amount, part: Amount, whole: Amount): Amount {
  const exact = new Exact(of);
  const places = Math.max(BILL_PLACES, exact.decimalPlaces());
  return plain(exact.times(part).dividedBy(whole).toDecimalPlaces(places));
}

/** Above zero: 1, zero: 0, below: -1. */
export function sign(of: Amount): number {
  const value = new Exact(of);
  return value.isZero() ? 0 : value.isPositive() ? 1 : -1;
}

/**
 * What so many units cost an hour.
 * @param units decimal text, of units a `per`: 100 GB-months a month, 3 instance hours an hour
 */
export function hourly(price: Amount, units: string, per: "hour" | "month"): Amount {
  return plain(new Exact(price).times(units).dividedBy(HOURS[per]).toDecimalPlaces(PLACES));
}

export function rate(anHour: Amount): Rate {
  const times = (period: Period) => plain(new Exact(anHour).times(HOURS[period]));
  return { hour: times("hour"), day: times("day"), month: times("month") };
}

/** Never with an exponent: `1e-7` is no decimal text to many readers. */
function plain(value: Decimal): Amount {
  return (value.isZero() ? "0" : value.toFixed()) as Amount;
}

/** A part of what a resource costs, with where its price is from. */
export interface PricedPart {
  /** `compute`, `storage`, `address`. */
  readonly part: string;
  /** The resource that it belongs to, where it is counted with another's. */
  readonly of?: string;
  readonly hourly: Amount;
  /** Whether a pause ends it. */
  readonly stops: boolean;
  readonly price: Price;
}

/** A part that certainly or possibly costs, and why nobody knows how much. Never counted as zero. */
export interface UnpricedPart {
  readonly part: string;
  readonly of?: string;
  readonly stops: boolean;
  readonly reason: string;
}

/** What a resource costs, part by part, whatever is done with it. */
export interface Costs {
  readonly currency: Currency;
  readonly parts: readonly PricedPart[];
  readonly unpriced: readonly UnpricedPart[];
  /** A sentence on reservations that may pay for it whether it runs or not. */
  readonly coveredBy?: string;
  /** The id of the resource with which it is counted, so that nothing counts twice. */
  readonly countedWith?: string;
}

/** The money of one step or of one resource that is kept: list prices, an hour, of the parts that have a price. */
export interface Money extends Costs {
  /** Before it is paused. */
  readonly gross: Amount;
  /** Paused. */
  readonly remains: Amount;
  /** What the pause saves: gross less what remains. */
  readonly net: Amount;
}

/** @param paused false = it is left as it is, and all of it goes on costing */
export function moneyOf(costs: Costs, paused: boolean): Money {
  const gross = sum(costs.parts.map((part) => part.hourly));
  const remains = sum(costs.parts.filter(({ stops }) => !(paused && stops)).map((part) => part.hourly));
  return { ...costs, gross, remains, net: minus(gross, remains) };
}

/** The money of a whole plan. */
export interface PlanMoney {
  readonly currency: Currency;
  readonly source: "AWS Price List API, on-demand";
  /** What the steps' resources cost, what they go on costing while paused, and the difference. */
  readonly gross: Rate;
  readonly remains: Rate;
  readonly net: Rate;
  /** What the resources that are kept go on costing. */
  readonly kept: Rate;
  /** Parts without a price. */
  readonly unpriced: number;
  /** When the oldest and the newest price was read from AWS; absent = nothing has a price. */
  readonly pricesOf?: { readonly oldest: string; readonly newest: string };
}

/** The sum of steps and kept; undefined = nobody asked for prices. */
export function planMoney(steps: readonly Money[], kept: readonly Money[]): PlanMoney | undefined {
  const all = [...steps, ...kept];
  const [first] = all;
  if (!first) return undefined;
  const dates = all.flatMap(({ parts }) => parts.map(({ price }) => price.fetchedAt)).sort();
  const [oldest, newest] = [dates[0], dates.at(-1)];
  return {
    currency: first.currency,
    source: "AWS Price List API, on-demand",
    gross: rate(sum(steps.map(({ gross }) => gross))),
    remains: rate(sum(steps.map(({ remains }) => remains))),
    net: rate(sum(steps.map(({ net }) => net))),
    kept: rate(sum(kept.map(({ remains }) => remains))),
    unpriced: all.reduce((total, { unpriced }) => total + unpriced.length, 0),
    ...(oldest && newest ? { pricesOf: { oldest, newest } } : {}),
  };
}
