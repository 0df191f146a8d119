import {
  type AlarmType,
  CloudWatchClient,
  type CompositeAlarm,
  DescribeAlarmsCommand,
  type DescribeAlarmsOutput,
  type MetricAlarm,
  paginateDescribeAlarms,
} from "@aws-sdk/client-cloudwatch";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { unknownOf, without } from "../reading.ts";
import { alarmPause } from "./alarms-pause.ts";
import { alarmRemoval } from "./alarms-removal.ts";

export type Alarm = MetricAlarm | CompositeAlarm;

/** `ALARM("late") AND NOT OK(arn:…:alarm:slow)`: names and ARNs, quoted where they hold other signs than letters. */
const CHILD = /\b(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]+)"|'([^']+)'|([^\s()"']+))\s*\)/g;

/** The alarms that a composite one is made of. Source: CloudWatch API reference, PutCompositeAlarm, `AlarmRule`. */
function childrenOf(alarm: Alarm): { readonly Children?: readonly string[] } {
  if (!("AlarmRule" in alarm)) return {};
  const named = [...(alarm.AlarmRule ?? "").matchAll(CHILD)].map(([, ...names]) => names.find(Boolean) ?? "");
  return { Children: [...new Set(named)].sort() };
}

/** AWS tells no creation time, only that of the last update. */
async function found(scope: ReadScope, alarm: Alarm): Promise<Found> {
  const arn = alarm.AlarmArn ?? "";
  const { tags, unknown } = (await scope.tags("cloudwatch:alarm"))(arn);
  return {
    id: alarm.AlarmName ?? "",
    arn,
    state: alarm.StateValue,
    tags,
    configuration: { ...without(alarm, "AlarmName", "AlarmArn"), ...childrenOf(alarm) },
    ...unknownOf(unknown),
  };
}

/** Metric and composite alarms are two types in CloudFormation and one listing in the API. */
export function alarmEntry(type: AlarmType, alarmsOf: (answer: DescribeAlarmsOutput) => Alarm[] | undefined): Entry {
  const AlarmTypes = [type];
  return {
    async *list(scope) {
      const paging = { client: scope.client(CloudWatchClient), pageSize: scope.pageSize(100) };
      for await (const page of paginateDescribeAlarms(paging, { AlarmTypes }))
        for (const alarm of alarmsOf(page) ?? []) yield found(scope, alarm);
    },

    async read(scope, id) {
      const command = new DescribeAlarmsCommand({ AlarmTypes, AlarmNames: [id] });
      const alarm = alarmsOf(await scope.client(CloudWatchClient).send(command))?.[0];
      return alarm && found(scope, alarm);
    },

    pause: alarmPause(type, alarmsOf),
    removal: alarmRemoval,
  };
}
