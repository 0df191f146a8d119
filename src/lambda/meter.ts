import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";

/** What functions measure, by CloudWatch's metric name: dashboards and alarms are made of it. */
export const METRICS = {
  ResourcesScanned: MetricUnit.Count,
  ResourcesRemoved: MetricUnit.Count,
  ResourcesPaused: MetricUnit.Count,
  ResourcesDeferred: MetricUnit.Count,
  ResourcesFailed: MetricUnit.Count,
  ResourcesChanged: MetricUnit.Count,
  ListingsIncomplete: MetricUnit.Count,
  NotificationsFailed: MetricUnit.Count,
  /** In the currency of the account's price list, an hour. */
  MoneyReclaimed: MetricUnit.NoUnit,
  ShedLevel: MetricUnit.Percent,
  /** Of the primary target group, for each rule. */
  PrimaryWeight: MetricUnit.NoUnit,
} as const;
export type MetricName = keyof typeof METRICS;

/** CloudWatch's, of all functions; the dimension `service` is the function's name, which is unique in its account and region. */
export const NAMESPACE = "Evenkeel";

/** Takes measurements. */
export interface Meter {
  measure(name: MetricName, value: number, dimensions?: Readonly<Record<string, string>>): void;
}

/** Writes each measurement to the log in CloudWatch's embedded metric format, from where CloudWatch takes it. */
export function powertoolsMeter(functionName: string): Meter {
  const metrics = new Metrics({ namespace: NAMESPACE, serviceName: functionName });
  return {
    measure(name, value, dimensions = {}) {
      for (const [dimension, text] of Object.entries(dimensions)) metrics.addDimension(dimension, text);
      // One at a time: what is measured with other dimensions must not get into the same set.
      metrics.addMetric(name, METRICS[name], value).publishStoredMetrics();
    },
  };
}
