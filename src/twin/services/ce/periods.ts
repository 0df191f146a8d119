import type { Call } from "../../service.ts";
import { invalid } from "./groups.ts";

const DAY_MS = 86_400_000;
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
/** The first of the month that is so many months from an instant's. */
const firstOf = (at: number, months: number) => {
  const date = new Date(at);
  return dayOf(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1));
};

export interface PeriodAsked {
  readonly start: string;
  /** The first day that does not count. */
  readonly end: string;
  readonly granularity: string;
}

/** Refuses periods in AWS's words. Source: github.com/boto/boto3 issue 2369, aws/aws-sdk-js 2732, redhat-performance/cloud-governance 1011. */
export function checkPeriod({ start, end, granularity }: PeriodAsked, withResources: boolean, { millis }: Call): void {
  const now = millis();
  if (!isDay(start) || !isDay(end)) throw invalid("Start time and end time must be days: yyyy-MM-dd.");
  if (start >= end) throw invalid("Start date (and hour) should be before end date (and hour)");
  if (end > firstOf(now, 1)) throw invalid("end date past the beginning of next month");
  if (granularity !== "DAILY" && granularity !== "MONTHLY")
    throw invalid(`Granularity ${granularity} is not simulated.`);
  if (withResources && start < dayOf(now - 14 * DAY_MS))
    throw invalid(
      "Start date is more than 14 days ago for hourly granularity. Please adjust start date as we support only 14 days of data at hourly granularity.",
    );
  if (start >= firstOf(now, -13)) return;
  if (granularity === "MONTHLY" && !start.endsWith("-01"))
    throw invalid(
      "To retrieve data beyond the past 14 months, your start date needs to be the first day of the month.",
    );
  throw invalid("You haven't enabled historical data beyond 14 months.");
}

/** The periods as AWS cuts them: whole days, or months with the ends cut off. */
export function periodsOf({ start, end, granularity }: PeriodAsked): { Start: string; End: string }[] {
  const periods: { Start: string; End: string }[] = [];
  for (let from = start; from < end; ) {
    const at = Date.parse(from);
    const next = granularity === "DAILY" ? dayOf(at + DAY_MS) : firstOf(at, 1);
    const to = next < end ? next : end;
    periods.push({ Start: from, End: to });
    from = to;
  }
  return periods;
}

function isDay(text: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(at) && dayOf(at) === text;
}
