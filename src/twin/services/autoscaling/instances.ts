import { type Call, type Operations, page } from "../../service.ts";
import { type GroupRow, groupNamed, groups, type InstanceRow, invalid } from "./group.ts";
import { checkHealth, settle, terminateMembers } from "./members.ts";

type AutoScaling = typeof import("@aws-sdk/client-auto-scaling");

function members(group: GroupRow, ids: readonly string[] | undefined): InstanceRow[] {
  return (ids ?? []).map((id) => {
    const found = group.Instances.find(({ InstanceId }) => InstanceId === id);
    if (!found) throw invalid(`The instance ${id} is not part of Auto Scaling group ${group.AutoScalingGroupName}.`);
    return found;
  });
}

function activity(group: GroupRow, call: Call, Description: string): object {
  return {
    ActivityId: call.uuid(),
    AutoScalingGroupName: group.AutoScalingGroupName,
    Cause: `At ${call.now()} instances were moved in response to a user request.`,
    StartTime: call.now(),
    StatusCode: "InProgress",
    Description,
    Progress: 50,
  };
}

function lowerDesired(group: GroupRow, by: number): void {
  if (group.DesiredCapacity - by < group.MinSize)
    throw invalid(
      `AutoScalingGroup ${group.AutoScalingGroupName} has min-size=${group.MinSize}, max-size=${group.MaxSize}, and desired-size=${group.DesiredCapacity}. To place into standby ${by} instance, please update the AutoScalingGroup sizes appropriately.`,
    );
  group.DesiredCapacity -= by;
}

/** The members of a group: standby, protection, termination. */
export const instanceOperations = {
  DescribeAutoScalingInstances(input, call) {
    for (const group of groups(call).all()) checkHealth(group, call);
    const found = groups(call)
      .all()
      .flatMap((group) =>
        group.Instances.map((each) => ({ ...each, AutoScalingGroupName: group.AutoScalingGroupName })),
      )
      .filter(({ InstanceId }) => input.InstanceIds?.includes(InstanceId) ?? true)
      .map((each) => ({ ...each, HealthStatus: each.HealthStatus.toUpperCase() }));
    const { items, next } = page(found, { token: input.NextToken, max: input.MaxRecords ?? 50 }, { max: 50 });
    return { AutoScalingInstances: items, NextToken: next };
  },

  EnterStandby(input, call) {
    const group = groupNamed(call, input.AutoScalingGroupName);
    const leaving = members(group, input.InstanceIds);
    if (input.ShouldDecrementDesiredCapacity) lowerDesired(group, leaving.length);
    for (const each of leaving) each.LifecycleState = "Standby";
    settle(group, call);
    return {
      Activities: leaving.map((each) => activity(group, call, `Moving EC2 instance to Standby: ${each.InstanceId}`)),
    };
  },
  ExitStandby(input, call) {
    const group = groupNamed(call, input.AutoScalingGroupName);
    const coming = members(group, input.InstanceIds);
    for (const each of coming) each.LifecycleState = "InService";
    group.DesiredCapacity += coming.length;
    return {
      Activities: coming.map((each) => activity(group, call, `Moving EC2 instance out of Standby: ${each.InstanceId}`)),
    };
  },

  SetInstanceProtection(input, call) {
    const group = groupNamed(call, input.AutoScalingGroupName);
    for (const each of members(group, input.InstanceIds))
      each.ProtectedFromScaleIn = input.ProtectedFromScaleIn ?? false;
  },

  TerminateInstanceInAutoScalingGroup(input, call) {
    const id = input.InstanceId ?? "";
    const group = groups(call)
      .all()
      .find(({ Instances }) => Instances.some(({ InstanceId }) => InstanceId === id));
    if (!group) throw invalid(`Instance Id not found - No managed instance found for instance ID: ${id}`);
    if (input.ShouldDecrementDesiredCapacity) lowerDesired(group, 1);
    terminateMembers(group, call, members(group, [id]));
    settle(group, call);
    return { Activity: activity(group, call, `Terminating EC2 instance: ${id}`) };
  },
} satisfies Operations<AutoScaling>;
