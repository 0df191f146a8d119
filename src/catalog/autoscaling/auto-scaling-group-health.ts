import type { AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import {
  DescribeInstanceStatusCommand,
  EC2Client,
  type InstanceStatus,
  paginateDescribeInstances,
} from "@aws-sdk/client-ec2";
import { DescribeTargetHealthCommand, ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { ReadScope } from "../contract.ts";
import { collect, orGone } from "../reading.ts";

/** How many members pass the group's health checks, and how many may still come to it by themselves. */
export interface Health {
  readonly members: number;
  readonly passing: number;
  readonly stopped: number;
}

/** DescribeInstanceStatus takes no more ids than this. Source: EC2 API reference. */
const AT_ONCE = 100;

/**
 * Judges members as the group's own health checks will once they are back: one that fails then is replaced at once, and
 * never counts as healthy again. Source: Auto Scaling user guide, "Health checks for instances in an Auto Scaling group".
 */
export async function healthOf(scope: ReadScope, group: AutoScalingGroup): Promise<Health> {
  const judged = (group.Instances ?? []).filter(
    ({ LifecycleState }) => !/^(Standby|Terminat|Detach)/.test(LifecycleState ?? ""),
  );
  const ids = judged.map(({ InstanceId }) => InstanceId ?? "");
  const states = await statesOf(scope, ids);
  const running = ids.filter((id) => states.get(id) === "running");
  const checks = group.HealthCheckType?.split(",") ?? [];
  const sound = await passingStatusChecks(scope, running, checks.includes("EBS"));
  const failing = checks.includes("ELB") ? await failingTargets(scope, group.TargetGroupARNs ?? []) : new Set<string>();
  const marked = new Set(
    judged.filter(({ HealthStatus }) => HealthStatus !== "Healthy").map(({ InstanceId }) => InstanceId),
  );
  return {
    members: states.size,
    passing: running.filter((id) => sound.has(id) && !failing.has(id) && !marked.has(id)).length,
    stopped: [...states.values()].filter((state) => state === "stopped").length,
  };
}

/** States by id; a member that is terminated is left out, because only a new one can come in its place. */
async function statesOf(scope: ReadScope, ids: readonly string[]): Promise<Map<string, string>> {
  const paging = { client: scope.client(EC2Client), pageSize: scope.pageSize(1000, 5) };
  const states = new Map<string, string>();
  for (const Values of chunks(ids)) {
    // A filter, because asking by ids fails as a whole when one of them is gone.
    const pages = paginateDescribeInstances(paging, { Filters: [{ Name: "instance-id", Values }] });
    const reservations = await collect(pages, (page) => page.Reservations);
    for (const { InstanceId = "", State } of reservations.flatMap(({ Instances }) => Instances ?? []))
      if (State?.Name !== "terminated" && State?.Name !== "shutting-down") states.set(InstanceId, State?.Name ?? "");
  }
  return states;
}

async function passingStatusChecks(scope: ReadScope, ids: readonly string[], ebs: boolean): Promise<Set<string>> {
  const passing = new Set<string>();
  for (const InstanceIds of chunks(ids)) {
    // Undefined = one was terminated since its state was read: none of them passes this time.
    const answer = await orGone(scope.client(EC2Client).send(new DescribeInstanceStatusCommand({ InstanceIds })));
    for (const each of answer?.InstanceStatuses ?? []) if (isSound(each, ebs)) passing.add(each.InstanceId ?? "");
  }
  return passing;
}

function isSound({ InstanceStatus, SystemStatus, AttachedEbsStatus }: InstanceStatus, ebs: boolean): boolean {
  const seen = [InstanceStatus, SystemStatus, ...(ebs ? [AttachedEbsStatus] : [])];
  return seen.every((status) => status === undefined || status.Status === "ok" || status.Status === "not-applicable");
}

/** Instances that a load balancer does not find healthy (yet). `unused` targets get no traffic and no checks. */
async function failingTargets(scope: ReadScope, arns: readonly string[]): Promise<Set<string>> {
  const client = scope.client(ElasticLoadBalancingV2Client);
  const failing = new Set<string>();
  for (const TargetGroupArn of arns) {
    const answer = await orGone(client.send(new DescribeTargetHealthCommand({ TargetGroupArn })));
    for (const { Target, TargetHealth } of answer?.TargetHealthDescriptions ?? [])
      if (!["healthy", "unused", "unavailable"].includes(TargetHealth?.State ?? "")) failing.add(Target?.Id ?? "");
  }
  return failing;
}

function chunks(ids: readonly string[]): string[][] {
  const count = Math.ceil(ids.length / AT_ONCE);
  return Array.from({ length: count }, (_, index) => ids.slice(index * AT_ONCE, (index + 1) * AT_ONCE));
}
