import type { Target } from "@aws-sdk/client-eventbridge";
import { AwsFault, page, type Stored, service, tagList, tagMap } from "../../service.ts";
import { buses, busNamed, refuseManaged, ruleNamed, rules, tagged } from "./rules.ts";

/** EventBridge lists up to a hundred a page. */
const PAGE = { max: 100, invalid: "ValidationException" } as const;

export const events = service(
  { namespace: "com.amazonaws.eventbridge", signingName: "events" },
  () => import("@aws-sdk/client-eventbridge"),
  {
    CreateEventBus(input, call) {
      const Name = input.Name ?? "";
      if (buses(call).get(Name))
        throw new AwsFault("ResourceAlreadyExistsException", `Event bus ${Name} already exists.`);
      const Arn = call.arn("events", `event-bus/${Name}`);
      buses(call).put(Name, { bus: { Name, Arn, CreationTime: call.now() }, tags: tagMap(input.Tags) });
      return { EventBusArn: Arn };
    },
    DeleteEventBus(input, call) {
      const inside = rules(call)
        .all()
        .some(({ rule }) => rule.EventBusName === input.Name);
      if (inside) throw new AwsFault("ValidationException", `Event bus ${input.Name} has rules.`);
      buses(call).delete(input.Name ?? "");
    },
    ListEventBuses(input, call) {
      const found = buses(call)
        .all()
        .map(({ bus }) => bus)
        .filter(({ Name }) => Name?.startsWith(input.NamePrefix ?? ""));
      const { items, next } = page(found, { token: input.NextToken, max: input.Limit }, PAGE);
      return { EventBuses: items, NextToken: next };
    },
    PutRule(input, call) {
      const { Name: EventBusName = "default" } = busNamed(call, input.EventBusName).bus;
      const { Tags, ...members } = input;
      const key = `${EventBusName}/${input.Name}`;
      const known = rules(call).get(key);
      if (known) refuseManaged(known, false);
      const Arn = call.arn("events", `rule/${EventBusName === "default" ? "" : `${EventBusName}/`}${input.Name}`);
      rules(call).put(key, {
        rule: { State: "ENABLED", ...members, EventBusName, Arn },
        createdBy: known?.createdBy ?? call.account,
        targets: known?.targets ?? [],
        tags: known?.tags ?? tagMap(Tags),
      });
      return { RuleArn: Arn };
    },
    DescribeRule(input, call) {
      const { rule, createdBy } = ruleNamed(call, input.Name, input.EventBusName);
      return { ...rule, CreatedBy: createdBy };
    },
    ListRules(input, call) {
      const { Name: bus } = busNamed(call, input.EventBusName).bus;
      const found = rules(call)
        .all()
        .map(({ rule }) => rule)
        .filter(({ EventBusName, Name }) => EventBusName === bus && Name?.startsWith(input.NamePrefix ?? ""));
      const { items, next } = page(found, { token: input.NextToken, max: input.Limit }, PAGE);
      return { Rules: items, NextToken: next };
    },
    EnableRule(input, call) {
      const row = ruleNamed(call, input.Name, input.EventBusName);
      refuseManaged(row, false);
      row.rule.State = "ENABLED";
    },
    DisableRule(input, call) {
      const row = ruleNamed(call, input.Name, input.EventBusName);
      refuseManaged(row, false);
      row.rule.State = "DISABLED";
    },
    DeleteRule(input, call) {
      const row = ruleNamed(call, input.Name, input.EventBusName);
      refuseManaged(row, input.Force);
      if (row.targets.length > 0)
        throw new AwsFault("ValidationException", "Rule can't be deleted since it has targets.");
      rules(call).delete(`${row.rule.EventBusName}/${row.rule.Name}`);
    },
    PutTargets(input, call) {
      const row = ruleNamed(call, input.Rule, input.EventBusName);
      refuseManaged(row, false);
      const given = new Set((input.Targets ?? []).map(({ Id }) => Id));
      row.targets = [...row.targets.filter(({ Id }) => !given.has(Id)), ...((input.Targets ?? []) as Stored<Target>[])];
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
    RemoveTargets(input, call) {
      const row = ruleNamed(call, input.Rule, input.EventBusName);
      refuseManaged(row, input.Force);
      row.targets = row.targets.filter(({ Id }) => !input.Ids?.includes(Id ?? ""));
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
    ListTargetsByRule(input, call) {
      const { targets } = ruleNamed(call, input.Rule, input.EventBusName);
      const { items, next } = page(targets, { token: input.NextToken, max: input.Limit }, PAGE);
      return { Targets: items, NextToken: next };
    },
    TagResource(input, call) {
      Object.assign(tagged(call, input.ResourceARN).tags, tagMap(input.Tags));
    },
    UntagResource(input, call) {
      const { tags } = tagged(call, input.ResourceARN);
      for (const key of input.TagKeys ?? []) delete tags[key];
    },
    ListTagsForResource(input, call) {
      return { Tags: tagList(tagged(call, input.ResourceARN).tags) };
    },
  },
);
