import type { Call } from "../service.ts";
import { groupsOf } from "../services/elasticloadbalancingv2/actions.ts";
import { listeners } from "../services/elasticloadbalancingv2/rows.ts";
import { type Counters, count, type LoadMinute, minuteOf, newCounters, publish } from "./counters.ts";
import { type Group, type GroupModel, groupOf } from "./groups.ts";
import { type Offered, offeredAt } from "./offered.ts";
import { BALANCER, followRules, NOBODY } from "./routing.ts";

/** What comes to a listener, and what is behind it. */
export interface LoadModel {
  readonly listener: string;
  readonly offered: Offered;
  /** By target group ARN. A group that is not named serves all that it gets, if it has a healthy target. */
  readonly groups?: Readonly<Record<string, GroupModel>>;
  /** Shares of the requests by rule ARN; the rest is the default rule's. */
  readonly rules?: Readonly<Record<string, number>>;
  /** How long a change of weights takes to have its effect; 5 unless said. AWS names no number. */
  readonly propagationSeconds?: number;
  /** Share of the requests whose clients keep the cookie of group stickiness; none unless said. */
  readonly stickyShare?: number;
}

/** A listener under load. */
export interface Load {
  /** Minutes that are over, oldest first. */
  readonly minutes: readonly LoadMinute[];
  /** Lets the load go on until an instant, in steps of a tick at most. The world is taken as it stands now. */
  run(call: Call, until: number): void;
  /** Writes the metrics of the minutes that ended no later than that. */
  publish(call: Call, end: number): void;
}

const MINUTE_MS = 60_000;

/** @param start milliseconds; the load's seconds count from there. @param tickMs length of a step */
export function createLoad(model: LoadModel, start: number, tickMs: number): Load {
  const { listener, offered, rules = {}, stickyShare = 0, propagationSeconds = 5 } = model;
  const propagationMs = propagationSeconds * 1000;
  const routing = followRules(listener, { propagationMs, stickyShare });
  const shares = Object.entries(rules);
  const rest = 1 - shares.reduce((sum, [, share]) => sum + share, 0);
  const routed: readonly (readonly [rule: string, share: number])[] = [...shares, ["default", rest]];
  const groups = new Map<string, Group>();
  const minutes: LoadMinute[] = [];
  const unpublished: { readonly balancer: string; readonly counters: Counters }[] = [];
  let at = start;
  let counters = newCounters(Math.floor(start / MINUTE_MS) * MINUTE_MS);
  let balancer = "";

  const group = (arn: string): Group => {
    const known = groups.get(arn) ?? groupOf(arn, model.groups?.[arn] ?? {});
    groups.set(arn, known);
    return known;
  };

  /** Requests of a step by where they go. */
  const arrivals = (call: Call, requests: number, ms: number): Map<string, number> => {
    const sums = new Map<string, number>();
    // Groups that get nothing still tell, once a minute, how many of their targets are healthy.
    if (at === counters.at) for (const arn of groupsOf(call, balancer)) sums.set(arn, 0);
    for (const [rule, share] of routed)
      for (const [arn, part] of routing.route(call, rule, ms))
        sums.set(arn, (sums.get(arn) ?? 0) + requests * share * part);
    return sums;
  };

  const step = (call: Call, ms: number) => {
    const requests = (offeredAt(offered, (at + ms / 2 - start) / 1000) * ms) / 1000;
    counters.offered += requests;
    const row = listeners(call).get(listener)?.it;
    balancer = row?.LoadBalancerArn ?? balancer;
    if (!row) counters.unmeasured += requests;
    else
      for (const [arn, each] of arrivals(call, requests, ms)) {
        if (arn === NOBODY) counters.unsent += each;
        else if (arn !== BALANCER) count(counters, arn, group(arn).serve(call, each, ms));
      }
    at += ms;
    if (at < counters.at + MINUTE_MS) return;
    minutes.push(minuteOf(counters));
    unpublished.push({ balancer, counters });
    counters = newCounters(at);
  };

  return {
    minutes,
    run(call, until) {
      while (at < until) step(call, Math.min(tickMs, until - at, counters.at + MINUTE_MS - at));
    },
    publish(call, end) {
      for (let first = unpublished[0]; first && first.counters.at + MINUTE_MS <= end; first = unpublished[0]) {
        publish(call, first.balancer, first.counters);
        unpublished.shift();
      }
    },
  };
}
