import { describe, expect, it } from "vitest";
import { addDays, day, dayOf, daysOf, lengthOf, monthsBefore, periodOf } from "./calendar.ts";

describe("days of the calendar", () => {
  it.each(["2026-02-28", "2024-02-29", "2000-02-29", "2026-12-31"])("knows %s", (text) => {
    expect(day(text)).toBe(text);
  });

  it.each([
    "2026-02-29",
    "2026-02-30",
    "1900-02-29",
    "2026-04-31",
    "2026-13-01",
    "2026-00-10",
    "2026-1-1",
    "",
    "today",
  ])("refuses %j", (text) => {
    expect(() => day(text)).toThrow(TypeError);
  });

  it.each([
    ["2026-02-28", 1, "2026-03-01"],
    ["2024-02-28", 1, "2024-02-29"],
    ["2026-12-31", 1, "2027-01-01"],
    ["2026-03-01", -1, "2026-02-28"],
    ["2026-03-29", 1, "2026-03-30"],
    ["2026-10-25", 1, "2026-10-26"],
  ])("%s and %i days is %s", (from, days, to) => {
    expect(addDays(day(from), days)).toBe(to);
  });

  it.each([
    ["2026-02-01", "2026-02-28", 28],
    ["2024-02-01", "2024-02-29", 29],
    ["2026-01-01", "2026-01-01", 1],
    ["2026-03-01", "2026-03-31", 31],
  ])("from %s to %s are %i days, both ends counted", (start, end, days) => {
    expect(lengthOf({ start: day(start), end: day(end) })).toBe(days);
  });

  it("puts an instant into its day by UTC, whatever the time zone", () => {
    expect(dayOf(Date.parse("2026-03-01T00:30:00+02:00"))).toBe("2026-02-28");
    expect(dayOf(Date.parse("2026-02-28T23:30:00-02:00"))).toBe("2026-03-01");
  });

  it.each([
    ["2026-03-31", 1, "2026-02-28"],
    ["2024-03-31", 1, "2024-02-29"],
    ["2026-11-20", 13, "2025-10-20"],
    ["2026-01-15", 1, "2025-12-15"],
  ])("%s less %i months is %s", (from, months, to) => {
    expect(monthsBefore(day(from), months)).toBe(to);
  });
});

describe("periods", () => {
  const asked = { start: day("2026-01-20"), end: day("2026-03-05") };

  it.each([
    ["2026-01-01", "2026-01-20", "2026-01-31"],
    ["2026-02-01", "2026-02-01", "2026-02-28"],
    ["2026-03-01", "2026-03-01", "2026-03-05"],
  ])("the month of %s is cut to the days asked for", (period, start, end) => {
    expect(daysOf(day(period), "monthly", asked)).toEqual({ start, end });
  });

  it("a leap year's February has its last day", () => {
    const year = { start: day("2024-01-01"), end: day("2024-12-31") };
    expect(daysOf(day("2024-02-01"), "monthly", year)).toEqual({ start: "2024-02-01", end: "2024-02-29" });
  });

  it("a day is a period of its own, a month begins with its first", () => {
    expect(periodOf(day("2026-02-28"), "daily")).toBe("2026-02-28");
    expect(periodOf(day("2026-02-28"), "monthly")).toBe("2026-02-01");
  });
});
