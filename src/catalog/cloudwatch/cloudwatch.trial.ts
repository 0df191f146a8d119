import { CloudWatchClient, PutCompositeAlarmCommand, PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import type { TestAccount } from "../../../tests/contract/account.ts";

const LETTERS = ["a", "b", "c", "d", "e", "f", "g"];
const Tags = [{ Key: "team", Value: "orders" }];

export function metricAlarm(AlarmName: string, Threshold: number) {
  const metric = { Namespace: "AWS/SQS", MetricName: "ApproximateAgeOfOldestMessage", Statistic: "Maximum" } as const;
  const rule = { Period: 60, EvaluationPeriods: 3, Threshold, ComparisonOperator: "GreaterThanThreshold" } as const;
  return new PutMetricAlarmCommand({ AlarmName, ...metric, ...rule, Tags });
}

export function compositeAlarm(AlarmName: string, AlarmRule: string) {
  return new PutCompositeAlarmCommand({ AlarmName, AlarmRule, Tags });
}

/** Seven metric alarms and seven composite ones above them. */
export async function seedAlarms({ send }: TestAccount): Promise<{ metric: string[]; composite: string[] }> {
  const metric = LETTERS.map((letter) => `age-${letter}`);
  const composite = LETTERS.map((letter) => `late-${letter}`);
  for (const name of metric) await send(CloudWatchClient, metricAlarm(name, 300));
  for (const [index, name] of composite.entries())
    await send(CloudWatchClient, compositeAlarm(name, `ALARM("${metric[index]}")`));
  return { metric, composite };
}
