import type { AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import { present } from "../../departing.ts";
import { AwsFault, type Call, type Stored, type Table } from "../../service.ts";

/** A group as AWS describes it, without its tags, which stand apart. */
export type GroupRow = Omit<Stored<AutoScalingGroup>, "Tags" | "Instances" | "SuspendedProcesses"> & {
  AutoScalingGroupName: string;
  MinSize: number;
  MaxSize: number;
  DesiredCapacity: number;
  Instances: InstanceRow[];
  SuspendedProcesses: { ProcessName: string; SuspensionReason: string }[];
  tags: Record<string, { value: string; propagate: boolean }>;
};

export interface InstanceRow {
  InstanceId: string;
  InstanceType: string;
  AvailabilityZone: string;
  LifecycleState: string;
  HealthStatus: string;
  ProtectedFromScaleIn: boolean;
}

export const GROUP = "autoscaling.group";

export const groups = (call: Call): Table<GroupRow> => present<GroupRow>(call, GROUP);

/** What a group that is being deleted has as its status. Source: API reference, AutoScalingGroup, `Status`. */
export const DELETING = "Delete in progress";

/** A group for a change of it. */
export function changeable(call: Call, name: string | undefined): GroupRow {
  const group = groupNamed(call, name);
  if (group.Status === DELETING)
    throw new AwsFault("ScalingActivityInProgress", `AutoScalingGroup '${name}' is pending delete.`);
  return group;
}

export function groupNamed(call: Call, name: string | undefined): GroupRow {
  const group = groups(call).get(name ?? "");
  if (!group) throw invalid(`AutoScalingGroup name not found - AutoScalingGroup '${name}' not found`);
  return group;
}

export function invalid(message: string): AwsFault {
  return new AwsFault("ValidationError", message);
}

export function tagsOf(group: GroupRow) {
  return Object.entries(group.tags).map(([Key, { value, propagate }]) => ({
    ResourceId: group.AutoScalingGroupName,
    ResourceType: "auto-scaling-group",
    Key,
    Value: value,
    PropagateAtLaunch: propagate,
  }));
}

/** The nine processes. Source: Auto Scaling user guide, "Suspend and resume processes". */
export const PROCESSES = [
  "Launch",
  "Terminate",
  "AddToLoadBalancer",
  "AlarmNotification",
  "AZRebalance",
  "HealthCheck",
  "InstanceRefresh",
  "ReplaceUnhealthy",
  "ScheduledActions",
] as const;

export const isSuspended = (group: GroupRow, name: (typeof PROCESSES)[number]): boolean =>
  group.SuspendedProcesses.some(({ ProcessName }) => ProcessName === name);
