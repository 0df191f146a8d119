import type { ForwardingRule } from "../../catalog/elasticloadbalancingv2/forwarding.ts";
import { readScope } from "../../catalog/scope.ts";
import { protectionOf } from "../../engine/protect-rules.ts";
import { isListenerArn, parseArn } from "../../model/arn.ts";
import { type Arn, region } from "../../model/brand.ts";
import { once } from "../../model/once.ts";
import type { Kept, Target } from "../../model/plan.ts";
import type { GroupHealth, RuleWeights, ShedReading, ShedState } from "../../model/shed.ts";
import type { ShedContext } from "./context.ts";
import { primaryOf } from "./receivers.ts";

/* Loads SDK clients, which whoever only asks for help should not wait for. */
const forwarding = once(() => import("../../catalog/elasticloadbalancingv2/forwarding.ts"));
const alarms = once(() => import("../../catalog/cloudwatch/alarm-reading.ts"));

/** What a step is decided from, and the rules that a guard keeps out of it. */
export interface Look {
  readonly reading: ShedReading;
  readonly kept: readonly Kept[];
}

/** Reads the alarm, the rules and the health of all groups side by side. Changes nothing. */
export async function look(
  context: Pick<ShedContext, "connection" | "clock" | "signal" | "settings" | "guards">,
  state: ShedState,
): Promise<Look> {
  const { connection, clock, signal, settings } = context;
  const scope = readScope(connection, regionOf(state.listener), { signal });
  const { readForwarding, carriers, readHealth } = await forwarding();
  const { readAlarm } = await alarms();
  const [alarm, found] = await Promise.all([readAlarm(scope, settings.alarm), readForwarding(scope, state.listener)]);
  const now = clock.now();
  if (!found) return { reading: { now, alarm, rules: "gone", present: [], health: {} }, kept: [] };
  const { rules, kept } = withoutProtected(carriers(found, primaryOf(state, settings)), { found, state, context });
  const groups = [...new Set(rules.flatMap(({ weights }) => Object.keys(weights)))];
  const health = await Promise.all(
    groups.map(async (group): Promise<[string, GroupHealth]> => [group, await readHealth(scope, group)]),
  );
  const present = found.map(({ rule }) => rule);
  return { reading: { now, alarm, rules, present, health: Object.fromEntries(health) }, kept };
}

/** `arn:…:elasticloadbalancing:eu-west-1:…` -> `eu-west-1` */
export function regionOf(listener: string) {
  return region(parseArn(listener).region);
}

/** Guards count when an incident begins: what it has taken from a rule, it gives back. */
function withoutProtected(
  rules: readonly RuleWeights[],
  {
    found,
    state,
    context: { guards, clock },
  }: {
    readonly found: readonly ForwardingRule[];
    readonly state: ShedState;
    readonly context: Pick<ShedContext, "guards" | "clock">;
  },
): { readonly rules: RuleWeights[]; readonly kept: Kept[] } {
  const kept: Kept[] = [];
  const shed = rules.filter(({ rule }) => {
    if (state.baseline.length > 0) return true;
    const { tags = {}, unknown } = found.find((each) => each.rule === rule) ?? {};
    const target = targetOf(rule);
    const reason = protectionOf(
      { ...target, tags, ...(unknown ? { unknown } : {}) },
      guards?.protect ?? [],
      clock.now(),
    );
    if (reason) kept.push({ target, reason });
    return !reason;
  });
  return { rules: shed, kept };
}

/** The rule, or the listener whose default rule it is. */
export function targetOf(rule: string): Target {
  return {
    arn: rule as Arn,
    type: isListenerArn(rule) ? "AWS::ElasticLoadBalancingV2::Listener" : "AWS::ElasticLoadBalancingV2::ListenerRule",
    id: rule,
    region: regionOf(rule),
  };
}
