import type { LaunchConfiguration } from "@aws-sdk/client-auto-scaling";
import { AwsFault, type Call, type Stored } from "../../service.ts";
import { INSTANCE } from "../ec2/compute-kinds.ts";
import { turnOver } from "../ec2/instance-moves.ts";
import { terminate } from "../ec2/instance-states.ts";
import { launch } from "../ec2/launch.ts";
import { type LaunchRequest, withTemplate } from "../ec2/launch-request.ts";
import { SUBNET } from "../ec2/network-kinds.ts";
import { has } from "../ec2/rows.ts";
import { DELETING, type GroupRow, type InstanceRow, isSuspended } from "./group.ts";
import { deregister, register } from "./load-balancing.ts";

const subnetsOf = (group: GroupRow): string[] => (group.VPCZoneIdentifier ?? "").split(",").filter((id) => id !== "");

/** The group's members are spread over its zones: the next one goes where fewest are. */
function emptiest(group: GroupRow, zones: readonly string[]): string | undefined {
  const count = (zone: string) => group.Instances.filter(({ AvailabilityZone }) => AvailabilityZone === zone).length;
  return [...zones].sort((a, b) => count(a) - count(b))[0];
}

/** A launch configuration says the same as a template, in other words. */
function fromConfiguration(call: Call, name: string | undefined): LaunchRequest | undefined {
  const found = call.table<Stored<LaunchConfiguration>>("autoscaling.launch-configuration").get(name ?? "");
  if (!found) return undefined;
  const { ImageId, InstanceType, KeyName, SecurityGroups, UserData, IamInstanceProfile: profile } = found;
  const named = profile
    ? { IamInstanceProfile: profile.startsWith("arn:") ? { Arn: profile } : { Name: profile } }
    : {};
  return {
    ImageId,
    InstanceType: InstanceType as NonNullable<LaunchRequest["InstanceType"]>,
    ...(KeyName ? { KeyName } : {}),
    ...(UserData ? { UserData } : {}),
    ...(SecurityGroups?.length ? { SecurityGroupIds: SecurityGroups } : {}),
    ...named,
  };
}

function requestOf(group: GroupRow, call: Call): LaunchRequest | undefined {
  const mixed = group.MixedInstancesPolicy?.LaunchTemplate;
  const [override] = mixed?.Overrides ?? [];
  const LaunchTemplate =
    group.LaunchTemplate ?? override?.LaunchTemplateSpecification ?? mixed?.LaunchTemplateSpecification;
  const type = override?.InstanceType as NonNullable<LaunchRequest["InstanceType"]> | undefined;
  if (LaunchTemplate) return { LaunchTemplate, ...(type ? { InstanceType: type } : {}) };
  return fromConfiguration(call, group.LaunchConfigurationName);
}

/** Whether the world holds what a launch needs. A world made from a scan need not hold templates and subnets. */
function isComplete(call: Call, request: LaunchRequest, subnet: string | undefined): boolean {
  if (subnet && !has(SUBNET, call, subnet)) return false;
  try {
    return Boolean(withTemplate(call, request).request.ImageId);
  } catch (error) {
    if (error instanceof AwsFault) return false;
    throw error;
  }
}

function launched(group: GroupRow, call: Call): Pick<InstanceRow, "InstanceId" | "InstanceType" | "AvailabilityZone"> {
  const request = requestOf(group, call);
  const byZone = new Map(
    subnetsOf(group).map((id) => [has(SUBNET, call, id)?.AvailabilityZone ?? `${call.region}a`, id]),
  );
  const zone = emptiest(group, byZone.size > 0 ? [...byZone.keys()] : (group.AvailabilityZones ?? []));
  const SubnetId = byZone.get(zone ?? "");
  const AvailabilityZone = zone ?? `${call.region}a`;
  if (!request || !isComplete(call, request, SubnetId))
    return { InstanceId: call.id("i-"), InstanceType: request?.InstanceType ?? "t3.micro", AvailabilityZone };
  const given = Object.entries(group.tags).filter(([, tag]) => tag.propagate);
  const Tags = given.map(([Key, tag]) => ({ Key, Value: tag.value }));
  const place = SubnetId ? { SubnetId } : { Placement: { AvailabilityZone } };
  const system = { "aws:autoscaling:groupName": group.AutoScalingGroupName };
  const asked = { ...request, ...place, TagSpecifications: [{ ResourceType: "instance" as const, Tags }] };
  const [instance] = launch(call, asked, system);
  return {
    InstanceId: instance?.InstanceId ?? "",
    InstanceType: instance?.InstanceType ?? "",
    AvailabilityZone: instance?.Placement?.AvailabilityZone ?? AvailabilityZone,
  };
}

