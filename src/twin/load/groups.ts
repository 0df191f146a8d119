import type { Call } from "../service.ts";
import { type TargetGroupRow, targetGroups } from "../services/elasticloadbalancingv2/rows.ts";
import { healthyIn } from "../services/elasticloadbalancingv2/target-health.ts";

/** What a target group can do. Loads are requests a second. */
export interface GroupModel {
  /** What one healthy target serves; absent = all that it gets. */
  readonly capacity?: number;
  /** New targets, some time after a load a target; absent = none ever. */
  readonly scaling?: {
    /** Load of a healthy target above which targets are added. */
    readonly above: number;
    readonly adds: number;
    /** From the load to targets that serve. */
    readonly delaySeconds: number;
    /** Targets that the group has at most. */
    readonly most: number;
  };
}

/** What has become of a group's requests. */
export interface Served {
  readonly requests: number;
  readonly rejected: number;
  readonly healthy: number;
  /** No target to send them to: the balancer answers 503 itself. */
  readonly isEmpty: boolean;
  /** Requests that each target got; undefined where AWS counts none (functions, no targets). */
  readonly perTarget?: number;
}

/** A group with its targets, over time. */
export interface Group {
  serve(call: Call, requests: number, ms: number): Served;
}

export function groupOf(arn: string, { capacity = Number.POSITIVE_INFINITY, scaling }: GroupModel): Group {
  let scalesAt: number | undefined;

  const scale = (call: Call, row: TargetGroupRow, requests: number, healthy: number, ms: number) => {
    if (!scaling) return;
    const missing = Math.min(scaling.adds, scaling.most - row.targets.length);
    if (scalesAt !== undefined && scalesAt <= call.millis()) {
      scalesAt = undefined;
      const added = Array.from({ length: Math.max(0, missing) }, () => ({ Id: call.id("i-"), Port: row.it.Port }));
      row.targets = [...row.targets, ...added];
    } else if (scalesAt === undefined && missing > 0 && requests * 1000 > scaling.above * Math.max(1, healthy) * ms)
      scalesAt = call.millis() + scaling.delaySeconds * 1000;
  };

  return {
    serve(call, requests, ms) {
      const row = targetGroups(call).get(arn);
      const registered = row?.targets.length ?? 0;
      if (!row || registered === 0) return { requests, rejected: requests, healthy: 0, isEmpty: true };
      const healthy = healthyIn(call, row);
      scale(call, row, requests, healthy, ms);
      const possible = healthy === 0 ? 0 : (capacity * healthy * ms) / 1000;
      const served = { requests, rejected: Math.max(0, requests - possible), healthy, isEmpty: false };
      // If none is healthy, all get requests. Source: Application Load Balancers guide, "Health checks for target groups".
      return row.it.TargetType === "lambda" ? served : { ...served, perTarget: requests / (healthy || registered) };
    },
  };
}
