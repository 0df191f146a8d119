import { describe, expect, it } from "vitest";
import { day } from "../../model/calendar.ts";
import type { Days } from "../../model/cost.ts";
import { costDays, isIncomplete } from "./period.ts";

const NOW = Date.parse("2026-03-10T15:00:00Z");
const bounds = { now: NOW, baseline: day("2026-02-28") };
const span = (start: string, end: string): Days => ({ start: day(start), end: day(end) });

describe("the days that are counted", () => {
  it.each([
    ["from the baseline to today", {}, "2026-02-28", "2026-03-10"],
    ["from a day", { start: "2026-03-01" }, "2026-03-01", "2026-03-10"],
    ["to a day, which counts", { start: "2026-02-28", end: "2026-02-28" }, "2026-02-28", "2026-02-28"],
    ["a month's end", { start: "2026-02-01", end: "2026-02-28" }, "2026-02-01", "2026-02-28"],
    ["a leap year's", { start: "2024-02-01", end: "2024-02-29" }, "2024-02-01", "2024-02-29"],
    ["over the turn of the year", { start: "2025-12-31", end: "2026-01-01" }, "2025-12-31", "2026-01-01"],
    ["to the end of this month: as far as it has come", { end: "2026-03-31" }, "2026-02-28", "2026-03-10"],
  ])("%s", (_, asked, start, end) => {
    expect(costDays(asked, bounds).days).toEqual({ start, end });
  });

  it("are UTC's: half past midnight in Zurich is the day before", () => {
    const now = Date.parse("2026-03-11T00:30:00+01:00");
    expect(costDays({}, { ...bounds, now }).days.end).toBe("2026-03-10");
  });

  it("of a bill end where it ends", () => {
    const bill = span("2026-03-01", "2026-03-05");
    const { days, notes } = costDays({}, { ...bounds, bill });
    expect(days).toEqual(span("2026-02-28", "2026-03-05"));
    expect(notes).toEqual(["The bill has only the days 2026-03-01 to 2026-03-05."]);
  });

  it.each([
    [{ start: "2026-02-29" }, /--start-date: "2026-02-29" is no day/],
    [{ end: "28.2.2026" }, /--end-date: "28.2.2026" is no day/],
    [{ start: "2026-03-05", end: "2026-03-04" }, /ends on 2026-03-04, before it begins/],
    [{ end: "2026-02-27" }, /ends on 2026-02-27, before it begins/],
    [{ start: "2026-03-11" }, /in the future; today is 2026-03-10/],
  ])("%j is refused", (asked, message) => {
    expect(() => costDays(asked, bounds)).toThrow(message);
  });

  it("a bill from before the baseline is refused with its days", () => {
    const bill = span("2026-01-01", "2026-01-31");
    expect(() => costDays({}, { ...bounds, bill })).toThrow(/the bill has the days 2026-01-01 to 2026-01-31/);
    expect(costDays({ start: "2026-01-01" }, { ...bounds, bill }).notes[0]).toMatch(/before the baseline/);
  });

  it("days of which a bill has none are refused: nothing is not zero", () => {
    const bill = span("2026-03-01", "2026-03-05");
    const ask = (start: string, end: string) => () => costDays({ start, end }, { ...bounds, bill });
    expect(ask("2026-03-06", "2026-03-07")).toThrow(/the bill has the days 2026-03-01 to 2026-03-05/);
    expect(ask("2026-02-01", "2026-02-28")).toThrow(/the bill has the days 2026-03-01 to 2026-03-05/);
    expect(ask("2026-02-01", "2026-03-01")().days).toEqual(span("2026-02-01", "2026-03-01"));
    expect(ask("2026-03-05", "2026-03-07")().days).toEqual(span("2026-03-05", "2026-03-07"));
  });

  it("a baseline younger than 48 hours is told", () => {
    expect(costDays({}, { ...bounds, baseline: day("2026-03-09") }).notes).toEqual([
      expect.stringContaining("48 hours"),
    ]);
    expect(costDays({}, { ...bounds, baseline: day("2026-03-08") }).notes).toEqual([]);
  });

  it.each([
    ["2026-03-10", true],
    ["2026-03-09", true],
    ["2026-03-08", false],
  ])("a period that ends on %s is incomplete: %s", (end, is) => {
    expect(isIncomplete(span("2026-03-01", end), NOW)).toBe(is);
  });
});
