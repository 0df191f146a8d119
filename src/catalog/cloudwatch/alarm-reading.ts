import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  type MetricAlarm,
} from "@aws-sdk/client-cloudwatch";
import type { CallOptions } from "../../aws/clients.ts";
import { EvenkeelError } from "../../model/errors.ts";
import type { AlarmReading } from "../../model/shed.ts";
import type { ReadScope } from "../contract.ts";

/** What an alarm says just now, and what its metric was. `gone` = there is no alarm of that name. */
export async function readAlarm(scope: ReadScope, name: string): Promise<AlarmReading | "gone"> {
  const command = new DescribeAlarmsCommand({ AlarmNames: [name], AlarmTypes: ["MetricAlarm", "CompositeAlarm"] });
  const { MetricAlarms, CompositeAlarms } = await scope.client(CloudWatchClient).send(command);
  const alarm: MetricAlarm | undefined = MetricAlarms?.[0] ?? CompositeAlarms?.[0];
  if (!alarm) return "gone";
  const { StateValue, StateTransitionedTimestamp, StateUpdatedTimestamp } = alarm;
  const threshold = upperLimit(alarm);
  const last = await orUnknown(() => lastValue(scope, alarm));
  return {
    // What AWS may add to its states tells of the load as little as no data does.
    state: StateValue === "ALARM" || StateValue === "OK" ? StateValue : "INSUFFICIENT_DATA",
    since: (StateTransitionedTimestamp ?? StateUpdatedTimestamp)?.getTime() ?? scope.clock.now(),
    ...(threshold === undefined ? {} : { threshold }),
    ...last,
    ...(countsLoad(alarm) ? { countsLoad: true } : {}),
  };
}

/** Of an alarm of another kind (less than, outside of a band) the threshold is nothing to stay below. */
function upperLimit({ ComparisonOperator, Threshold }: MetricAlarm): number | undefined {
  const isUpper =
    ComparisonOperator === "GreaterThanThreshold" || ComparisonOperator === "GreaterThanOrEqualToThreshold";
  return isUpper ? Threshold : undefined;
}

/** Source: Application Load Balancers guide, "CloudWatch metrics for your Application Load Balancer". */
const LOAD_METRICS: readonly (string | undefined)[] = [
  "RequestCount",
  "RequestCountPerTarget",
  "ActiveConnectionCount",
  "NewConnectionCount",
  "ProcessedBytes",
  "ConsumedLCUs",
];

function countsLoad({ Namespace, MetricName }: MetricAlarm): boolean {
  return Namespace === "AWS/ApplicationELB" && LOAD_METRICS.includes(MetricName);
}

/** The value is good to know; the alarm's state is what a step goes by. */
async function orUnknown<T>(reading: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await reading();
  } catch (error) {
    if (!(error instanceof EvenkeelError) || error.code === "CANCELLED" || error.code === "BUG") throw error;
    return undefined;
  }
}

/** Load balancers publish each minute; their data points may take so long to be there. */
const LATE_MS = 3 * 60_000;

/**
 * The newest data point of a whole period, of those that have ended within the last period or may have come late.
 * Undefined = there is none, or the alarm is not one of a single metric: composite, metric math, anomaly detection.
 */
async function lastValue(
  scope: ReadScope,
  alarm: MetricAlarm,
): Promise<Pick<AlarmReading, "value" | "valueSince"> | undefined> {
  const { Namespace, MetricName, Dimensions, Statistic, ExtendedStatistic, Period, Unit } = alarm;
  const Stat = Statistic ?? ExtendedStatistic;
  if (!Namespace || !MetricName || !Stat || !Period) return undefined;
  const period = Period * 1000;
  const wholeBy = (at: number) => Math.floor(at / period) * period;
  const end = wholeBy(scope.clock.now());
  const Metric = { Namespace, MetricName, ...(Dimensions ? { Dimensions } : {}) };
  const command = new GetMetricDataCommand({
    StartTime: new Date(wholeBy(scope.clock.now() - LATE_MS) - period),
    EndTime: new Date(end),
    ScanBy: "TimestampDescending",
    MetricDataQueries: [{ Id: "value", MetricStat: { Metric, Period, Stat, ...(Unit ? { Unit } : {}) } }],
  });
  // A step that waits for minutes misses its turn, for a value that it can do without.
  const how: CallOptions = { attempts: 4 };
  const { MetricDataResults } = await scope.client(CloudWatchClient).send(command, how);
  const { Values: [value] = [], Timestamps: [at] = [] } = MetricDataResults?.[0] ?? {};
  return value === undefined ? undefined : { value, ...(at ? { valueSince: at.getTime() } : {}) };
}
