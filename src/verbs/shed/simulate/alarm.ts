import type { AlarmReading } from "../../../model/shed.ts";
import type { AlarmSettings } from "./scenario.ts";

/** A CloudWatch alarm over a metric that comes one period late. */
export interface Alarm {
  /** A period is over; undefined = the primary got nothing, and the metric has no data point. */
  endPeriod(value: number | undefined, now: number): void;
  reading(): AlarmReading;
}

/**
 * CloudWatch looks at more periods than it evaluates, takes the newest that have data, and says INSUFFICIENT_DATA when none
 * has. Missing data is treated as missing, the default. Source: CloudWatch User Guide, "Configuring how CloudWatch alarms
 * treat missing data"; that two more periods are looked at is how its examples for 3 of 3 have it.
 */
const LOOKS_FURTHER = 2;

/** How many periods a value is late: the load balancer reports each minute for the one before. */
const LATE_PERIODS = 1;

/** @param start milliseconds */
export function alarmOf({ threshold, periodSeconds, evaluationPeriods }: AlarmSettings, start: number): Alarm {
  const periods: (number | undefined)[] = [];
  let ended = start;
  let state: AlarmReading["state"] = "OK";
  let since = start;
  const known = () => periods.slice(0, periods.length - LATE_PERIODS);
  return {
    endPeriod: (value, now) => {
      periods.push(value);
      ended = now;
      // Of the time before the start nothing is known; the alarm is taken to be off until it has a full range.
      if (known().length < evaluationPeriods) return;
      const next = evaluated(known().slice(-(evaluationPeriods + LOOKS_FURTHER)), threshold, evaluationPeriods);
      if (next !== state) since = now;
      state = next;
    },
    reading: () => {
      const value = known().at(-1);
      const valueSince = ended - (LATE_PERIODS + 1) * periodSeconds * 1000;
      return { state, since, threshold, countsLoad: true, ...(value === undefined ? {} : { value, valueSince }) };
    },
  };
}

function evaluated(
  range: readonly (number | undefined)[],
  threshold: number,
  evaluationPeriods: number,
): AlarmReading["state"] {
  const newest = range.filter((value) => value !== undefined).slice(-evaluationPeriods);
  if (newest.length === 0) return "INSUFFICIENT_DATA";
  return newest.every((value) => value > threshold) ? "ALARM" : "OK";
}
