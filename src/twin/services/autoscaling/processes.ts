import { type Operations, page } from "../../service.ts";
import { type GroupRow, groupNamed, groups, invalid, PROCESSES, tagsOf } from "./group.ts";
import { deregister, register } from "./load-balancing.ts";
import { checkHealth, settle } from "./members.ts";

type AutoScaling = typeof import("@aws-sdk/client-auto-scaling");

const ALL_METRICS = [
  "GroupMinSize",
  "GroupMaxSize",
  "GroupDesiredCapacity",
  "GroupInServiceInstances",
  "GroupPendingInstances",
  "GroupStandbyInstances",
  "GroupTerminatingInstances",
  "GroupTotalInstances",
];

function processes(named: readonly string[] | undefined): readonly string[] {
  const wanted = named?.length ? named : PROCESSES;
  const foreign = wanted.find((name) => !(PROCESSES as readonly string[]).includes(name));
  if (foreign) throw invalid(`${foreign} is not a valid process type`);
  return wanted;
}

const idsOf = (group: GroupRow) => group.Instances.map(({ InstanceId }) => InstanceId);

/** Suspending, tags, target groups, metrics: what is set beside a group's own request. */
export const processOperations = {
  SuspendProcesses(input, call) {
    const group = groupNamed(call, input.AutoScalingGroupName);
    for (const ProcessName of processes(input.ScalingProcesses)) {
      if (group.SuspendedProcesses.some((each) => each.ProcessName === ProcessName)) continue;
      group.SuspendedProcesses.push({ ProcessName, SuspensionReason: `User suspended at ${call.now().slice(0, 19)}Z` });
    }
  },
  ResumeProcesses(input, call) {
    const group = groupNamed(call, input.AutoScalingGroupName);
    const resumed = processes(input.ScalingProcesses);
    group.SuspendedProcesses = group.SuspendedProcesses.filter(({ ProcessName }) => !resumed.includes(ProcessName));
    checkHealth(group, call);
    settle(group, call);
  },

  CreateOrUpdateTags(input, call) {
    for (const tag of input.Tags ?? [])
      groupNamed(call, tag.ResourceId).tags[tag.Key ?? ""] = {
        value: tag.Value ?? "",
        propagate: tag.PropagateAtLaunch ?? false,
      };
  },
  DeleteTags(input, call) {
    for (const tag of input.Tags ?? []) delete groupNamed(call, tag.ResourceId).tags[tag.Key ?? ""];
  },
  DescribeTags(input, call) {
    const wanted = (name: string) => input.Filters?.find((filter) => filter.Name === name)?.Values;
    const found = groups(call)
      .all()
      .flatMap(tagsOf)
      .filter((tag) => wanted("auto-scaling-group")?.includes(tag.ResourceId) ?? true)
      .filter((tag) => wanted("key")?.includes(tag.Key) ?? true)
      .filter((tag) => wanted("value")?.includes(tag.Value) ?? true);
    const { items, next } = page(found, { token: input.NextToken, max: input.MaxRecords ?? 50 }, { max: 100 });
    return { Tags: items, NextToken: next };
  },

  AttachLoadBalancerTargetGroups(input, call) {
    const group = groupNamed(call, input.AutoScalingGroupName);
    const known = group.TargetGroupARNs ?? [];
    const fresh = (input.TargetGroupARNs ?? []).filter((arn) => !known.includes(arn));
    group.TargetGroupARNs = [...known, ...fresh];
    register(group, call, idsOf(group), fresh);
  },
  DetachLoadBalancerTargetGroups(input, call) {
    const group = groupNamed(call, input.AutoScalingGroupName);
    const detached = input.TargetGroupARNs ?? [];
    group.TargetGroupARNs = (group.TargetGroupARNs ?? []).filter((arn) => !detached.includes(arn));
    deregister(group, call, new Set(idsOf(group)), detached);
  },

  EnableMetricsCollection(input, call) {
    const group = groupNamed(call, input.AutoScalingGroupName);
    const Granularity = input.Granularity ?? "1Minute";
    group.EnabledMetrics = (input.Metrics ?? ALL_METRICS).map((Metric) => ({ Metric, Granularity }));
  },
  DisableMetricsCollection(input, call) {
    const group = groupNamed(call, input.AutoScalingGroupName);
    const disabled = input.Metrics ?? ALL_METRICS;
    group.EnabledMetrics = (group.EnabledMetrics ?? []).filter(({ Metric }) => !disabled.includes(Metric ?? ""));
  },
} satisfies Operations<AutoScaling>;
