import type { LaunchConfiguration, LifecycleHook, ScheduledUpdateGroupAction } from "@aws-sdk/client-auto-scaling";
import { AwsFault, type Call, type Operations, page, type Stored, type Table } from "../../service.ts";
import { groupNamed, groups, invalid } from "./group.ts";

type AutoScaling = typeof import("@aws-sdk/client-auto-scaling");

const schedules = (call: Call): Table<Stored<ScheduledUpdateGroupAction>> => call.table("autoscaling.scheduled-action");
const hooks = (call: Call): Table<Stored<LifecycleHook>> => call.table("autoscaling.lifecycle-hook");
const configurations = (call: Call): Table<Stored<LaunchConfiguration>> =>
  call.table("autoscaling.launch-configuration");

const keyOf = (group: string | undefined, name: string | undefined) => `${group}/${name}`;

/** What hangs on a group by its name, and launch configurations. */
export const scheduleOperations = {
  PutScheduledUpdateGroupAction(input, call) {
    const { AutoScalingGroupName: group, ScheduledActionName: name } = input;
    groupNamed(call, group);
    const arn = call.arn(
      "autoscaling",
      `scheduledUpdateGroupAction:${call.uuid()}:autoScalingGroupName/${group}:scheduledActionName/${name}`,
    );
    const before = schedules(call).get(keyOf(group, name));
    const StartTime = input.StartTime ?? input.Time;
    const row = { ...before, ...input, ScheduledActionARN: before?.ScheduledActionARN ?? arn };
    schedules(call).put(keyOf(group, name), { ...row, ...(StartTime ? { StartTime, Time: StartTime } : {}) });
  },
  DescribeScheduledActions(input, call) {
    const found = schedules(call)
      .all()
      .filter((each) => !input.AutoScalingGroupName || each.AutoScalingGroupName === input.AutoScalingGroupName)
      .filter((each) => input.ScheduledActionNames?.includes(each.ScheduledActionName ?? "") ?? true);
    const { items, next } = page(found, { token: input.NextToken, max: input.MaxRecords ?? 50 }, { max: 100 });
    return { ScheduledUpdateGroupActions: items, NextToken: next };
  },
  DeleteScheduledAction(input, call) {
    if (!schedules(call).delete(keyOf(input.AutoScalingGroupName, input.ScheduledActionName)))
      throw invalid("Scheduled action name not found");
  },

  PutLifecycleHook(input, call) {
    groupNamed(call, input.AutoScalingGroupName);
    const row = { HeartbeatTimeout: 3600, GlobalTimeout: 172800, DefaultResult: "ABANDON", ...input };
    hooks(call).put(keyOf(input.AutoScalingGroupName, input.LifecycleHookName), row);
  },
  DescribeLifecycleHooks(input, call) {
    groupNamed(call, input.AutoScalingGroupName);
    const mine = hooks(call)
      .all()
      .filter((each) => each.AutoScalingGroupName === input.AutoScalingGroupName);
    return {
      LifecycleHooks: mine.filter((each) => input.LifecycleHookNames?.includes(each.LifecycleHookName ?? "") ?? true),
    };
  },
  DeleteLifecycleHook(input, call) {
    if (!hooks(call).delete(keyOf(input.AutoScalingGroupName, input.LifecycleHookName)))
      throw invalid("No Lifecycle Hook found");
  },

  CreateLaunchConfiguration(input, call) {
    const name = input.LaunchConfigurationName ?? "";
    if (configurations(call).get(name))
      throw new AwsFault("AlreadyExists", "Launch Configuration by this name already exists");
    const { InstanceId: _, ...settings } = input;
    configurations(call).put(name, {
      SecurityGroups: [],
      BlockDeviceMappings: [],
      InstanceMonitoring: { Enabled: true },
      EbsOptimized: false,
      ...settings,
      LaunchConfigurationName: name,
      ImageId: input.ImageId ?? "",
      InstanceType: input.InstanceType ?? "t3.micro",
      LaunchConfigurationARN: call.arn(
        "autoscaling",
        `launchConfiguration:${call.uuid()}:launchConfigurationName/${name}`,
      ),
      CreatedTime: call.now(),
    });
  },
  DescribeLaunchConfigurations(input, call) {
    const names = input.LaunchConfigurationNames ?? [];
    const found = configurations(call)
      .all()
      .filter((each) => names.length === 0 || names.includes(each.LaunchConfigurationName ?? ""));
    const { items, next } = page(found, { token: input.NextToken, max: input.MaxRecords ?? 50 }, { max: 100 });
    return { LaunchConfigurations: items, NextToken: next };
  },
  DeleteLaunchConfiguration(input, call) {
    const name = input.LaunchConfigurationName;
    const user = groups(call)
      .all()
      .find(({ LaunchConfigurationName }) => name !== undefined && LaunchConfigurationName === name);
    if (user)
      throw new AwsFault(
        "ResourceInUse",
        `Cannot delete launch configuration ${name} because it is attached to AutoScalingGroup ${user.AutoScalingGroupName}`,
      );
    if (!configurations(call).delete(input.LaunchConfigurationName ?? ""))
      throw invalid(
        `Launch configuration name not found - Launch configuration ${input.LaunchConfigurationName} not found`,
      );
  },
} satisfies Operations<AutoScaling>;
