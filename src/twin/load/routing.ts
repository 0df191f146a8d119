import type { Call } from "../service.ts";
import type { Actions } from "../services/elasticloadbalancingv2/actions.ts";
import { rulesOf } from "../services/elasticloadbalancingv2/rows.ts";

/** Shares of a rule's requests, by target group ARN, {@link NOBODY} or {@link BALANCER}; they add up to 1. */
export type Split = ReadonlyMap<string, number>;

/** No group has any weight: the balancer answers 503. */
export const NOBODY = "nobody";
/** Redirects and fixed responses, which the balancer answers by itself. */
export const BALANCER = "balancer";

function splitOf(actions: Actions | undefined): Split {
  const last = actions?.at(-1);
  if (last?.Type !== "forward") return new Map([[last ? BALANCER : NOBODY, 1]]);
  const groups = (last.ForwardConfig?.TargetGroups ?? []).filter(({ Weight }) => (Weight ?? 0) > 0);
  const total = groups.reduce((sum, { Weight }) => sum + (Weight ?? 0), 0);
  if (total === 0) return new Map([[NOBODY, 1]]);
  return new Map(groups.map(({ TargetGroupArn, Weight }) => [TargetGroupArn ?? "", (Weight ?? 0) / total]));
}

/** 0 = clients are not held. */
function stickyMs(actions: Actions | undefined): number {
  const config = actions?.at(-1)?.ForwardConfig?.TargetGroupStickinessConfig;
  return config?.Enabled ? (config.DurationSeconds ?? 0) * 1000 : 0;
}

/** What the balancer's nodes know of a rule. */
interface RuleState {
  /** As the rule stands in the world: written anew, it is another array. */
  actions: Actions | undefined;
  split: Split;
  /** Written, and not yet at the nodes. */
  readonly coming: { readonly from: number; readonly split: Split }[];
  /** Where clients with a cookie are held, those that got it first at the beginning. */
  held: { readonly split: Split; ms: number }[];
}

export interface RoutingOptions {
  /** How long a change of a rule takes to reach the balancer's nodes, milliseconds. */
  readonly propagationMs: number;
  /** Share of the requests that come from clients that keep a cookie. */
  readonly stickyShare: number;
}

/** Follows the rules of a listener. */
export interface Routing {
  /** Where a rule's requests of the next so many milliseconds go; `default` = the default rule. */
  route(call: Call, rule: string, ms: number): Split;
}

export function followRules(listener: string, { propagationMs, stickyShare }: RoutingOptions): Routing {
  const states = new Map<string, RuleState>();
  const route = (call: Call, rule: string, at: number, ms: number): Split => {
    const all = rulesOf(call, listener);
    // What a rule that is gone has matched, the default rule gets.
    const found = all.find(({ it }) => it.RuleArn === rule) ?? all.find(({ it }) => it.IsDefault);
    const actions = found?.it.Actions;
    const state = states.get(rule) ?? { actions, split: splitOf(actions), coming: [], held: [] };
    states.set(rule, state);
    if (state.actions !== actions) {
      state.actions = actions;
      state.coming.push({ from: at + propagationMs, split: splitOf(actions) });
    }
    while (state.coming[0] && state.coming[0].from <= at) state.split = state.coming.shift()?.split ?? state.split;
    const duration = stickyShare > 0 ? stickyMs(actions) : 0;
    const held = hold(state, duration, ms);
    return held ? mixed(state.split, held, stickyShare) : state.split;
  };
  return { route: (call, rule, ms) => route(call, rule, call.millis(), ms) };
}

/**
 * Lets the oldest cookies end, whose clients are then routed anew, and tells where those are held that have one. Cookies have
 * begun at any time with the same likelihood.
 */
function hold(state: RuleState, duration: number, ms: number): Split | undefined {
  if (duration === 0) {
    state.held = [];
    return undefined;
  }
  const total = state.held.reduce((sum, each) => sum + each.ms, 0);
  if (total !== duration) state.held = [{ split: total === 0 ? state.split : averageOf(state.held), ms: duration }];
  let ending = Math.min(ms, duration);
  const renewed = ending;
  for (let first = state.held[0]; ending > 0 && first; first = state.held[0]) {
    const part = Math.min(ending, first.ms);
    first.ms -= part;
    ending -= part;
    if (first.ms === 0) state.held.shift();
  }
  const last = state.held.at(-1);
  if (last?.split === state.split) last.ms += renewed;
  else state.held.push({ split: state.split, ms: renewed });
  return averageOf(state.held);
}

function averageOf(held: RuleState["held"]): Split {
  const total = held.reduce((sum, each) => sum + each.ms, 0);
  const sums = new Map<string, number>();
  for (const { split, ms } of held)
    for (const [group, share] of split) sums.set(group, (sums.get(group) ?? 0) + (share * ms) / total);
  return sums;
}

function mixed(fresh: Split, held: Split, share: number): Split {
  const sums = new Map([...fresh].map(([group, part]) => [group, part * (1 - share)]));
  for (const [group, part] of held) sums.set(group, (sums.get(group) ?? 0) + part * share);
  return sums;
}
