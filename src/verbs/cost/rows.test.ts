import { Decimal } from "decimal.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runs } from "../../../tests/contract/runs.ts";
import { addDays, day, periodOf } from "../../model/calendar.ts";
import type { CostPart, Granularity } from "../../model/cost.ts";
import { amount, sum } from "../../model/money.ts";
import { rowsOf, splitOf, unallocatedIn } from "./rows.ts";

const START = day("2026-01-15");
const DAYS = { start: START, end: addDays(START, 59) };
const NOW = Date.parse("2026-03-10T12:00:00Z");

const anyAmount = fc
  .tuple(fc.boolean(), fc.integer({ min: 0, max: 10_000_000 }), fc.integer({ min: 0, max: 12 }))
  .map(([isCredit, digits, places]) => amount(new Decimal(`${isCredit ? "-" : ""}${digits}e-${places}`).toFixed()));

const anyParts = (granularity: Granularity) =>
  fc.array(
    fc.record({
      period: fc.integer({ min: 0, max: 59 }).map((days) => periodOf(addDays(START, days), granularity)),
      group: fc.constantFrom(["EC2", "eu-west-1"], ["S3", ""], ["", "eu-west-1"], ["a,b", "c"], ["a", "b,c"]),
      side: fc.constantFrom("baseline", "notBaseline", "unallocated"),
      reason: fc.constantFrom("tax", "credits"),
      amount: anyAmount,
    }),
    { maxLength: 60 },
  ) as fc.Arbitrary<CostPart[]>;

describe("rows of parts", () => {
  it.each(["daily", "monthly"] as const)("%s: rows, sides and reasons add up to the total exactly", (granularity) => {
    fc.assert(
      fc.property(anyParts(granularity), (parts) => {
        const rows = rowsOf(parts, { days: DAYS, granularity, now: NOW });
        const total = splitOf(parts);
        const exact = parts.reduce((all, each) => all.plus(each.amount), new Decimal(0)).toFixed();

        expect(total.total).toBe(exact === "-0" ? "0" : exact);
        for (const side of ["baseline", "notBaseline", "unallocated", "total"] as const)
          expect(sum(rows.map((row) => row[side]))).toBe(total[side]);
        expect(sum(unallocatedIn(parts).map((each) => each.amount))).toBe(total.unallocated);
        for (const row of rows) expect(sum([row.baseline, row.notBaseline, row.unallocated])).toBe(row.total);
        expect(new Set(rows.map(({ days, group }) => JSON.stringify([days, group]))).size).toBe(rows.length);
      }),
      runs(300),
    );
  });

  it("are by period, the dearest first, with the days that were asked for and the least sure of their parts", () => {
    const part = (period: string, name: string, value: string, more: Partial<CostPart> = {}): CostPart => ({
      period: day(period),
      group: [name],
      side: "baseline",
      amount: amount(value),
      ...more,
    });
    const rows = rowsOf(
      [
        part("2026-03-01", "S3", "2"),
        part("2026-01-01", "S3", "1", { sureness: "by price" }),
        part("2026-01-01", "S3", "1", { sureness: "one side" }),
        part("2026-01-01", "S3", "0", { sureness: "by count" }),
        part("2026-01-01", "EC2", "30"),
      ],
      { days: DAYS, granularity: "monthly", now: NOW },
    );

    expect(
      rows.map(({ days, group, total, sureness, isIncomplete }) => [
        days.start,
        days.end,
        group[0],
        total,
        sureness,
        isIncomplete,
      ]),
    ).toEqual([
      ["2026-01-15", "2026-01-31", "EC2", "30", undefined, false],
      ["2026-01-15", "2026-01-31", "S3", "2", "by price", false],
      ["2026-03-01", "2026-03-15", "S3", "2", undefined, true],
    ]);
  });
});
