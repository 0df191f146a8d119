import { daysOf } from "../../model/calendar.ts";
import type { CostPart, CostRow, CostSide, Days, Granularity, Split, Sureness, Unallocated } from "../../model/cost.ts";
import { grouped } from "../../model/grouped.ts";
import { type Amount, minus, NOTHING, sign, sum } from "../../model/money.ts";
import { isIncomplete } from "./period.ts";

export interface RowMeans {
  readonly days: Days;
  readonly granularity: Granularity;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Parts as rows: one for each period and group, by period, the dearest first. */
export function rowsOf(parts: readonly CostPart[], { days, granularity, now }: RowMeans): CostRow[] {
  const rows = [...grouped(parts, ({ period, group }) => JSON.stringify([period, ...group])).values()].map(
    (all): CostRow => {
      const [{ period, group }] = all;
      const own = daysOf(period, granularity, days);
      const sureness = leastSure(all);
      return {
        days: own,
        group,
        ...splitOf(all),
        isIncomplete: isIncomplete(own, now),
        ...(sureness === undefined ? {} : { sureness }),
      };
    },
  );
  return rows.sort(
    (a, b) =>
      compare(a.days.start, b.days.start) ||
      dearest(a.total, b.total) ||
      compare(a.group.join("\n"), b.group.join("\n")),
  );
}

/** The three sides of parts and their sum. */
export function splitOf(parts: readonly CostPart[]): Split {
  const of = (side: CostSide) => sum(parts.filter((part) => part.side === side).map(({ amount }) => amount));
  const sides = { baseline: of("baseline"), notBaseline: of("notBaseline"), unallocated: of("unallocated") };
  return { ...sides, total: sum(Object.values(sides)) };
}

/** Why something is on no side, with how much it is; the dearest first. */
export function unallocatedIn(parts: readonly CostPart[]): Unallocated[] {
  const without = parts.filter(({ side }) => side === "unallocated");
  return [...grouped(without, ({ reason = "" }) => reason)]
    .map(([reason, all]) => ({ reason, amount: sum(all.map(({ amount }) => amount)) }))
    .sort((a, b) => dearest(a.amount, b.amount) || compare(a.reason, b.reason));
}

const SURENESS: readonly Sureness[] = ["by count", "by price", "one side"];

function leastSure(parts: readonly CostPart[]): Sureness | undefined {
  // What costs nothing makes nothing less sure.
  const all = new Set(parts.filter(({ amount }) => amount !== NOTHING).map(({ sureness }) => sureness));
  return SURENESS.find((each) => all.has(each));
}

function dearest(a: Amount, b: Amount): number {
  return sign(minus(b, a));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
