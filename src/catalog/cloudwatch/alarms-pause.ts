import {
  type AlarmType,
  CloudWatchClient,
  DescribeAlarmsCommand,
  type DescribeAlarmsOutput,
  DisableAlarmActionsCommand,
  EnableAlarmActionsCommand,
} from "@aws-sdk/client-cloudwatch";
import type { Resource } from "../../model/resource.ts";
import type { Pause } from "../contract.ts";
import { differences } from "../pausing.ts";
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

/** Metric and composite alarms are switched by the same calls; either may act, and neither costs less without its actions. */
export function alarmPause(type: AlarmType, alarmsOf: (answer: DescribeAlarmsOutput) => Alarm[] | undefined): Pause {
  return {
    async capture(scope, id) {
      const command = new DescribeAlarmsCommand({ AlarmTypes: [type], AlarmNames: [id] });
      const alarm = alarmsOf(await scope.client(CloudWatchClient).send(command))?.[0];
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
      await scope.writer(CloudWatchClient).send(new DisableAlarmActionsCommand({ AlarmNames: [id] }));
    },

    async resume(scope, id, saved) {
      if (saved.actionsEnabled !== true) return;
      await scope.writer(CloudWatchClient).send(new EnableAlarmActionsCommand({ AlarmNames: [id] }));
    },

    resumed(before, now) {
      if (now.phase !== "running") return { phase: "ready", differs: [] };
      return { phase: "done", differs: differences(before, now.saved) };
    },
  };
}
