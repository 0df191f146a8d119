import type { Json, JsonObject } from "../../../model/json.ts";
import { isJsonObject, toJson } from "../../../model/json.ts";
import { AwsFault, type Call, type Table } from "../../service.ts";
import { matchesPattern } from "./pattern.ts";
import { type RuleRow, rules } from "./rules.ts";

/** An event that a rule has sent on its way to one target. */
export interface Delivery {
  readonly id: string;
  readonly rule: string;
  /** ARN of a queue or a function. */
  readonly target: string;
  /** What the target gets: the event, or what the target's input makes of it. JSON. */
  readonly input: string;
}

/** Deliveries that nobody has made yet: the twin has no background (src/twin/delivery does). */
export const deliveries = (call: Call): Table<Delivery> => call.table<Delivery>("events.delivery");

interface Emitted {
  readonly source: string;
  readonly "detail-type": string;
  readonly resources: readonly string[];
  readonly detail: object;
}

/** Hands an event to the rules of the default bus; if none means it, it is gone, as in AWS. */
export function emit(call: Call, emitted: Emitted): void {
  const listening = rules(call)
    .all()
    .filter(({ rule }) => rule.EventBusName === "default" && rule.State !== "DISABLED" && rule.EventPattern);
  if (listening.length === 0) return;
  const event = toJson({
    version: "0",
    id: call.uuid(),
    "detail-type": emitted["detail-type"],
    source: emitted.source,
    account: call.account,
    time: call.now().replace(/\.\d+Z$/, "Z"),
    region: call.region,
    resources: emitted.resources,
    detail: emitted.detail,
  }) as JsonObject;
  for (const row of listening)
    if (matchesPattern(JSON.parse(row.rule.EventPattern ?? "{}") as JsonObject, event)) send(call, row, event);
}

function send(call: Call, { rule, targets }: RuleRow, event: JsonObject): void {
  for (const target of targets) {
    if (target.InputTransformer)
      throw new AwsFault("UnknownOperation", "The twin does not simulate input transformers.", 501);
    const input = target.Input ?? JSON.stringify(at(event, target.InputPath ?? "$"));
    const id = call.uuid();
    deliveries(call).put(id, { id, rule: rule.Name ?? "", target: target.Arn ?? "", input });
  }
}

/** A part of the event: `$.detail.state`. */
function at(event: JsonObject, path: string): Json | undefined {
  const names = path.split(".").slice(1);
  return names.reduce<Json | undefined>((value, name) => (isJsonObject(value) ? value[name] : undefined), event);
}
