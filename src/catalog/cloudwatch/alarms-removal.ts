import { CloudWatchClient, DeleteAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import type { Removal } from "../contract.ts";
import type { Alarm } from "./alarms.ts";

/**
 * One alarm a call: several composite ones are refused, and a call for many would tell of the wrong names only.
 * Source: CloudWatch API reference, DeleteAlarms.
 */
export const alarmRemoval: Removal = {
  inspect({ id, state, configuration }) {
    // Source: Amazon EC2 Auto Scaling user guide, "Target tracking scaling policies".
    if (id.startsWith("TargetTracking-"))
      return { refuses: "it belongs to a target tracking scaling policy, which makes and removes it itself" };
    const { AlarmConfigurationUpdatedTimestamp: put } = configuration as Alarm;
    // Alarms have no date of creation: one of the same name that came later was put later.
    return { words: state ?? "in an unknown state", identity: { put: put ? new Date(put).toISOString() : null } };
  },
  remove: (scope, { id }) => scope.writer(CloudWatchClient).send(new DeleteAlarmsCommand({ AlarmNames: [id] })),
};
