import type { CostResult, Days } from "../../../model/cost.ts";
import { amount } from "../../../model/money.ts";
import { price } from "../../money.ts";

/* What stands at the axes of a chart over periods. */

/** What the label of a day and of a month takes. */
const LABEL = { daily: 56, monthly: 64 } as const;
/** Every day, second day, week, fortnight; every month, second month, quarter, half year, year. */
const STRIDES = { daily: [1, 2, 7, 14, 28, 56, 84, 168], monthly: [1, 2, 3, 6, 12, 24] } as const;

/** As many digits after the point as tell the ticks apart. */
export function tickText(value: number, ticks: readonly number[], currency: string): string {
  const step = Math.abs((ticks[1] ?? 1) - (ticks[0] ?? 0));
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const decimals = digits === 0 ? 0 : Math.max(2, digits);
  return price(amount(value.toFixed(decimals)), currency, decimals);
}

/** From one period with a label to the next one, so that labels stay apart. @param step the pixels of a period */
export function strideOf(step: number, { granularity }: CostResult): number {
  const room = LABEL[granularity];
  return STRIDES[granularity].find((each) => each * step >= room) ?? Math.ceil(room / step);
}

const DAY_LABEL = new Intl.DateTimeFormat("en-US", { month: "short", day: "numeric", timeZone: "UTC" });
const MONTH_LABEL = new Intl.DateTimeFormat("en-US", { month: "short", year: "numeric", timeZone: "UTC" });

export function labelText({ start }: Days, { granularity }: CostResult): string {
  return (granularity === "daily" ? DAY_LABEL : MONTH_LABEL).format(Date.parse(start));
}
