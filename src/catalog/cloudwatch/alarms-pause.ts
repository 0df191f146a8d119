import {
  type AlarmType,
  CloudWatchClient,
  type DescribeAlarmsOutput,
  DisableAlarmActionsCommand,
  EnableAlarmActionsCommand,
  paginateDescribeAlarms,
} from "@aws-sdk/client-cloudwatch";
import type { Resource } from "../../model/resource.ts";
import { batched } from "../batching.ts";
import type { Pause } from "../contract.ts";
import { cameBack } from "../pausing.ts";
import { collect } from "../reading.ts";
import type { Alarm } from "./alarms.ts";

function actionsOf({ AlarmActions, OKActions, InsufficientDataActions }: Resource["configuration"]): string[] {
  return [AlarmActions, OKActions, InsufficientDataActions].flatMap((each) => (each ?? []) as readonly string[]);
}

/**
 * Scaling policies make and edit alarms of their own, EC2's and those of Application Auto Scaling, which an edit breaks.
 * Source: Amazon EC2 Auto Scaling user guide, "Target tracking scaling policies".
 */
function ownedByPolicy(id: string, actions: readonly string[]): boolean {
  return (
    id.startsWith("TargetTracking-") || actions.some((arn) => /^arn:[^:]+:autoscaling:.*:scalingPolicy:/.test(arn))
  );
}

/** Names in one call. Source: CloudWatch API reference, DescribeAlarms and DisableAlarmActions. */
const AT_ONCE = 100;

const disableActions = batched(AT_ONCE, async (client: CloudWatchClient, names) => {
  await client.send(new DisableAlarmActionsCommand({ AlarmNames: [...names] }));
  return () => undefined;
});

const enableActions = batched(AT_ONCE, async (client: CloudWatchClient, names) => {
  await client.send(new EnableAlarmActionsCommand({ AlarmNames: [...names] }));
  return () => undefined;
});

/** Metric and composite alarms are switched by the same calls; either may act, and neither costs less without its actions. */
export function alarmPause(type: AlarmType, alarmsOf: (answer: DescribeAlarmsOutput) => Alarm[] | undefined): Pause {
  const alarmNamed = batched(AT_ONCE, async (client: CloudWatchClient, names) => {
    const asked = { AlarmTypes: [type], AlarmNames: [...names] };
    const found = await collect(paginateDescribeAlarms({ client, pageSize: AT_ONCE }, asked), alarmsOf);
    const byName = new Map(found.map((alarm) => [alarm.AlarmName, alarm]));
    return (name) => byName.get(name);
  });
  return {
    async capture(scope, id) {
      const alarm = await alarmNamed(scope.client(CloudWatchClient), id);
      if (!alarm) return undefined;
      const actionsEnabled = alarm.ActionsEnabled !== false;
      const words = actionsEnabled ? "acting" : "its actions are switched off";
      return { phase: actionsEnabled ? "running" : "paused", saved: { actionsEnabled }, words };
    },

    eligible({ saved }, { id, configuration }) {
      const actions = actionsOf(configuration);
      if (!saved.actionsEnabled) return { kind: "kept", reason: "its owner has switched its actions off" };
      if (ownedByPolicy(id, actions))
        return { kind: "kept", reason: "it belongs to a scaling policy and must not be edited" };
      if (actions.length === 0) return { kind: "kept", reason: "it has no actions that could be quiet" };
      return {
        kind: "eligible",
        loses: ["what its actions would have told or done meanwhile"],
        // An alarm acts when its state changes. Source: CloudWatch user guide, "Using Amazon CloudWatch alarms".
        risks: ["if its state changes meanwhile, its actions are not made up for: they wait for the next change"],
      };
    },

    async stop(scope, id) {
      await disableActions(scope.writer(CloudWatchClient), id);
    },

    async resume(scope, id, saved) {
      if (saved.actionsEnabled !== true) return;
      await enableActions(scope.writer(CloudWatchClient), id);
    },

    resumed: (before, now) => cameBack(before, now),
  };
}
