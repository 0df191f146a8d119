/** What an alarm is judged by. */
export interface Judged {
  /** Values of the evaluation range, oldest first; undefined = there is no data. */
  readonly values: readonly (number | undefined)[];
  readonly breaches: (value: number) => boolean;
  /** N. */
  readonly periods: number;
  /** M: so many of the N that must breach. */
  readonly toAlarm: number;
  readonly missing: MissingData;
}

/** Source: CloudWatch API reference, PutMetricAlarm, TreatMissingData. */
export const MISSING_DATA = ["missing", "notBreaching", "breaching", "ignore"] as const;
export type MissingData = (typeof MISSING_DATA)[number];

/**
 * CloudWatch looks at more than the evaluation periods, so that late data are not missed; it does not tell by how many. Its
 * guide's examples have two.
 */
export const EXTRA_PERIODS = 2;

/** The state that the values make; `keep` = the state stays what it is. */
export type Verdict = "OK" | "ALARM" | "INSUFFICIENT_DATA" | "keep";

/**
 * Source: CloudWatch user guide, "Configuring how CloudWatch alarms treat missing data": how the alarm state is evaluated when
 * data is missing, and "Avoiding premature transitions to alarm state".
 */
export function judge({ values, breaches, periods, toAlarm, missing }: Judged): Verdict {
  const real = values.filter((value) => value !== undefined);
  const judged = real.slice(-periods);
  const breaching = judged.filter(breaches).length;
  const filled = Math.max(0, periods - real.length);
  if (breaching >= toAlarm) return "ALARM";
  if (filled === 0) return "OK";
  if (missing === "breaching") return breaching + filled >= toAlarm ? "ALARM" : "OK";
  if (missing === "notBreaching") return "OK";
  if (real.length === 0) return missing === "missing" ? "INSUFFICIENT_DATA" : "keep";
  if (breaching < real.length) return "OK";
  // Only breaching data: an alarm once the oldest of them is as old as the number that it takes, until then nothing new.
  const age = values.length - values.findIndex((value) => value !== undefined);
  return missing === "missing" && age >= toAlarm ? "ALARM" : "keep";
}
