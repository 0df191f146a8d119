import type { CompositeAlarm, MetricAlarm } from "@aws-sdk/client-cloudwatch";
import type { Call, Stored, Table } from "../../service.ts";
import { emit } from "../events/bus.ts";

export type Alarm = Stored<MetricAlarm>;

export interface AlarmRow {
  readonly kind: "MetricAlarm" | "CompositeAlarm";
  readonly alarm: Alarm | Stored<CompositeAlarm>;
  readonly tags: Record<string, string>;
}

export const alarms = (call: Call): Table<AlarmRow> => call.table<AlarmRow>("cloudwatch.alarm");

export interface AlarmState {
  readonly value: "OK" | "ALARM" | "INSUFFICIENT_DATA";
  readonly reason: string;
  /** JSON. */
  readonly reasonData?: string | undefined;
}

/** Sets an alarm's state; a state that it had not before is told on the default event bus. */
export function transit(call: Call, { kind, alarm }: AlarmRow, state: AlarmState): void {
  const previous = stateOf(alarm);
  const now = call.now();
  const moved = alarm.StateValue === state.value ? {} : { StateTransitionedTimestamp: now };
  Object.assign(alarm, {
    StateValue: state.value,
    StateReason: state.reason,
    StateReasonData: state.reasonData,
    StateUpdatedTimestamp: now,
    ...moved,
  });
  if (previous.value === state.value) return;
  emit(call, {
    "detail-type": "CloudWatch Alarm State Change",
    source: "aws.cloudwatch",
    resources: [alarm.AlarmArn ?? ""],
    detail: {
      alarmName: alarm.AlarmName,
      configuration: kind === "MetricAlarm" ? configurationOf(call, alarm as Alarm) : ruleOf(alarm),
      previousState: previous,
      state: stateOf(alarm),
    },
  });
}

function stateOf(alarm: AlarmRow["alarm"]) {
  return {
    reason: alarm.StateReason,
    ...(alarm.StateReasonData ? { reasonData: alarm.StateReasonData } : {}),
    timestamp: alarm.StateUpdatedTimestamp?.replace("Z", "+0000"),
    value: alarm.StateValue,
  };
}

/** Source: CloudWatch user guide, "Alarm events and EventBridge", single metric alarm. */
function configurationOf(call: Call, alarm: Alarm): object {
  const { AlarmDescription: description, Dimensions = [], MetricName, Namespace, Period, Statistic } = alarm;
  const dimensions = Object.fromEntries(Dimensions.map(({ Name = "", Value = "" }) => [Name, Value]));
  const metric = { dimensions, name: MetricName, namespace: Namespace };
  const metricStat = { metric, period: Period, stat: Statistic };
  return {
    ...(description ? { description } : {}),
    metrics: [{ id: call.uuid(), metricStat, returnData: true }],
  };
}

function ruleOf(alarm: AlarmRow["alarm"]): object {
  return { alarmRule: "AlarmRule" in alarm ? alarm.AlarmRule : undefined };
}
