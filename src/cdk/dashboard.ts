import { Duration } from "aws-cdk-lib";
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IAlarm,
  type IMetric,
  type IWidget,
  MathExpression,
  Metric,
} from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import { FUNCTIONS, type FunctionName } from "../lambda/functions.ts";
import type { MetricName, NAMESPACE as OWN_NAMESPACE } from "../lambda/meter.ts";
import type { EvenkeelFunction } from "./function.ts";

/** What each function measures itself, of `lambda/meter.ts`; a test compares. */
const MEASURED: Readonly<Record<FunctionName, readonly MetricName[]>> = {
  reaper: [
    "ResourcesScanned",
    "ResourcesRemoved",
    "ResourcesPaused",
    "ResourcesDeferred",
    "ResourcesFailed",
    "ListingsIncomplete",
    "NotificationsFailed",
    "MoneyReclaimed",
  ],
  pause: [
    "ResourcesPaused",
    "ResourcesDeferred",
    "ResourcesFailed",
    "ListingsIncomplete",
    "NotificationsFailed",
    "MoneyReclaimed",
  ],
  resume: ["NotificationsFailed"],
  snapshot: ["ResourcesScanned", "ResourcesChanged", "ListingsIncomplete", "NotificationsFailed"],
  "stay-stopped": ["NotificationsFailed"],
  "shed-alarm": ["ShedLevel", "PrimaryWeight", "NotificationsFailed"],
  "shed-step": ["ShedLevel", "PrimaryWeight", "NotificationsFailed"],
};

/** What is counted anew by each run, and so is added up; of the rest the greatest value of a time says how it was. */
const ADDED_UP: readonly MetricName[] = [
  "ResourcesRemoved",
  "ResourcesPaused",
  "ResourcesFailed",
  "NotificationsFailed",
  "MoneyReclaimed",
];
/* Would press what stands beside them on one axis down to nothing. */
const SEEN: readonly MetricName[] = ["ResourcesScanned"];
const OTHER_SCALE: readonly MetricName[] = ["MoneyReclaimed", "PrimaryWeight"];

const NAMESPACE: typeof OWN_NAMESPACE = "Evenkeel";
const WHOLE_ROW = 24;

interface DashboardProps {
  readonly alarms?: readonly IAlarm[];
  /** A row of their own. */
  readonly widgets?: readonly IWidget[];
  /** How far back it looks when it is opened; absent = a week, as what goes by the clock runs a few times a day. */
  readonly looksBack?: Duration;
}

/** Every function's runs, errors and times, the alarms, and what the construct has besides. */
export function dashboard(
  scope: Construct,
  functions: Readonly<Partial<Record<FunctionName, EvenkeelFunction>>>,
  { alarms = [], widgets = [], looksBack = Duration.days(7) }: DashboardProps = {},
): Dashboard {
  const all = [...Object.values(functions).flatMap((each) => each.alarms), ...alarms];
  const rows = Object.entries(functions).map(([name, each]) => rowOf(name as FunctionName, each));
  return new Dashboard(scope, "Dashboard", {
    defaultInterval: looksBack,
    widgets: [[new AlarmStatusWidget({ title: "alarms", width: WHOLE_ROW, alarms: all })], ...rows, [...widgets]],
  });
}

function rowOf(name: FunctionName, { lambda }: EvenkeelFunction): IWidget[] {
  const { timeoutSeconds } = FUNCTIONS[name];
  const of = (metrics: readonly MetricName[]) => metrics.map((metric) => measured(metric, lambda.functionName));
  const among = (apart: readonly MetricName[]) => of(MEASURED[name].filter((metric) => apart.includes(metric)));
  const graph = { width: WHOLE_ROW / 3, leftYAxis: { min: 0, showUnits: false } };
  return [
    new GraphWidget({
      ...graph,
      title: `${name}: runs`,
      left: [lambda.metricInvocations(), lambda.metricErrors(), lambda.metricThrottles()],
      right: among(SEEN),
      rightYAxis: { min: 0, showUnits: false },
    }),
    new GraphWidget({
      ...graph,
      title: `${name}: what came of them`,
      left: of(MEASURED[name].filter((metric) => ![...SEEN, ...OTHER_SCALE].includes(metric))),
      right: among(OTHER_SCALE),
      rightYAxis: { min: 0, showUnits: false },
    }),
    new GraphWidget({
      ...graph,
      title: `${name}: longest run`,
      left: [lambda.metricDuration({ statistic: "Maximum" })],
      leftYAxis: { min: 0, label: "milliseconds", showUnits: false },
      leftAnnotations: [{ value: timeoutSeconds * 1000, label: "time-out" }],
    }),
  ];
}

function measured(metricName: MetricName, functionName: string): IMetric {
  const statistic = ADDED_UP.includes(metricName) ? "Sum" : "Maximum";
  if (metricName !== "PrimaryWeight")
    return new Metric({ namespace: NAMESPACE, metricName, dimensionsMap: { service: functionName }, statistic });
  // Which rules there are nobody knows yet: each is a metric of its own, and CloudWatch is asked for all of them.
  const rules = `{${NAMESPACE},service,rule} MetricName="${metricName}" service="${functionName}"`;
  return new MathExpression({ expression: `SEARCH('${rules}', 'Minimum')`, usingMetrics: {}, label: metricName });
}
