import type { Day, Days, Granularity } from "./cost.ts";

/* Days of the calendar, UTC, as bills count them. A day is a text, so that comparing texts compares days. */

const DAY_MS = 86_400_000;

/** @throws TypeError when the text is no day of the calendar: `2026-02-30` */
export function day(text: string): Day {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // Date.parse takes the 31st of any month for a day of the next one.
  if (Number.isNaN(at) || dayOf(at) !== text) throw new TypeError(`not a day: ${text}`);
  return text as Day;
}

/** The day in which an instant lies. @param at milliseconds since the epoch */
export function dayOf(at: number): Day {
  return new Date(at).toISOString().slice(0, 10) as Day;
}

export function addDays(from: Day, days: number): Day {
  return dayOf(Date.parse(`${from}T00:00:00Z`) + days * DAY_MS);
}

/** How many days, both ends counted. */
export function lengthOf({ start, end }: Days): number {
  return Math.round((Date.parse(end) - Date.parse(start)) / DAY_MS) + 1;
}

/** The first day of the period in which a day lies. */
export function periodOf(each: Day, granularity: Granularity): Day {
  return granularity === "daily" ? each : (`${each.slice(0, 8)}01` as Day);
}

/** The days of a period, by its first day, as far as they are asked for. */
export function daysOf(period: Day, granularity: Granularity, asked: Days): Days {
  const last = granularity === "daily" ? period : lastOfMonth(period);
  const [start = period] = [period, asked.start].sort().reverse();
  const [end = last] = [last, asked.end].sort();
  return { start, end };
}

/** The same day some months earlier, or the last of that month where it has no such day. */
export function monthsBefore(from: Day, months: number): Day {
  const [year = 0, month = 0, date = 0] = from.split("-").map(Number);
  const first = dayOf(Date.UTC(year, month - 1 - months, 1));
  const last = lastOfMonth(first);
  return Number(last.slice(8)) < date ? last : (`${first.slice(0, 8)}${from.slice(8)}` as Day);
}

function lastOfMonth(first: Day): Day {
  const [year = 0, month = 0] = first.split("-").map(Number);
  return dayOf(Date.UTC(year, month, 0));
}
