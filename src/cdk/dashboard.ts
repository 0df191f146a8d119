import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IAlarm,
  type IWidget,
  Metric,
} from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import type { FunctionName } from "../lambda/functions.ts";
import type { MetricName, NAMESPACE as OWN_NAMESPACE } from "../lambda/meter.ts";
import type { EvenkeelFunction } from "./function.ts";

/** What each function measures itself, of `lambda/meter.ts`. */
const MEASURED: Readonly<Record<FunctionName, readonly MetricName[]>> = {
  reaper: ["ResourcesRemoved", "ResourcesPaused", "ResourcesDeferred", "ResourcesFailed", "MoneyReclaimed"],
  pause: ["ResourcesPaused", "ResourcesDeferred", "ResourcesFailed", "MoneyReclaimed"],
  resume: ["NotificationsFailed"],
  snapshot: ["ResourcesScanned", "ResourcesChanged", "ListingsIncomplete"],
  "stay-stopped": ["NotificationsFailed"],
  "shed-alarm": ["ShedLevel"],
  "shed-step": ["ShedLevel"],
};
const NAMESPACE: typeof OWN_NAMESPACE = "Evenkeel";

/** Every function's runs, errors and times, the alarms, and what the construct has besides. */
export function dashboard(
  scope: Construct,
  functions: Readonly<Partial<Record<FunctionName, EvenkeelFunction>>>,
  more: { readonly alarms?: readonly IAlarm[]; readonly widgets?: readonly IWidget[] } = {},
): Dashboard {
  const alarms = [...Object.values(functions).flatMap((each) => each.alarms), ...(more.alarms ?? [])];
  const rows = Object.entries(functions).map(([name, { lambda }]) => [
    new GraphWidget({
      title: `${name}: runs`,
      width: 8,
      left: [lambda.metricInvocations(), lambda.metricErrors(), lambda.metricThrottles()],
    }),
    new GraphWidget({
      title: `${name}: what it did`,
      width: 8,
      left: MEASURED[name as FunctionName].map(
        (metricName) =>
          new Metric({
            namespace: NAMESPACE,
            metricName,
            dimensionsMap: { service: lambda.functionName },
            statistic: "Maximum",
          }),
      ),
    }),
    new GraphWidget({ title: `${name}: time`, width: 8, left: [lambda.metricDuration({ statistic: "Maximum" })] }),
  ]);
  return new Dashboard(scope, "Dashboard", {
    widgets: [
      [new AlarmStatusWidget({ title: "Alarms", width: 24, alarms: [...alarms] })],
      ...rows,
      [...(more.widgets ?? [])],
    ],
  });
}