/** Takes members out of the group and terminates them. */
export function terminateMembers(group: GroupRow, call: Call, leaving: readonly InstanceRow[]): void {
  const gone = new Set(leaving.map(({ InstanceId }) => InstanceId));
  group.Instances = group.Instances.filter(({ InstanceId }) => !gone.has(InstanceId));
  deregister(group, call, gone);
  for (const id of gone) {
    const instance = has(INSTANCE, call, id);
    if (instance) terminate(call, instance);
  }
}

/** How long a member takes to leave: deregistration and shutdown. About what a small instance behind no hook takes. */
export const LEAVING_MS = 30_000;

const departures = (call: Call) => call.table<{ until: number }>("autoscaling.departure");

/** Terminates members, which the group tells of as `Terminating` until they have left. */
export function scaleIn(group: GroupRow, call: Call, leaving: readonly InstanceRow[]): void {
  const before = group.Instances;
  terminateMembers(group, call, leaving);
  for (const { InstanceId } of leaving) departures(call).put(InstanceId, { until: call.millis() + LEAVING_MS });
  group.Instances = before.map((each) => (leaving.includes(each) ? { ...each, LifecycleState: "Terminating" } : each));
}

function dropDeparted(group: GroupRow, call: Call): void {
  group.Instances = group.Instances.filter(
    ({ InstanceId, LifecycleState }) =>
      LifecycleState !== "Terminating" || (departures(call).get(InstanceId)?.until ?? 0) > call.millis(),
  );
}

/** Launches and terminates until the group has as many instances in service as it wants and as its processes allow. */
export function settle(group: GroupRow, call: Call): void {
  const inService = group.Instances.filter(({ LifecycleState }) => LifecycleState === "InService");
  const missing = group.DesiredCapacity - inService.length;
  if (missing < 0 && !isSuspended(group, "Terminate")) {
    const expendable = inService.filter(({ ProtectedFromScaleIn }) => !ProtectedFromScaleIn);
    scaleIn(group, call, expendable.slice(0, -missing));
  }
  if (isSuspended(group, "Launch")) return;
  for (let count = 0; count < missing; count++) {
    const member = launched(group, call);
    const ProtectedFromScaleIn = group.NewInstancesProtectedFromScaleIn ?? false;
    group.Instances.push({ ...member, LifecycleState: "InService", HealthStatus: "Healthy", ProtectedFromScaleIn });
    register(group, call, [member.InstanceId]);
  }
}

/**
 * Members that were stopped or terminated behind the group's back are unhealthy and replaced, as far as the group's
 * processes allow. Looked at with every call to the group, because the twin has no background.
 */
export function checkHealth(group: GroupRow, call: Call): void {
  turnOver(call);
  dropDeparted(group, call);
  if (group.Status === DELETING) return;
  if (isSuspended(group, "HealthCheck")) return;
  for (const member of group.Instances) {
    const state = has(INSTANCE, call, member.InstanceId)?.State?.Name;
    if (member.LifecycleState === "InService" && state !== undefined && state !== "running" && state !== "pending")
      member.HealthStatus = "Unhealthy";
  }
  if (isSuspended(group, "ReplaceUnhealthy") || isSuspended(group, "Terminate")) return;
  const unhealthy = group.Instances.filter(({ HealthStatus }) => HealthStatus === "Unhealthy");
  if (unhealthy.length === 0) return;
  terminateMembers(group, call, unhealthy);
  settle(group, call);
}
