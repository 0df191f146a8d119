import type { TargetHealth } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Call } from "../../service.ts";
import { INSTANCE } from "../ec2/compute-kinds.ts";
import { isChecking, turnOver } from "../ec2/instance-moves.ts";
import { has } from "../ec2/rows.ts";
import type { TargetGroupRow } from "./rows.ts";

/** @param used whether a listener forwards to the group. Source: ELBv2 API reference, TargetHealth. */
export function healthOf(
  call: Call,
  { it, unhealthy }: TargetGroupRow,
  id: string | undefined,
  used: boolean,
): TargetHealth {
  turnOver(call);
  const state = has(INSTANCE, call, id)?.State?.Name;
  if (!used)
    return {
      State: "unused",
      Reason: "Target.NotInUse",
      Description: "Target group is not configured to receive traffic from the load balancer",
    };
  if (it.HealthCheckEnabled === false)
    return {
      State: "unavailable",
      Reason: "Target.HealthCheckDisabled",
      Description: "Health checks are not enabled for this target",
    };
  if (state !== undefined && state !== "running")
    return { State: "unused", Reason: "Target.InvalidState", Description: `Target is in the ${state} state` };
  if (isChecking(call, id))
    return {
      State: "initial",
      Reason: "Elb.InitialHealthChecking",
      Description: "Initial health checks in progress",
    };
  if (unhealthy?.includes(id ?? ""))
    return { State: "unhealthy", Reason: "Target.FailedHealthChecks", Description: "Health checks failed" };
  return { State: "healthy" };
}

/** How many targets of a group that is in use a balancer would choose from. */
export function healthyIn(call: Call, row: TargetGroupRow): number {
  const isChosen = (state: string | undefined) => state === "healthy" || state === "unavailable";
  return row.targets.filter(({ Id }) => isChosen(healthOf(call, row, Id, true).State)).length;
}
