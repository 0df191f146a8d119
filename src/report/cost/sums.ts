import { addDays, daysOf, periodOf } from "../../model/calendar.ts";
import type { CostResult, CostRow, Day, Days, Split, Sureness } from "../../model/cost.ts";
import { type Amount, minus, sign, sum } from "../../model/money.ts";
import { groupBy } from "../group-by.ts";

/* What rows come to, by period and by group, exactly. */

/** The sides of a split in the order in which they are told. */
export const SIDES = ["baseline", "notBaseline", "unallocated"] as const;

/** A period with all that was charged in it. */
export interface PeriodSum extends Split, Pick<CostRow, "days" | "isIncomplete" | "sureness"> {
  readonly rows: readonly CostRow[];
}

/** A group over all periods. */
export interface GroupSum extends Split {
  readonly group: readonly string[];
}

/** The least sure comes last. */
const SURENESS: readonly Sureness[] = ["one side", "by price", "by count"];

export function periodSums({ rows }: CostResult): PeriodSum[] {
  return [...groupBy(rows, ({ days }) => days.start).values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const isIncomplete = own.some((row) => row.isIncomplete);
    const sureness = leastSure(own);
    return [{ ...splitOf(own), days: first.days, rows: own, isIncomplete, ...(sureness ? { sureness } : {}) }];
  });
}

export function leastSure(rows: readonly CostRow[]): Sureness | undefined {
  return SURENESS.findLast((each) => rows.some(({ sureness }) => sureness === each));
}

/** The dearest first. */
export function groupSums({ rows }: CostResult): GroupSum[] {
  return [...groupBy(rows, ({ group }) => JSON.stringify(group)).values()]
    .map((own) => ({ ...splitOf(own), group: own[0]?.group ?? [] }))
    .sort((a, b) => compare(b.total, a.total));
}

export function splitOf(parts: readonly Split[]): Split {
  const of = (member: keyof Split) => sum(parts.map((part) => part[member]));
  return {
    baseline: of("baseline"),
    notBaseline: of("notBaseline"),
    unallocated: of("unallocated"),
    total: of("total"),
  };
}

/** All periods of the days asked for, also those in which nothing was charged. */
export function periodsOf({ days, granularity }: CostResult): Days[] {
  const periods: Days[] = [];
  for (let at: Day = days.start; at <= days.end; ) {
    const period = daysOf(periodOf(at, granularity), granularity, days);
    periods.push(period);
    at = addDays(period.end, 1);
  }
  return periods;
}

/** Below zero: the first is less. */
export function compare(a: Amount, b: Amount): number {
  return sign(minus(a, b));
}
