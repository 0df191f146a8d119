import type { CostResult, Split, Sureness } from "../../model/cost.ts";
import type { Column } from "../table.ts";
import { costPrice, isNothing, shareText } from "./money.ts";
import { leastSure, type PeriodSum, periodSums } from "./sums.ts";
import * as words from "./words.ts";

/** A line of the table: a period's sum, a group in it, or the sum of all. */
export interface Line {
  readonly label: string;
  /** The values of all group keys but the first. */
  readonly more: readonly string[];
  readonly split: Split;
  readonly sureness?: Sureness | undefined;
  readonly isSum: boolean;
}

/** Each period with its sum and its groups, and the sum of all. */
export function linesOf(result: CostResult): Line[] {
  const label = words.totalText(result).replace("total", "TOTAL");
  return [
    ...periodSums(result).flatMap((period) => periodLines(period, result)),
    { label, more: [], split: result.total, sureness: leastSure(result.rows), isSum: true },
  ];
}

function periodLines(period: PeriodSum, result: CostResult): Line[] {
  const { rows, days, isIncomplete, sureness } = period;
  const label = `${words.periodText(days, result)}${isIncomplete ? ` ${words.INCOMPLETE_MARK}` : ""}`;
  if (result.groupBy.length === 0) return [{ label, more: [], split: period, sureness, isSum: false }];
  return [
    { label, more: [], split: period, sureness, isSum: true },
    ...rows.map((row) => {
      const [first = "", ...more] = row.group.map(words.valueText);
      return { label: `  ${first}`, more, split: row, sureness: row.sureness, isSum: false };
    }),
  ];
}

/** Where the terminal is narrow, what follows from other columns goes first. */
export function columnsOf({ groupBy, granularity, currency, rows }: CostResult): Column<Line>[] {
  const upper = (text: string) => text.toUpperCase();
  const [first, ...more] = groupBy.map((key) => words.keyText(key, upper));
  const period = granularity === "daily" ? "DAY" : "MONTH";
  const style = ({ isSum }: Line) => (isSum ? ("bold" as const) : undefined);
  const money = (side: keyof Split, spare?: number): Column<Line> => ({
    title: upper(side === "total" ? side : words.SIDE_TITLE[side]),
    align: "right",
    value: ({ split }) => costPrice(split[side], currency),
    style: (line) => style(line) ?? (isNothing(line.split[side]) ? "dim" : undefined),
    whole: true,
    ...(spare === undefined ? {} : { spare }),
  });
  return [
    { title: first === undefined ? period : `${period}, ${first}`, value: ({ label }) => label, style, min: 12 },
    ...more.map((title, at): Column<Line> => ({ title, value: (line) => line.more[at] })),
    money("baseline", 3),
    money("notBaseline"),
    { title: "SHARE", align: "right", value: ({ split }) => shareText(split) ?? "-", style, whole: true, spare: 1 },
    money("unallocated", 4),
    money("total"),
    ...(rows.some(({ sureness }) => sureness)
      ? [{ title: "HOW SURE", value: ({ sureness }: Line) => sureness, whole: true, spare: 2 }]
      : []),
  ];
}
