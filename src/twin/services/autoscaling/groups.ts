import { depart } from "../../departing.ts";
import { AwsFault, type Call, type Operations, page } from "../../service.ts";
import { SUBNET } from "../ec2/network-kinds.ts";
import { has } from "../ec2/rows.ts";
import { changeable, DELETING, GROUP, type GroupRow, groupNamed, groups, invalid, tagsOf } from "./group.ts";
import { checkHealth, LEAVING_MS, scaleIn, settle } from "./members.ts";

type AutoScaling = typeof import("@aws-sdk/client-auto-scaling");

/** Members of a request that are no settings of the group. */
const NOT_SETTINGS = ["Tags", "LifecycleHookSpecificationList", "InstanceId", "SkipZonalShiftValidation"];

function settingsOf(input: object): Partial<GroupRow> {
  return Object.fromEntries(Object.entries(input).filter(([name]) => !NOT_SETTINGS.includes(name)));
}

/** Where a group without zones of its own finds them: in its subnets. */
function zonesOf(subnets: string | undefined, call: Call): string[] {
  const zones = (subnets ?? "").split(",").map((id) => {
    const subnet = has(SUBNET, call, id);
    return subnet?.AvailabilityZone ?? `${call.region}a`;
  });
  return [...new Set(zones)];
}

function checkSizes({ MinSize, MaxSize, DesiredCapacity }: GroupRow): void {
  if (MinSize > MaxSize) throw invalid(`Max bound, ${MaxSize}, must be greater than or equal to min bound, ${MinSize}`);
  checkDesired(DesiredCapacity, MinSize, MaxSize);
}

function checkDesired(desired: number, min: number, max: number): void {
  if (desired < min)
    throw invalid(`New SetDesiredCapacity value ${desired} is below min value ${min} for the AutoScalingGroup.`);
  if (desired > max)
    throw invalid(`New SetDesiredCapacity value ${desired} is above max value ${max} for the AutoScalingGroup.`);
}

type Filter = { Name?: string | undefined; Values?: string[] | undefined };

function matches(group: GroupRow, { Name = "", Values = [] }: Filter): boolean {
  if (Name === "tag-key") return Values.some((key) => key in group.tags);
  if (Name === "tag-value") return Object.values(group.tags).some(({ value }) => Values.includes(value));
  if (Name.startsWith("tag:")) return Values.includes(group.tags[Name.slice(4)]?.value ?? "\0");
  throw invalid(`Filter type ${Name} is not correct.`);
}

function described(row: GroupRow): object {
  const { tags: _, ...group } = row;
  return { ...group, Tags: tagsOf(row) };
}

/** Its lifecycle hooks and scheduled actions go with it. */
function dropHangers(call: Call, group: string): void {
  for (const kind of ["autoscaling.lifecycle-hook", "autoscaling.scheduled-action"]) {
    const table = call.table<{ LifecycleHookName?: string; ScheduledActionName?: string }>(kind);
    for (const { LifecycleHookName, ScheduledActionName } of table.all())
      table.delete(`${group}/${LifecycleHookName ?? ScheduledActionName}`);
  }
}

