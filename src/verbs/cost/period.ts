import { addDays, day, dayOf } from "../../model/calendar.ts";
import type { Day, Days } from "../../model/cost.ts";
import { EvenkeelError } from "../../model/errors.ts";

/** AWS tells a day's charges up to two days late. Source: Cost Explorer user guide, "Refreshing your data". */
const LATE_DAYS = 2;

/** The days that a person asked for. */
export interface AskedDays {
  readonly start?: string;
  /** The last day that counts. */
  readonly end?: string;
}

/** What bounds them. */
export interface DayBounds {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The day of the baseline. */
  readonly baseline: Day;
  /** The days that a bill file has. */
  readonly bill?: Days;
}

/**
 * The days to count, and what a reader must know of them.
 * @throws EvenkeelError USAGE for what is no day, an end before its start, a start in the future, days of which a bill has none
 */
export function costDays(asked: AskedDays, { now, baseline, bill }: DayBounds): { days: Days; notes: string[] } {
  const today = dayOf(now);
  const start = asked.start === undefined ? baseline : parse("--start-date", asked.start);
  const wanted = asked.end === undefined ? (bill?.end ?? today) : parse("--end-date", asked.end);
  const end = wanted > today && !bill ? today : wanted;
  if (start > today)
    throw new EvenkeelError("USAGE", `--start-date: ${start} is in the future; today is ${today} (UTC)`);
  if (bill && asked.end === undefined && end < start) throw notInBill(bill, `counting begins on ${start}`, baseline);
  if (end < start)
    throw new EvenkeelError("USAGE", `the period ends on ${end}, before it begins on ${start}`, {
      hint: "--end-date is the last day that counts; both are days of UTC",
    });
  // Not a sum of zero: of these days nothing is known.
  if (bill && (end < bill.start || start > bill.end)) throw notInBill(bill, `asked were ${start} to ${end}`, baseline);
  return { days: { start, end }, notes: notesOn({ start, end }, { wanted, today, baseline, bill }) };
}

function notInBill(bill: Days, asked: string, baseline: Day): EvenkeelError {
  return new EvenkeelError("USAGE", `the bill has the days ${bill.start} to ${bill.end}, and ${asked}`, {
    hint: `give --start-date, for example --start-date ${bill.start}; the baseline is of ${baseline}`,
  });
}

interface Known {
  readonly wanted: Day;
  readonly today: Day;
  readonly baseline: Day;
  readonly bill: Days | undefined;
}

function notesOn({ start, end }: Days, { wanted, today, baseline, bill }: Known): string[] {
  const notes: string[] = [];
  if (wanted !== end) notes.push(`The days after today, ${today} (UTC), are still to come.`);
  if (start < baseline)
    notes.push(
      `The period begins before the baseline of ${baseline}: what was deleted until then counts as not baseline.`,
    );
  if (bill && (start < bill.start || end > bill.end))
    notes.push(`The bill has only the days ${bill.start} to ${bill.end}.`);
  if (addDays(baseline, LATE_DAYS) > today)
    notes.push(`The baseline is younger than 48 hours: AWS has hardly told any costs since.`);
  return notes;
}

/** Whether AWS may still add to a period. @param now milliseconds since the epoch */
export function isIncomplete({ end }: Days, now: number): boolean {
  return end > addDays(dayOf(now), -LATE_DAYS);
}

function parse(option: string, text: string): Day {
  try {
    return day(text);
  } catch {
    throw new EvenkeelError("USAGE", `${option}: "${text}" is no day of the calendar`, {
      hint: `for example ${option} 2026-02-28; days are those of UTC`,
    });
  }
}
