import type { EventBus, Rule, Target } from "@aws-sdk/client-eventbridge";
import { AwsFault, type Call, type Stored, type Table } from "../../service.ts";

interface Bus {
  readonly bus: Stored<EventBus>;
  readonly tags: Record<string, string>;
}

export interface RuleRow {
  readonly rule: Stored<Rule>;
  readonly createdBy: string;
  targets: Stored<Target>[];
  readonly tags: Record<string, string>;
}

export const rules = (call: Call): Table<RuleRow> => call.table<RuleRow>("events.rule");

/** Every account has the bus `default`. */
export function buses(call: Call): Table<Bus> {
  const table = call.table<Bus>("events.bus");
  if (!table.get("default"))
    table.put("default", { bus: { Name: "default", Arn: call.arn("events", "event-bus/default") }, tags: {} });
  return table;
}

export function busNamed(call: Call, name = "default"): Bus {
  const row = buses(call).get(name.split("event-bus/").at(-1) ?? "");
  if (!row) throw new AwsFault("ResourceNotFoundException", `Event bus ${name} does not exist.`);
  return row;
}

export function ruleNamed(call: Call, name: string | undefined, bus: string | undefined): RuleRow {
  const { Name } = busNamed(call, bus).bus;
  const row = rules(call).get(`${Name}/${name}`);
  if (!row) throw new AwsFault("ResourceNotFoundException", `Rule ${name} does not exist on EventBus ${Name}.`);
  return row;
}

/** AWS services own the rules they made. Source: EventBridge API reference, DeleteRule, Force, and DisableRule. */
export function refuseManaged({ rule }: RuleRow, force: boolean | undefined): void {
  if (rule.ManagedBy && !force)
    throw new AwsFault("ManagedRuleException", `Rule ${rule.Name} is managed by ${rule.ManagedBy}.`);
}

export function tagged(call: Call, arn = ""): { readonly tags: Record<string, string> } {
  const row = [...rules(call).all(), ...buses(call).all()].find(
    (each) => ("rule" in each ? each.rule : each.bus).Arn === arn,
  );
  if (!row) throw new AwsFault("ResourceNotFoundException", `${arn} does not exist.`);
  return row;
}
