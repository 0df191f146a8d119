import {
  type Action,
  ActionTypeEnum,
  DescribeListenersCommand,
  DescribeRulesCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
  ModifyRuleCommand,
  paginateDescribeRules,
  type Rule,
  type TargetHealth,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { CallOptions } from "../../aws/clients.ts";
import { isListenerArn } from "../../model/arn.ts";
import { EvenkeelError } from "../../model/errors.ts";
import type { Tags, UnknownPart } from "../../model/resource.ts";
import type { GroupHealth, RuleWeights } from "../../model/shed.ts";
import type { Weights } from "../../model/weights.ts";
import { batched } from "../batching.ts";
import type { ReadScope, WriteScope } from "../contract.ts";
import { collect, orGone, unknownOf } from "../reading.ts";
import { pagingOf, sized } from "./balancers.ts";
import { withTags } from "./tags.ts";

/* What shedding reads and writes of a listener. Source: API reference, Action, ForwardActionConfig, ModifyRule, ModifyListener. */

export type Actions = readonly Action[];

/** One rule of a listener. */
export interface ForwardingRule {
  /** Its ARN; of the default rule, which is changed by way of its listener, the listener's. */
  readonly rule: string;
  /** As AWS gave them. */
  readonly actions: Actions;
  /** Of the default rule, its listener's. */
  readonly tags: Tags;
  /** Absent = its tags are known. */
  readonly unknown?: readonly UnknownPart[];
  /** `1` to `50000`, or `default`. */
  readonly priority: string;
  readonly isDefault: boolean;
}

/** `…:listener-rule/app/web/LB/LISTENER/RULE` -> `…:listener/app/web/LB/LISTENER`; a listener stays what it is. */
const listenerOf = (arn: string) =>
  isListenerArn(arn) ? arn : arn.replace(":listener-rule/", ":listener/").replace(/\/[^/]*$/, "");

const nameOf = ({ RuleArn = "", IsDefault }: Rule) => (IsDefault ? listenerOf(RuleArn) : RuleArn);

/**
 * Every rule of a listener, by priority, the default one last; undefined = the listener is gone.
 * @throws EvenkeelError USAGE for a listener of another kind: DescribeRules says of some that they are not there; AWS_FAILED
 *   when AWS contradicts itself
 */
export async function readForwarding(scope: ReadScope, listener: string): Promise<ForwardingRule[] | undefined> {
  if (!listener.includes(":listener/app/"))
    throw new EvenkeelError("USAGE", `not the ARN of an Application Load Balancer's listener: ${listener}`);
  const asked = sized(scope, { ListenerArn: listener });
  const rules = await orGone(collect(paginateDescribeRules(pagingOf(scope), asked), (page) => page.Rules));
  const found: ForwardingRule[] = [];
  for await (const [rule, { tags, unknown }] of withTags(scope, each(rules ?? []), nameOf))
    found.push({
      rule: nameOf(rule),
      actions: rule.Actions ?? [],
      tags,
      ...unknownOf(unknown),
      priority: rule.Priority ?? "",
      isDefault: rule.IsDefault === true,
    });
  // A listener always has a default rule: where it was gone when its tags were read, so was the listener.
  if (found.some(({ isDefault }) => isDefault)) return found;
  await refuseIfThere(scope, listener);
  return undefined;
}

/** Whoever takes a listener for gone forgets what its weights were: one answer is not enough for that. */
async function refuseIfThere(scope: ReadScope, listener: string): Promise<void> {
  const command = new DescribeListenersCommand({ ListenerArns: [listener] });
  const answer = await orGone(scope.client(ElasticLoadBalancingV2Client).send(command));
  if (!answer?.Listeners?.length) return;
  throw new EvenkeelError("AWS_FAILED", `AWS tells no rules of ${listener}, and that it is there`, {
    hint: "try again",
  });
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

/** Rules that are asked for in one call. */
const AT_ONCE = 20;

/** The actions of rules and, by their listener's ARN, of default rules. Just those: a listener can have a hundred. */
const actionsNow = batched(AT_ONCE, async (client: ElasticLoadBalancingV2Client, names) => {
  const found = new Map<string, Actions>();
  await Promise.all([
    ...names.filter(isListenerArn).map(async (listener) => {
      const command = new DescribeListenersCommand({ ListenerArns: [listener] });
      const { Listeners: [it] = [] } = (await orGone(client.send(command))) ?? {};
      if (it) found.set(listener, it.DefaultActions ?? []);
    }),
    ...named(names).map(async (RuleArns) => {
      for (const rule of await rulesNamed(client, RuleArns)) found.set(nameOf(rule), rule.Actions ?? []);
    }),
  ]);
  return (name) => found.get(name);
});

const named = (names: readonly string[]) => {
  const rules = names.filter((name) => !isListenerArn(name));
  return rules.length > 0 ? [rules] : [];
};

/** AWS refuses the whole question where one of the rules is gone: then each is asked for by itself. */
async function rulesNamed(client: ElasticLoadBalancingV2Client, RuleArns: string[]): Promise<Rule[]> {
  const answer = await orGone(client.send(new DescribeRulesCommand({ RuleArns })));
  if (answer) return answer.Rules ?? [];
  if (RuleArns.length <= 1) return [];
  return (await Promise.all(RuleArns.map((each) => rulesNamed(client, [each])))).flat();
}

/** A rule's actions just now; undefined = it is gone. */
export function readActions(scope: ReadScope, rule: string): Promise<Actions | undefined> {
  return actionsNow(scope.client(ElasticLoadBalancingV2Client), rule);
}

/**
 * The weights that actions spread requests by; undefined = they don't, or in a way that is not known. A weight that AWS
 * leaves out counts as 1, what CDK and CloudFormation give a group without one: the API reference is silent.
 */
export function weightsIn(actions: Actions): Weights | undefined {
  const [forward, ...more] = actions.filter(({ Type }) => Type === "forward");
  const groups = forward?.ForwardConfig?.TargetGroups ?? [];
  const weights = Object.fromEntries(groups.map(({ TargetGroupArn = "", Weight = 1 }) => [TargetGroupArn, Weight]));
  // A group that were named twice would have two weights.
  if (more.length > 0 || groups.length === 0 || Object.keys(weights).length < groups.length) return undefined;
  return weights;
}

/** The rules that carry the primary and at least one other group, in their order. */
export function carriers(rules: readonly ForwardingRule[], primary: string): RuleWeights[] {
  return rules.flatMap(({ rule, actions }) => {
    const weights = weightsIn(actions);
    return weights && Object.hasOwn(weights, primary) && Object.keys(weights).length > 1 ? [{ rule, weights }] : [];
  });
}

/**
 * The same actions with other weights, and otherwise to the letter, also in what no version of the SDK knows yet.
 * @throws EvenkeelError BUG when the weights are of other groups
 */
export function withWeights(actions: Actions, weights: Weights): Action[] {
  const groups = Object.keys(weightsIn(actions) ?? {});
  if (groups.length !== Object.keys(weights).length || !groups.every((group) => Object.hasOwn(weights, group)))
    throw new EvenkeelError("BUG", `weights of ${Object.keys(weights).join()} for a rule with ${groups.join()}`);
  return actions.map((action) => {
    if (action.Type !== "forward") return action;
    const TargetGroups = (action.ForwardConfig?.TargetGroups ?? []).map((group) => ({
      ...group,
      Weight: weights[group.TargetGroupArn ?? ""],
    }));
    return { ...action, ForwardConfig: { ...action.ForwardConfig, TargetGroups } };
  });
}

/**
 * Replaces a rule's actions, once: whoever is throttled has to read the rule again before the next attempt.
 * @throws EvenkeelError REFUSED for an action that this version can't give back whole
 */
export async function writeForwarding(scope: WriteScope, rule: string, actions: Actions): Promise<void> {
  const client = scope.writer(ElasticLoadBalancingV2Client);
  const how: CallOptions = { attempts: 1 };
  const whole = actions.map((action) => keepingSecret(known(action)));
  if (isListenerArn(rule))
    await client.send(new ModifyListenerCommand({ ListenerArn: rule, DefaultActions: whole }), how);
  else await client.send(new ModifyRuleCommand({ RuleArn: rule, Actions: whole }), how);
}

/** The SDK drops what it does not know of an answer: sent back, such an action would have lost its settings. */
function known(action: Action): Action {
  if (Object.values<string | undefined>(ActionTypeEnum).includes(action.Type)) return action;
  throw new EvenkeelError(
    "REFUSED",
    `the rule has an action of a type that this version does not know: ${action.Type}`,
    {
      hint: "use a newer version of Evenkeel, or set the rule's weights by hand",
      state: "the rule was left as it is",
    },
  );
}

/** No answer tells a client secret, and a write without it wants to know that it stays. Source: API reference, AuthenticateOidcActionConfig. */
function keepingSecret(action: Action): Action {
  const { AuthenticateOidcConfig: oidc } = action;
  if (!oidc || oidc.ClientSecret !== undefined) return action;
  return { ...action, AuthenticateOidcConfig: { ...oidc, UseExistingClientSecret: true } };
}

/* Under a lease that lasts two minutes, an answer that takes longer is worse than none. */
const IN_SECONDS: CallOptions = { attempts: 4 };

/** A target group as a receiver of load. Never throws for what AWS says: what can't be read is `unknown`. */
export async function readHealth(scope: ReadScope, group: string): Promise<GroupHealth> {
  try {
    const command = new DescribeTargetHealthCommand({ TargetGroupArn: group });
    const client = scope.client(ElasticLoadBalancingV2Client);
    const { TargetHealthDescriptions: targets = [] } = await client.send(command, IN_SECONDS);
    if (targets.length === 0) return "empty";
    return targets.some(({ TargetHealth: health }) => takesRequests(health)) ? "healthy" : "none-healthy";
  } catch (error) {
    if (!(error instanceof EvenkeelError) || error.code === "CANCELLED" || error.code === "BUG") throw error;
    return "unknown";
  }
}

/** A Lambda function need not be checked, and then is `unavailable`, which takes requests all the same. Source: API reference, TargetHealth. */
function takesRequests(health: TargetHealth | undefined): boolean {
  return (
    health?.State === "healthy" || (health?.State === "unavailable" && health.Reason === "Target.HealthCheckDisabled")
  );
}
