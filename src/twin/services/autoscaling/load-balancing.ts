import type { Call } from "../../service.ts";
import { targetGroups } from "../elasticloadbalancingv2/rows.ts";
import { type GroupRow, isSuspended } from "./group.ts";

/** Registers members with target groups. While AddToLoadBalancer is suspended they are not, and not made up for later. */
export function register(
  group: GroupRow,
  call: Call,
  ids: readonly string[],
  arns = group.TargetGroupARNs ?? [],
): void {
  if (isSuspended(group, "AddToLoadBalancer")) return;
  for (const arn of arns) {
    const row = targetGroups(call).get(arn);
    if (row) row.targets = [...row.targets, ...ids.map((Id) => ({ Id, Port: row.it.Port }))];
  }
}

export function deregister(
  group: GroupRow,
  call: Call,
  ids: ReadonlySet<string>,
  arns = group.TargetGroupARNs ?? [],
): void {
  for (const arn of arns) {
    const row = targetGroups(call).get(arn);
    if (row) row.targets = row.targets.filter(({ Id }) => !ids.has(Id ?? ""));
  }
}
