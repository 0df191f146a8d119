import type { Action, AuthenticateOidcActionConfig } from "@aws-sdk/client-elastic-load-balancing-v2";
import { AwsFault, type Call, type Stored } from "../../service.ts";
import { invalid, listeners, listenersOf, rules, rulesOf, targetGroupAt } from "./rows.ts";

export type Actions = readonly Stored<Action>[];

/** Source: Application Load Balancers guide, "Listener rules": at most five groups, weights of 0 to 999. */
const MOST_GROUPS = 5;
const GREATEST_WEIGHT = 999;

function forward(action: Stored<Action>, call: Call): Stored<Action> {
  const { TargetGroupArn, ForwardConfig } = action;
  const named = ForwardConfig?.TargetGroups ?? (TargetGroupArn ? [{ TargetGroupArn }] : []);
  if (named.length === 0) throw invalid("A target group ARN must be specified for a forward action");
  if (named.length > MOST_GROUPS)
    throw new AwsFault("TooManyTargetGroups", `A forward action can have at most ${MOST_GROUPS} target groups`);
  const TargetGroups = named.map((each) => {
    const Weight = each.Weight ?? 1;
    if (Weight < 0 || Weight > GREATEST_WEIGHT)
      throw invalid(`Weight '${Weight}' must be between 0 and ${GREATEST_WEIGHT}`);
    return { TargetGroupArn: targetGroupAt(call, each.TargetGroupArn).it.TargetGroupArn, Weight };
  });
  const TargetGroupStickinessConfig = ForwardConfig?.TargetGroupStickinessConfig ?? { Enabled: false };
  const only = TargetGroups.length === 1 ? TargetGroups[0]?.TargetGroupArn : undefined;
  return {
    ...action,
    ...(only ? { TargetGroupArn: only } : {}),
    ForwardConfig: { TargetGroups, TargetGroupStickinessConfig },
  };
}

function refuse(message: string): AwsFault {
  return new AwsFault("InvalidLoadBalancerAction", message);
}

/** A secret is given, or the former one stays; no answer holds either. Source: API reference, AuthenticateOidcActionConfig. */
function oidc(given: Stored<AuthenticateOidcActionConfig>, former: Actions | undefined): typeof given {
  const { ClientSecret, UseExistingClientSecret, ...config } = given;
  if (ClientSecret !== undefined && UseExistingClientSecret)
    throw refuse("You cannot both specify a client secret and set UseExistingClientSecret to true");
  const hasFormer = former?.some(({ AuthenticateOidcConfig: each }) => each?.ClientId === config.ClientId);
  if (ClientSecret === undefined && !(UseExistingClientSecret && hasFormer))
    throw refuse("A client secret must be specified");
  return config;
}

/**
 * Actions as AWS gives them back: in their order, forwards written out, client secrets taken out.
 * @param former what they replace
 */
export function actionsOf(asked: Actions | undefined, call: Call, former?: Actions): Stored<Action>[] {
  if (!asked?.length) throw invalid("At least one action must be specified");
  const ordered = asked.map((action, index) => ({ ...action, Order: action.Order ?? index + 1 }));
  ordered.sort((a, b) => a.Order - b.Order);
  const routing = (action: Stored<Action>) => !/^(authenticate|jwt)/.test(action.Type ?? "");
  if (ordered.findIndex(routing) !== ordered.length - 1)
    throw refuse("The last action must be a forward, redirect or fixed-response action, and the only one");
  return ordered.map((action) => {
    if (action.Type === "forward") return forward(action, call);
    const { AuthenticateOidcConfig: given } = action;
    return given ? { ...action, AuthenticateOidcConfig: oidc(given, former) } : action;
  });
}

function groupsIn(actions: Actions | undefined): string[] {
  return (actions ?? []).flatMap(({ TargetGroupArn, ForwardConfig }) => {
    const several = ForwardConfig?.TargetGroups?.map((each) => each.TargetGroupArn ?? "") ?? [];
    return TargetGroupArn ? [TargetGroupArn, ...several] : several;
  });
}

/** Whether any listener or rule forwards to the group. */
export function isForwardedTo(call: Call, group: string | undefined): boolean {
  const all = [
    ...listeners(call)
      .all()
      .map(({ it }) => it.DefaultActions),
    ...rules(call)
      .all()
      .map(({ it }) => it.Actions),
  ];
  return all.some((actions) => groupsIn(actions).includes(group ?? ""));
}

/** Groups that the listeners of a load balancer forward to. */
export function groupsOf(call: Call, balancer: string | undefined): Set<string> {
  return new Set(
    listenersOf(call, balancer).flatMap(({ it }) => [
      ...groupsIn(it.DefaultActions),
      ...rulesOf(call, it.ListenerArn).flatMap((rule) => groupsIn(rule.it.Actions)),
    ]),
  );
}
