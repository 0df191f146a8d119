import { isDeepStrictEqual } from "node:util";
import type {
  Listener,
  LoadBalancer,
  Rule,
  TargetDescription,
  TargetGroup,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { AwsFault, type Call, page, type Stored, type Table } from "../../service.ts";

/** A described thing with what other calls tell of it. */
export interface Row<T> {
  readonly it: Stored<T>;
  tags: Record<string, string>;
  /** Attributes by key, as texts. */
  readonly attributes: Record<string, string>;
}

export type BalancerRow = Row<LoadBalancer>;
export type RuleRow = Row<Rule>;

export interface ListenerRow extends Row<Listener> {
  /** Certificates besides the default one. */
  certificates: string[];
}

export interface TargetGroupRow extends Row<TargetGroup> {
  targets: Stored<TargetDescription>[];
  /** Ids of targets that fail their health checks. */
  unhealthy?: readonly string[];
}

export const balancers = (call: Call): Table<BalancerRow> =>
  call.table<BalancerRow>("elasticloadbalancing.load-balancer");
export const listeners = (call: Call): Table<ListenerRow> => call.table<ListenerRow>("elasticloadbalancing.listener");
export const rules = (call: Call): Table<RuleRow> => call.table<RuleRow>("elasticloadbalancing.listener-rule");
export const targetGroups = (call: Call): Table<TargetGroupRow> =>
  call.table<TargetGroupRow>("elasticloadbalancing.target-group");

function at<T>(table: Table<T>, arn: string | undefined, code: string, message: string): T {
  const row = table.get(arn ?? "");
  if (!row) throw new AwsFault(code, message);
  return row;
}

export const balancerAt = (call: Call, arn: string | undefined): BalancerRow =>
  at(balancers(call), arn, "LoadBalancerNotFound", `Load balancer '${arn}' not found`);
export const listenerAt = (call: Call, arn: string | undefined): ListenerRow =>
  at(listeners(call), arn, "ListenerNotFound", "One or more listeners not found");
export const ruleAt = (call: Call, arn: string | undefined): RuleRow =>
  at(rules(call), arn, "RuleNotFound", "One or more rules not found");
export const targetGroupAt = (call: Call, arn: string | undefined): TargetGroupRow =>
  at(targetGroups(call), arn, "TargetGroupNotFound", "One or more target groups not found");

export function invalid(message: string): AwsFault {
  return new AwsFault("ValidationError", message);
}

/** Whether what stands has all of these settings: making it once more then answers it. Source: API reference, the Create actions. */
export function repeats(it: object, settings: object): boolean {
  return Object.entries(settings).every(([name, value]) =>
    isDeepStrictEqual((it as Readonly<Record<string, unknown>>)[name], value),
  );
}

export function pages<T>(items: readonly T[], input: { Marker?: string | undefined; PageSize?: number | undefined }) {
  const { items: cut, next } = page(items, { token: input.Marker, max: input.PageSize }, { max: 400 });
  return { cut, NextMarker: next };
}

type Attribute = { Key?: string | undefined; Value?: string | undefined };

export const attributeList = (attributes: Readonly<Record<string, string>>) =>
  Object.entries(attributes).map(([Key, Value]) => ({ Key, Value }));

/** AWS refuses keys that the kind does not have. */
export function setAttributes(row: Row<unknown>, wanted: readonly Attribute[] | undefined) {
  for (const { Key = "", Value = "" } of wanted ?? []) {
    if (!(Key in row.attributes)) throw invalid(`Load balancer attribute key '${Key}' is not recognized`);
    row.attributes[Key] = Value;
  }
  return { Attributes: attributeList(row.attributes) };
}

export const rulesOf = (call: Call, listener: string | undefined): RuleRow[] => {
  const below = `${listener?.replace(":listener/", ":listener-rule/")}/`;
  return rules(call)
    .all()
    .filter(({ it }) => it.RuleArn?.startsWith(below));
};

export const listenersOf = (call: Call, balancer: string | undefined): ListenerRow[] =>
  listeners(call)
    .all()
    .filter(({ it }) => it.LoadBalancerArn === balancer);
