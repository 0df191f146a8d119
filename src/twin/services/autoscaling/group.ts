import type { AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
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

export const groups = (call: Call): Table<GroupRow> => call.table<GroupRow>("autoscaling.group");

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

const isSuspended = (group: GroupRow, name: string) =>
  group.SuspendedProcesses.some(({ ProcessName }) => ProcessName === name);

/** Launches and terminates until the group has as many instances in service as it wants and as its processes allow. */
export function settle(group: GroupRow, call: Call): void {
  const inService = () => group.Instances.filter(({ LifecycleState }) => LifecycleState === "InService");
  const missing = group.DesiredCapacity - inService().length;
  if (missing > 0 && !isSuspended(group, "Launch"))
    for (let count = 0; count < missing; count++) group.Instances.push(launched(group, call, count));
  if (missing < 0 && !isSuspended(group, "Terminate")) {
    const expendable = inService().filter(({ ProtectedFromScaleIn }) => !ProtectedFromScaleIn);
    const leaving = new Set(expendable.slice(0, -missing).map(({ InstanceId }) => InstanceId));
    group.Instances = group.Instances.filter(({ InstanceId }) => !leaving.has(InstanceId));
  }
}

function launched(group: GroupRow, call: Call, count: number): InstanceRow {
  const zones = group.AvailabilityZones ?? [];
  return {
    InstanceId: call.id("i-"),
    InstanceType: group.MixedInstancesPolicy?.LaunchTemplate?.Overrides?.[0]?.InstanceType ?? "t3.micro",
    AvailabilityZone: zones[count % Math.max(1, zones.length)] ?? `${call.region}a`,
    LifecycleState: "InService",
    HealthStatus: "Healthy",
    ProtectedFromScaleIn: group.NewInstancesProtectedFromScaleIn ?? false,
  };
}
