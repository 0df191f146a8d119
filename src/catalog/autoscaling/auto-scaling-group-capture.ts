import {
  AutoScalingClient,
  type AutoScalingGroup,
  DescribeAutoScalingGroupsCommand,
} from "@aws-sdk/client-auto-scaling";
import { isJsonObject, type JsonObject, toJson } from "../../model/json.ts";
import type { PauseState, ReadScope } from "../contract.ts";
import { type Health, healthOf } from "./auto-scaling-group-health.ts";

/**
 * What must not happen while members are stopped. AddToLoadBalancer is none of it: members launched while it is suspended
 * are never added later. Source: Auto Scaling user guide, "Suspend and resume Amazon EC2 Auto Scaling processes".
 */
export const SUSPENDED = [
  "HealthCheck",
  "ReplaceUnhealthy",
  "AZRebalance",
  "AlarmNotification",
  "ScheduledActions",
  "Launch",
  "Terminate",
  "InstanceRefresh",
] as const;

/** The group by its name; undefined = gone. */
export async function groupNamed(scope: ReadScope, name: string): Promise<AutoScalingGroup | undefined> {
  const asked = new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] });
  return (await scope.client(AutoScalingClient).send(asked)).AutoScalingGroups?.[0];
}

/** Reads sizes, members and suspended processes; and how members do, while nothing would replace them. */
export async function capture(scope: ReadScope, name: string): Promise<PauseState | undefined> {
  const group = await groupNamed(scope, name);
  if (!group) return undefined;
  const saved = savedOf(group);
  const suspended = Object.keys(processesOf(saved));
  const phase = SUSPENDED.every((each) => suspended.includes(each)) ? "paused" : "running";
  if (!suspended.includes("ReplaceUnhealthy"))
    return { phase, saved, words: `${count(inService(group))} in service`, live: { inService: inService(group) } };
  const health = await healthOf(scope, group);
  const scaling = phase === "paused" ? "scaling is suspended" : "replacing is suspended";
  return { phase, saved, words: `${scaling}, ${inWords(health)}`, live: toJson(health) as JsonObject };
}

/** `2 of 3 members pass their checks` */
export function inWords({ passing, members }: Health): string {
  return `${passing} of ${count(members)} pass their checks`;
}

function inService({ Instances = [] }: AutoScalingGroup): number {
  return Instances.filter(({ LifecycleState }) => LifecycleState === "InService").length;
}

const count = (members: number) => (members === 1 ? "1 member" : `${members} members`);

/** Everything that a resume must find again. */
export function savedOf(group: AutoScalingGroup): JsonObject {
  const staying = (group.Instances ?? []).filter(
    ({ LifecycleState }) => !/^(Terminat|Detach)/.test(LifecycleState ?? ""),
  );
  const guarded = staying.filter(({ ProtectedFromScaleIn }) => ProtectedFromScaleIn);
  const standby = staying.filter(({ LifecycleState }) => /Standby$/.test(LifecycleState ?? ""));
  const processes = (group.SuspendedProcesses ?? []).map(
    ({ ProcessName = "", SuspensionReason = "" }) => [ProcessName, SuspensionReason] as const,
  );
  return toJson({
    arn: group.AutoScalingGroupARN,
    min: group.MinSize,
    max: group.MaxSize,
    desired: group.DesiredCapacity,
    members: idsOf(staying),
    ...(guarded.length > 0 ? { protected: idsOf(guarded) } : {}),
    ...(standby.length > 0 ? { standby: idsOf(standby) } : {}),
    suspended: Object.fromEntries(processes.sort(([a], [b]) => (a < b ? -1 : 1))),
    ...(group.WarmPoolConfiguration ? { warmPool: group.WarmPoolSize ?? 0 } : {}),
    ...(group.Operator ? { operator: group.Operator.Principal ?? "an AWS service" } : {}),
  }) as JsonObject;
}

const idsOf = (members: NonNullable<AutoScalingGroup["Instances"]>) => members.map((each) => each.InstanceId).sort();

/** Suspended processes with AWS's words for why. */
export function processesOf({ suspended }: JsonObject): Readonly<Record<string, string>> {
  return isJsonObject(suspended) ? (suspended as Record<string, string>) : {};
}

/**
 * Whether somebody of the account suspended it. AWS itself suspends a group whose launches have failed for a day; what it
 * has suspended is not ours to bring back. Only a reason that says so counts: AWS does not document the wording, and to
 * take our own suspension for AWS's would leave a group suspended for ever.
 * Source: Auto Scaling user guide, "Suspend and resume processes", administrative suspension.
 */
export function isByUser(reason: string): boolean {
  return !/administrat/i.test(reason);
}
