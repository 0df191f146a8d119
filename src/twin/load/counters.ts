import { metricKey, recordValue } from "../metrics.ts";
import type { Call } from "../service.ts";
import type { Served } from "./groups.ts";

/** A group's requests in a minute. */
export interface GroupMinute {
  readonly requests: number;
  readonly rejected: number;
  /** At the end of the minute. */
  readonly healthy: number;
}

/** A listener's requests in a minute. Rejected = the client got an answer of 5xx, or none. */
export interface LoadMinute {
  /** When it began, milliseconds. */
  readonly at: number;
  readonly offered: number;
  readonly rejected: number;
  readonly groups: Readonly<Record<string, GroupMinute>>;
}

/** Counts a minute's requests. */
export interface Counters {
  readonly at: number;
  offered: number;
  /** Rejected by the balancer, because there was nobody to send them to. */
  unsent: number;
  /** With no listener there is nothing that measures. */
  unmeasured: number;
  readonly groups: Map<string, GroupMinute & { readonly perTarget: number | undefined; readonly unsent: number }>;
}

export function newCounters(at: number): Counters {
  return { at, offered: 0, unsent: 0, unmeasured: 0, groups: new Map() };
}

export function count({ groups }: Counters, arn: string, served: Served): void {
  const known = groups.get(arn);
  const { requests, rejected, healthy, perTarget, isEmpty } = served;
  groups.set(arn, {
    requests: (known?.requests ?? 0) + requests,
    rejected: (known?.rejected ?? 0) + rejected,
    unsent: (known?.unsent ?? 0) + (isEmpty ? requests : 0),
    healthy,
    perTarget: perTarget === undefined ? known?.perTarget : (known?.perTarget ?? 0) + perTarget,
  });
}

export function minuteOf({ at, offered, unsent, unmeasured, groups }: Counters): LoadMinute {
  const told = [...groups].map(
    ([arn, { requests, rejected, healthy }]) => [arn, { requests, rejected, healthy }] as const,
  );
  const rejected = told.reduce((sum, [, each]) => sum + each.rejected, unsent + unmeasured);
  return { at, offered, rejected, groups: Object.fromEntries(told) };
}

const NAMESPACE = "AWS/ApplicationELB";

/**
 * Writes a minute's values as Elastic Load Balancing does: only where requests flow, counts only if there is something to
 * count, and requests only if a target could be chosen for them.
 * Source: Application Load Balancers guide, "CloudWatch metrics for your Application Load Balancer".
 */
export function publish(call: Call, balancer: string, { at, unsent, groups }: Counters): void {
  const LoadBalancer = balancer.split(":loadbalancer/")[1] ?? "";
  const write = (metric: string, value: number, dimensions: Readonly<Record<string, string>>) =>
    recordValue(call, metricKey(NAMESPACE, metric, dimensions), at, value);
  const writeCount = (metric: string, value: number, dimensions: Readonly<Record<string, string>>) => {
    if (Math.round(value) > 0) write(metric, Math.round(value), dimensions);
  };
  const all = [...groups.values()];
  const noTarget = all.reduce((sum, each) => sum + each.unsent, unsent);
  const failed = all.reduce((sum, each) => sum + each.rejected, unsent);
  const sent = all.reduce((sum, each) => sum + each.requests - each.unsent, 0);
  if (Math.round(sent + noTarget) === 0) return;
  writeCount("RequestCount", sent, { LoadBalancer });
  writeCount("HTTPCode_ELB_5XX_Count", failed, { LoadBalancer });
  writeCount("HTTPCode_ELB_503_Count", noTarget, { LoadBalancer });
  writeCount("HTTPCode_ELB_504_Count", failed - noTarget, { LoadBalancer });
  for (const [arn, { requests, healthy, perTarget, unsent: lost }] of groups) {
    const TargetGroup = arn.split(":").at(-1) ?? "";
    writeCount("RequestCount", requests - lost, { LoadBalancer, TargetGroup });
    if (perTarget === undefined) continue;
    write("HealthyHostCount", healthy, { LoadBalancer, TargetGroup });
    if (Math.round(requests - lost) === 0) continue;
    write("RequestCountPerTarget", perTarget, { TargetGroup });
    write("RequestCountPerTarget", perTarget, { LoadBalancer, TargetGroup });
  }
}
