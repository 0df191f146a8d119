import type { Facts } from "../../catalog/contract.ts";
import type { ResourceType } from "../../model/resource.ts";
import {
  ELSEWHERE,
  ONLY_WHERE,
  OPEN,
  OWN_TAGS,
  READS_WITH_RESOURCE,
  READS_WITHOUT_RESOURCE,
  TAGS_AND_MORE,
  WITHOUT_RESOURCE,
} from "./narrowing-rules.ts";
import type { Asked } from "./needs.ts";
import { isRead, PASS_ROLE, type PolicyStatement, pascal, passRole, serviceOf } from "./policy.ts";

/** How far a role reaches. */
export interface Reach {
  /** Regions in which it changes anything; absent = all. */
  readonly regions?: readonly string[] | undefined;
  /** How the ids begin of what it changes of a type; absent = any. `*` and `?` are patterns. */
  readonly ids?: Readonly<Record<ResourceType, readonly string[]>>;
}

type Condition = NonNullable<PolicyStatement["Condition"]>;

interface Grant {
  readonly action: string;
  readonly resources: readonly string[];
  readonly condition: Condition;
}

/** Everything. */
const ANY = ["*"];

/**
 * The statements that allow what is asked, each with the narrowest resource and condition that AWS takes for it. Texts hold
 * {partition} and {account} to be filled in.
 */
export function narrowed(asked: readonly Asked[], reach: Reach = {}): PolicyStatement[] {
  const grants = merged(asked.filter(({ action }) => action !== PASS_ROLE).map((each) => grantOf(each, reach)));
  const alike = grouped(grants, ({ action, resources, condition }) => [
    isRead(action),
    serviceOf(action),
    resources,
    condition,
  ]);
  const statements = alike.map(statementOf);
  const passing = asked.flatMap(({ action, facts }) => (action === PASS_ROLE && facts ? [facts] : []));
  if (passing.length > 0)
    statements.push({ ...passRole(passing), Resource: inRegions(ELSEWHERE[PASS_ROLE] ?? [], reach) });
  return numbered(statements.sort((a, b) => (a.Sid < b.Sid ? -1 : a.Sid > b.Sid ? 1 : 0)));
}

/** @param group all of one service, with the same resources and conditions */
function statementOf(group: readonly [Grant, ...Grant[]]): PolicyStatement {
  const [{ action, resources, condition }] = group;
  return {
    Sid: `${isRead(action) ? "Read" : "Change"}${pascal(serviceOf(action))}`,
    Effect: "Allow",
    Action: group.map((each) => each.action).sort(),
    Resource: resources.length === 1 ? (resources[0] as string) : resources,
    ...(Object.keys(condition).length > 0 ? { Condition: condition } : {}),
  };
}

/** Of each action and condition one, with all resources. */
function merged(grants: readonly Grant[]): Grant[] {
  return grouped(grants, ({ action, condition }) => [action, condition]).map((all) => {
    const resources = [...new Set(all.flatMap((each) => each.resources))].sort();
    return { ...all[0], resources: resources.includes("*") ? ANY : resources };
  });
}

/** What has the same key, in the order of the first of each. */
function grouped<T>(all: readonly T[], keyOf: (each: T) => object): [T, ...T[]][] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const each of all) {
    const key = JSON.stringify(keyOf(each));
    const group = groups.get(key);
    if (group) group.push(each);
    else groups.set(key, [each]);
  }
  return [...groups.values()];
}

function grantOf(asked: Asked, reach: Reach): Grant {
  const { action, marks } = asked;
  const where = marks ? (TAGS_AND_MORE.includes(action) ? {} : OWN_TAGS) : (ONLY_WHERE[action] ?? {});
  // What is global may be used anywhere, and is looked for everywhere.
  if (isRead(action)) return { action, resources: inRegions(resourcesOf(asked, {}), {}), condition: where };
  const resources = inRegions(resourcesOf(asked, reach), reach);
  return { action, resources, condition: requestedIn(asked, resources, reach, where) };
}

/** The regions, where the resources do not say them. */
function requestedIn({ facts }: Asked, resources: readonly string[], { regions }: Reach, where: Condition): Condition {
  const [only, ...more] = regions ?? [];
  const isSaid = more.length === 0 && resources.every((resource) => resource.split(":")[3] === only);
  if (!regions || isSaid || facts?.scope === "global") return where;
  return { ...where, StringEquals: { ...where.StringEquals, "aws:RequestedRegion": regions } };
}

/** @throws for an action of which it is not known what it can be narrowed to */
function resourcesOf({ action, facts, marks }: Asked, { ids }: Reach): readonly string[] {
  const [service = "", name = ""] = action.split(":");
  const takesNone = WITHOUT_RESOURCE[service]?.includes(name) || READS_WITHOUT_RESOURCE.test(action);
  if ((takesNone && !READS_WITH_RESOURCE.includes(action)) || OPEN[action] !== undefined) return ANY;
  const elsewhere = marks ? undefined : ELSEWHERE[action];
  if (elsewhere) return elsewhere;
  if (facts) return (ids?.[facts.type] ?? ["*"]).map((id) => arnOf(facts, id));
  throw new Error(`it is not known what ${action} can be narrowed to`);
}

function arnOf({ arn }: Facts, id: string): string {
  return arn.replace("{id}", id);
}

function inRegions(resources: readonly string[], { regions }: Reach): string[] {
  const [only = "*", ...more] = regions ?? [];
  return resources.map((resource) => whole(resource).replace("{region}", more.length > 0 ? "*" : only));
}

/** `eks:cluster/*` -> `arn:{partition}:eks:{region}:{account}:cluster/*` */
function whole(resource: string): string {
  if (resource === "*" || resource.startsWith("arn:")) return resource;
  return `arn:{partition}:${resource.replace(":", ":{region}:{account}:")}`;
}

/** A Sid is there once. */
function numbered(statements: readonly PolicyStatement[]): PolicyStatement[] {
  const counts = new Map<string, number>();
  return statements.map((statement) => {
    const count = (counts.get(statement.Sid) ?? 0) + 1;
    counts.set(statement.Sid, count);
    return count === 1 ? statement : { ...statement, Sid: `${statement.Sid}${count}` };
  });
}
