import { metricKey, minutesOf, statisticOf } from "../../metrics.ts";
import { AwsFault, type Call } from "../../service.ts";
import { type Alarm, alarms, transit } from "./alarms.ts";
import { EXTRA_PERIODS, judge, MISSING_DATA } from "./judge.ts";
import { reasonOf } from "./reason.ts";

const COMPARISONS: Readonly<
  Record<string, readonly [words: string, breaches: (value: number, threshold: number) => boolean]>
> = {
  GreaterThanThreshold: ["greater than", (value, threshold) => value > threshold],
  GreaterThanOrEqualToThreshold: ["greater than or equal to", (value, threshold) => value >= threshold],
  LessThanThreshold: ["less than", (value, threshold) => value < threshold],
  LessThanOrEqualToThreshold: ["less than or equal to", (value, threshold) => value <= threshold],
};

/** An alarm's settings with AWS's defaults. */
function settingsOf(alarm: Alarm) {
  const [words, compare] = COMPARISONS[alarm.ComparisonOperator ?? ""] ?? [];
  const { MetricName, Namespace, Threshold, Statistic, Period, EvaluationPeriods: periods } = alarm;
  if (!words || !compare || !MetricName || !Namespace || Threshold === undefined || !Statistic || !Period || !periods)
    throw new AwsFault("UnknownOperation", "The twin evaluates alarms on one metric with a fixed threshold.", 501);
  const dimensions = Object.fromEntries((alarm.Dimensions ?? []).map(({ Name = "", Value = "" }) => [Name, Value]));
  return {
    key: metricKey(Namespace, MetricName, dimensions),
    threshold: Threshold,
    statistic: Statistic,
    period: Period * 1000,
    periods,
    toAlarm: alarm.DatapointsToAlarm ?? periods,
    missing: MISSING_DATA.find((each) => each === alarm.TreatMissingData) ?? "missing",
    words,
    breaches: (value: number) => compare(value, Threshold),
  };
}

/** What an alarm is evaluated by. */
export type Settings = ReturnType<typeof settingsOf>;

/** One period of an alarm's metric. */
export interface Datum {
  /** When it began, milliseconds. */
  readonly at: number;
  readonly value: number | undefined;
}

function dataOf(call: Call, settings: Settings, end: number): Datum[] {
  const { key, period, periods, statistic } = settings;
  const number = periods + EXTRA_PERIODS;
  const begin = end - number * period;
  const minutes = minutesOf(call, key, begin, end) ?? [];
  return Array.from({ length: number }, (_, index) => {
    const at = begin + index * period;
    const own = minutes.filter((minute) => minute.at >= at && minute.at < at + period);
    return { at, value: statisticOf(own, statistic) };
  });
}

/**
 * Evaluates a metric alarm on the periods that end at an instant, as CloudWatch does every minute; what is not there, or is
 * no metric alarm, is passed over.
 */
export function evaluateAlarm(call: Call, name: string, end: number): void {
  const row = alarms(call).get(name);
  if (row?.kind !== "MetricAlarm") return;
  const settings = settingsOf(row.alarm as Alarm);
  const data = dataOf(call, settings, end);
  const verdict = judge({ ...settings, values: data.map(({ value }) => value) });
  if (verdict === "keep" || verdict === row.alarm.StateValue) return;
  transit(call, row, { value: verdict, ...reasonOf(call, row, settings, data, verdict) });
}