export const groupOperations = {
  CreateAutoScalingGroup(input, call) {
    const name = input.AutoScalingGroupName ?? "";
    if (groups(call).get(name))
      throw new AwsFault(
        "AlreadyExists",
        `AutoScalingGroup by this name already exists - A group with the name ${name} already exists`,
      );
    if (!input.LaunchTemplate && !input.LaunchConfigurationName && !input.MixedInstancesPolicy && !input.InstanceId)
      throw invalid(
        "Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter.",
      );
    const settings = settingsOf(input);
    const linkedRole = "role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling";
    const group: GroupRow = {
      DefaultCooldown: 300,
      AvailabilityZones: zonesOf(input.VPCZoneIdentifier, call),
      LoadBalancerNames: [],
      TargetGroupARNs: [],
      HealthCheckType: "EC2",
      HealthCheckGracePeriod: 0,
      EnabledMetrics: [],
      TerminationPolicies: ["Default"],
      NewInstancesProtectedFromScaleIn: false,
      ServiceLinkedRoleARN: call.globalArn("iam", linkedRole),
      TrafficSources: [],
      ...settings,
      AutoScalingGroupName: name,
      AutoScalingGroupARN: call.arn("autoscaling", `autoScalingGroup:${call.uuid()}:autoScalingGroupName/${name}`),
      MinSize: input.MinSize ?? 0,
      MaxSize: input.MaxSize ?? 0,
      DesiredCapacity: input.DesiredCapacity ?? input.MinSize ?? 0,
      CreatedTime: call.now(),
      Instances: [],
      SuspendedProcesses: [],
      tags: Object.fromEntries(
        (input.Tags ?? []).map((tag) => [
          tag.Key ?? "",
          { value: tag.Value ?? "", propagate: tag.PropagateAtLaunch ?? false },
        ]),
      ),
    };
    checkSizes(group);
    settle(groups(call).put(name, group), call);
  },

  DescribeAutoScalingGroups(input, call) {
    for (const group of groups(call).all()) checkHealth(group, call);
    const names = input.AutoScalingGroupNames ?? [];
    const found = groups(call)
      .all()
      .filter((group) => names.length === 0 || names.includes(group.AutoScalingGroupName))
      .filter((group) => (input.Filters ?? []).every((filter) => matches(group, filter)));
    const { items, next } = page(found, { token: input.NextToken, max: input.MaxRecords ?? 50 }, { max: 100 });
    return { AutoScalingGroups: items.map(described), NextToken: next };
  },

  /** A minimum above the desired capacity lifts it, a maximum below lowers it. Source: API reference, UpdateAutoScalingGroup. */
  UpdateAutoScalingGroup(input, call) {
    const group = changeable(call, input.AutoScalingGroupName);
    const next = { ...group, ...settingsOf(input) };
    if (input.DesiredCapacity === undefined)
      next.DesiredCapacity = Math.min(next.MaxSize, Math.max(next.MinSize, next.DesiredCapacity));
    if (input.VPCZoneIdentifier) next.AvailabilityZones = zonesOf(input.VPCZoneIdentifier, call);
    checkSizes(next);
    Object.assign(group, next);
    if (input.LaunchTemplate || input.MixedInstancesPolicy) delete group.LaunchConfigurationName;
    if (input.LaunchTemplate) delete group.MixedInstancesPolicy;
    if (input.MixedInstancesPolicy) delete group.LaunchTemplate;
    settle(group, call);
  },

  SetDesiredCapacity(input, call) {
    const group = changeable(call, input.AutoScalingGroupName);
    checkDesired(input.DesiredCapacity ?? 0, group.MinSize, group.MaxSize);
    group.DesiredCapacity = input.DesiredCapacity ?? 0;
    settle(group, call);
  },

  DeleteAutoScalingGroup(input, call) {
    const group = groupNamed(call, input.AutoScalingGroupName);
    if (group.Instances.length > 0 && !input.ForceDelete)
      throw new AwsFault(
        "ResourceInUse",
        "You cannot delete an AutoScalingGroup while there are instances or pending Spot instance request(s) still in the group.",
      );
    if (
      group.DeletionProtection === "prevent-all-deletion" ||
      (input.ForceDelete && group.DeletionProtection === "prevent-force-deletion")
    )
      throw invalid(
        `AutoScalingGroup ${group.AutoScalingGroupName} has deletion protection ${group.DeletionProtection}.`,
      );
    if (group.Status === DELETING) return;
    dropHangers(call, group.AutoScalingGroupName);
    if (group.Instances.length === 0) return void groups(call).delete(group.AutoScalingGroupName);
    group.Status = DELETING;
    scaleIn(group, call, group.Instances);
    depart(call, GROUP, group.AutoScalingGroupName, LEAVING_MS);
  },
} satisfies Operations<AutoScaling>;
