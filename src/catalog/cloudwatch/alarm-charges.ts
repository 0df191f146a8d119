import { isJsonObject } from "../../model/json.ts";
import type { Charge, Charges } from "../charges.ts";

/** An alarm is billed by the metrics that it watches, whether its actions are on or not: a pause saves nothing of it. */
const alarm = (usage: string, metrics: number): Charge => ({
  part: "alarm",
  stops: false,
  price: { serviceCode: "AmazonCloudWatch", filters: { productFamily: "Alarm" }, usage, units: ["Alarms"] },
  units: String(metrics),
  per: "month",
});

/** Source: https://aws.amazon.com/cloudwatch/pricing/, "Alarms": periods under a minute are high resolution. */
export const charges: Charges = ({ configuration }) => {
  const { Metrics, Period } = configuration;
  const metrics = Array.isArray(Metrics) ? Metrics.filter(isJsonObject) : [];
  const expressions = metrics.flatMap(({ Expression }) => (typeof Expression === "string" ? [Expression] : []));
  const odd = expressions.find((each) => /\b(SELECT|SEARCH|ANOMALY_DETECTION_BAND)\b/.test(each));
  if (odd !== undefined)
    return [
      { part: "alarm", stops: false, unpriced: "queries, searches and anomaly bands cost by the metrics they take in" },
    ];
  const periods = [
    Period,
    ...metrics.map(({ MetricStat }) => (isJsonObject(MetricStat) ? MetricStat.Period : undefined)),
  ];
  const quick = periods.some((each) => typeof each === "number" && each < 60);
  const watched = metrics.filter(({ MetricStat }) => MetricStat !== undefined).length;
  return [alarm(quick ? "CW:HighResAlarmMonitorUsage" : "CW:AlarmMonitorUsage", Math.max(1, watched))];
};

export const compositeCharges: Charges = () => [alarm("CW:CompositeAlarmMonitorUsage", 1)];
