import {
  EventBridgeClient,
  ListEventBusesCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  type Rule,
} from "@aws-sdk/client-eventbridge";
import { free } from "../charges.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { inParallel, orGone, parseDocument, readParts, unknownOf, without } from "../reading.ts";
import { parseRuleId } from "./rule-id.ts";
import { pause } from "./rule-pause.ts";
import { removal } from "./rule-removal.ts";

/** EventBridge's SDK has no paginators. */
async function* paged<P extends { NextToken?: string | undefined }>(
  page: (NextToken: string | undefined) => Promise<P>,
): AsyncGenerator<P> {
  let token: string | undefined;
  do {
    const answer = await page(token);
    yield answer;
    token = answer.NextToken;
  } while (token);
}

async function* buses(scope: ReadScope): AsyncGenerator<string> {
  const client = scope.client(EventBridgeClient);
  const Limit = scope.pageSize(100);
  for await (const page of paged((NextToken) => client.send(new ListEventBusesCommand({ Limit, NextToken }))))
    for (const { Name } of page.EventBuses ?? []) if (Name) yield Name;
}

async function rulesOn(scope: ReadScope, EventBusName: string, NamePrefix?: string): Promise<Rule[]> {
  const client = scope.client(EventBridgeClient);
  const input = { EventBusName, NamePrefix, Limit: scope.pageSize(100) };
  const rules: Rule[] = [];
  for await (const page of paged((NextToken) => client.send(new ListRulesCommand({ ...input, NextToken }))))
    rules.push(...(page.Rules ?? []));
  return rules;
}

async function targetsOf(scope: ReadScope, rule: Rule): Promise<object[]> {
  const client = scope.client(EventBridgeClient);
  const input = { Rule: rule.Name, EventBusName: rule.EventBusName, Limit: scope.pageSize(100) };
  const targets: object[] = [];
  for await (const page of paged((NextToken) => client.send(new ListTargetsByRuleCommand({ ...input, NextToken }))))
    targets.push(...(page.Targets ?? []));
  return targets;
}

async function withTargets(scope: ReadScope, rule: Rule): Promise<Found> {
  const arn = rule.Arn ?? "";
  const { values, unknown } = await readParts({ Targets: () => targetsOf(scope, rule) });
  const { tags, unknown: unknownTags } = (await scope.tags("events:rule"))(arn);
  return {
    id: arn.slice(arn.indexOf("rule/") + "rule/".length),
    arn,
    name: rule.Name,
    state: rule.State,
    tags,
    configuration: {
      ...without(rule, "Name", "Arn", "EventPattern"),
      EventPattern: parseDocument(rule.EventPattern),
      ...values,
    },
    ...unknownOf(unknown, unknownTags),
  };
}

async function* rules(scope: ReadScope): AsyncGenerator<Rule> {
  for await (const found of inParallel(buses(scope), (bus) => orGone(rulesOn(scope, bus)))) yield* found;
}

export default {
  list: (scope) => inParallel(rules(scope), (rule) => orGone(withTargets(scope, rule))),

  async read(scope, id) {
    const { Name: name, EventBusName } = parseRuleId(id);
    const rule = (await orGone(rulesOn(scope, EventBusName, name)))?.find(({ Name }) => Name === name);
    return rule && orGone(withTargets(scope, rule));
  },
  pause,
  removal,
  charges: free,
} satisfies Entry;
