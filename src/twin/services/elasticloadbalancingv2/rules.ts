import { AwsFault, type Call, type Operations, tagMap } from "../../service.ts";
import { actionsOf } from "./actions.ts";
import { listenerAt, pages, type RuleRow, ruleAt, rules, rulesOf } from "./rows.ts";

type Elb = typeof import("@aws-sdk/client-elastic-load-balancing-v2");

interface Condition {
  readonly Field?: string | undefined;
  readonly Values?: readonly string[] | undefined;
}

const CONFIG_OF: Readonly<Record<string, string>> = {
  "host-header": "HostHeaderConfig",
  "path-pattern": "PathPatternConfig",
};

/** Hosts and paths are given back in the old and in the new way of saying them. Source: API reference, RuleCondition. */
function conditionsOf(asked: readonly Condition[] | undefined): RuleRow["it"]["Conditions"] {
  return (asked ?? []).map((condition) => {
    const config = CONFIG_OF[condition.Field ?? ""];
    if (!config) return condition;
    const detailed = (condition as Record<string, { Values?: string[] } | undefined>)[config];
    const Values = [...(condition.Values ?? detailed?.Values ?? [])];
    return { ...condition, Values, [config]: { ...detailed, Values } };
  }) as RuleRow["it"]["Conditions"];
}

/** By priority, the default rule last. */
const place = ({ it }: RuleRow) => (it.IsDefault ? Number.POSITIVE_INFINITY : Number(it.Priority));

function sorted(found: readonly RuleRow[]): RuleRow[] {
  return [...found].sort((a, b) => place(a) - place(b) || 0);
}

const listenerOf = (rule: string | undefined) => rule?.replace(":listener-rule/", ":listener/").replace(/\/[^/]*$/, "");

function checkFree(
  call: Call,
  listener: string | undefined,
  priority: number | undefined,
  except: readonly string[] = [],
): void {
  const taken = rulesOf(call, listener).find(
    ({ it }) => it.Priority === String(priority) && !except.includes(it.RuleArn ?? ""),
  );
  if (taken) throw new AwsFault("PriorityInUse", `Priority '${priority}' is currently in use`);
}

export const ruleOperations = {
  CreateRule(input, call) {
    const { ListenerArn } = listenerAt(call, input.ListenerArn).it;
    checkFree(call, ListenerArn, input.Priority);
    const RuleArn = `${ListenerArn?.replace(":listener/", ":listener-rule/")}/${call.id("", 16)}`;
    const it: RuleRow["it"] = {
      RuleArn,
      Priority: String(input.Priority),
      Conditions: conditionsOf(input.Conditions as Condition[] | undefined),
      Actions: actionsOf(input.Actions, call),
      IsDefault: false,
      Transforms: input.Transforms ?? [],
    };
    return { Rules: [rules(call).put(RuleArn, { it, tags: tagMap(input.Tags), attributes: {} }).it] };
  },

  DescribeRules(input, call) {
    const found = input.ListenerArn
      ? sorted(rulesOf(call, listenerAt(call, input.ListenerArn).it.ListenerArn))
      : (input.RuleArns ?? []).map((arn) => ruleAt(call, arn));
    const { cut, NextMarker } = pages(found, input);
    return { Rules: cut.map(({ it }) => it), NextMarker };
  },

  /** A list that is sent replaces the whole old one. */
  ModifyRule(input, call) {
    const { it } = ruleAt(call, input.RuleArn);
    if (it.IsDefault) throw new AwsFault("OperationNotPermitted", "Default rule cannot be modified");
    if (input.Conditions) it.Conditions = conditionsOf(input.Conditions as Condition[]);
    if (input.Actions) it.Actions = actionsOf(input.Actions, call, it.Actions);
    if (input.Transforms) it.Transforms = input.Transforms;
    if (input.ResetTransforms) it.Transforms = [];
    return { Rules: [it] };
  },

  DeleteRule(input, call) {
    const { it } = ruleAt(call, input.RuleArn);
    if (it.IsDefault) throw new AwsFault("OperationNotPermitted", `Default rule '${it.RuleArn}' cannot be deleted`);
    rules(call).delete(it.RuleArn ?? "");
  },

  SetRulePriorities(input, call) {
    const wanted = input.RulePriorities ?? [];
    const moved = wanted.map(({ RuleArn }) => RuleArn ?? "");
    const found = wanted.map(({ RuleArn, Priority }) => {
      const { it } = ruleAt(call, RuleArn);
      if (it.IsDefault)
        throw new AwsFault("OperationNotPermitted", "The priority of the default rule cannot be changed");
      checkFree(call, listenerOf(RuleArn), Priority, moved);
      return { it, Priority };
    });
    for (const { it, Priority } of found) it.Priority = String(Priority);
    return { Rules: found.map(({ it }) => it) };
  },
} satisfies Operations<Elb>;
