import type { CostResult, CostRow } from "../../model/cost.ts";
import type { CsvCell } from "../csv.ts";

/** All of it. Amounts are texts, as floats would round them. */
export function costDocument(result: CostResult): object {
  return { ...result };
}

/** The columns of a record, part of the contract with whoever parses them. No group key has a name of the others'. */
export function costColumns({ groupBy }: CostResult): string[] {
  return [
    "start",
    "end",
    ...groupBy,
    "baseline",
    "notBaseline",
    "unallocated",
    "total",
    "currency",
    "isIncomplete",
    "sureness",
  ];
}

/** One record a row and none for sums, so that a column can be added up. */
export function costRecord(row: CostRow, { currency }: CostResult): CsvCell[] {
  const { days, group, baseline, notBaseline, unallocated, total, isIncomplete, sureness } = row;
  return [days.start, days.end, ...group, baseline, notBaseline, unallocated, total, currency, isIncomplete, sureness];
}
