import { Decimal } from "decimal.js";
import type { CostResult, Split } from "../../model/cost.ts";
import { type Amount, sign } from "../../model/money.ts";
import { price } from "../money.ts";

/** To the cent; what is less than a cent has four digits after the point, so that it does not read as nothing. */
export function costPrice(amount: Amount, currency: string): string {
  return price(amount, currency, isSmall(amount) ? 4 : 2);
}

function isSmall(amount: Amount): boolean {
  const value = new Decimal(amount);
  return !value.isZero() && value.abs().lessThan("0.01");
}

/**
 * What is not baseline of the total, `25.9 %`.
 * Absent where a share would mislead: nothing was charged, nothing is on a side, or credits make the whole less than its parts.
 */
export function shareText({ baseline, notBaseline, total }: Split): string | undefined {
  const [part, rest, whole] = [notBaseline, baseline, total].map((each) => new Decimal(each)) as [
    Decimal,
    Decimal,
    Decimal,
  ];
  if (whole.lessThanOrEqualTo(0) || part.isNegative() || rest.isNegative() || part.greaterThan(whole)) return undefined;
  // Of what nobody can say a side of, nothing is not none.
  if (part.isZero() && rest.isZero()) return undefined;
  const percent = part.times(100).dividedBy(whole);
  if (!percent.isZero() && percent.lessThan("0.05")) return "< 0.1 %";
  // What is a little less than all must not read as all.
  if (percent.lessThan(100) && percent.greaterThan("99.95")) return "> 99.9 %";
  return `${percent.toFixed(1)} %`;
}

export function isNothing(amount: Amount): boolean {
  return sign(amount) === 0;
}

/** Whether a table of it shows anything else than the exact amounts. */
export function isRounded({ rows }: CostResult): boolean {
  return rows.some((row) =>
    [row.baseline, row.notBaseline, row.unallocated].some((each) => new Decimal(each).decimalPlaces() > 2),
  );
}
