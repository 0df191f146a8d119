import { canonical } from "./canonical.ts";
import { isJsonObject, type Json, type JsonObject } from "./json.ts";
import { elementAt, isAt, isUnder, memberAt, type Place, ROOT } from "./path.ts";
import type { ChangeCategory, PropertyRules } from "./property-rules.ts";
import type { Resource, UnknownPart } from "./resource.ts";

/** One property that differs. Absent `before` = it was not there; absent `after` = it is gone. */
export interface PropertyChange {
  readonly path: string;
  readonly before?: Json;
  readonly after?: Json;
  readonly category: ChangeCategory;
  /** The controller that moves this property on purpose: told apart, not hidden. */
  readonly controlledBy?: string;
}

/** What happened to one resource between two scans or snapshots. */
export type Change =
  | { readonly kind: "added"; readonly resource: Resource; readonly createdBy?: string }
  | { readonly kind: "deleted"; readonly resource: Resource }
  | {
      readonly kind: "modified";
      readonly before: Resource;
      readonly after: Resource;
      readonly properties: readonly PropertyChange[];
    }
  /** Deleted and made again under the same ARN. */
  | {
      readonly kind: "replaced";
      readonly before: Resource;
      readonly after: Resource;
      readonly properties: readonly PropertyChange[];
    }
  /** Seen on one side only, or in part, where the other side was not completely seen: nothing can be said. */
  | { readonly kind: "unknown"; readonly resource: Resource; readonly reason: string };

export type ChangeKind = Change["kind"];
export const CHANGE_KINDS: readonly ChangeKind[] = ["added", "deleted", "modified", "replaced", "unknown"];

/** The resource that a change is about, as it is now (or was, when deleted). */
export function subject(change: Change): Resource {
  return "resource" in change ? change.resource : change.after;
}

/** Compares one resource that stands on both sides. Undefined = unchanged. */
export function compare(before: Resource, after: Resource, rules: PropertyRules): Change | undefined {
  const remade = before.createdAt !== undefined && after.createdAt !== undefined && after.createdAt > before.createdAt;
  if (before.fingerprint === after.fingerprint && !remade) {
    const once = seenOnce(before, after);
    return once.length > 0 ? { kind: "unknown", resource: after, reason: blindness(once) } : undefined;
  }
  const blind = [...(before.unknown ?? []), ...(after.unknown ?? [])];
  const properties = propertyChanges(before, after, rules, blind);
  if (remade) return { kind: "replaced", before, after, properties };
  if (properties.length > 0) return { kind: "modified", before, after, properties };
  return blind.length > 0 ? { kind: "unknown", resource: after, reason: blindness(blind) } : undefined;
}

/**
 * Parts that only one side could read. That the rest is equal says nothing of them: not set then and denied now look the
 * same. What neither side could read is no news.
 */
function seenOnce({ unknown: was = [] }: Resource, { unknown: is = [] }: Resource): UnknownPart[] {
  const without = (parts: readonly UnknownPart[], others: readonly UnknownPart[]) =>
    parts.filter(({ path }) => others.every((other) => other.path !== path));
  return [...without(was, is), ...without(is, was)];
}

function blindness(parts: readonly UnknownPart[]): string {
  return [...new Set(parts.map((part) => `${part.path} could not be read: ${part.reason}`))].join("; ");
}

/**
 * The properties that differ, tags included, in path order.
 * @param blind parts that one of the sides could not read, of which nothing can be said
 */
export function propertyChanges(
  before: Resource,
  after: Resource,
  rules: PropertyRules,
  blind: readonly UnknownPart[] = [],
): PropertyChange[] {
  const found: PropertyChange[] = [];
  // A property that has become volatile since the older snapshot was stored is no change.
  const unsaid = [...blind.map(({ path }) => path), ...rules.volatile];
  const add: Add = ({ path, general }, was, is) => {
    if (unsaid.some((pattern) => isUnder(general, pattern))) return;
    const controller = rules.controllerOwned?.find((owned) => isUnder(general, owned.path));
    found.push({
      path,
      ...(was === undefined ? {} : { before: was }),
      ...(is === undefined ? {} : { after: is }),
      category: categoryOf(general, rules),
      ...(controller ? { controlledBy: controller.by } : {}),
    });
  };
  walk(before.tags, after.tags, memberAt(ROOT, "Tags"), rules, add);
  walk(before.configuration, after.configuration, ROOT, rules, add);
  return found.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

type Add = (place: Place, before: Json | undefined, after: Json | undefined) => void;

function walk(before: Json | undefined, after: Json | undefined, at: Place, rules: PropertyRules, add: Add): void {
  if (isJsonObject(before) && isJsonObject(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
      walk(own(before, key), own(after, key), memberAt(at, key), rules, add);
    return;
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    if (rules.unordered.some((path) => isAt(at.general, path))) {
      walkSet(before, after, at, rules, add);
      return;
    }
    for (let index = 0; index < Math.max(before.length, after.length); index++)
      walk(before[index], after[index], elementAt(at, index), rules, add);
    return;
  }
  if (canonical(before ?? null) !== canonical(after ?? null) || (before === undefined) !== (after === undefined))
    add(at, before, after);
}

function own(value: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Elements that only one side has (as often); elements with the same identity are compared member by member. */
function walkSet(before: readonly Json[], after: readonly Json[], at: Place, rules: PropertyRules, add: Add): void {
  const come = after.map((element) => ({ element, text: canonical(element) }));
  const gone = before.filter((element) => !takeFirst(come, ({ text }) => text === canonical(element)));
  for (const old of gone) {
    const name = identity(old);
    const twin = name === undefined ? undefined : takeFirst(come, ({ element }) => identity(element) === name);
    if (twin === undefined) add(elementAt(at, name ?? label(old)), old, undefined);
    else walk(old, twin.element, elementAt(at, name ?? ""), rules, add);
  }
  for (const { element } of come) add(elementAt(at, identity(element) ?? label(element)), undefined, element);
}

function takeFirst<T>(list: T[], wanted: (each: T) => boolean): T | undefined {
  const index = list.findIndex(wanted);
  return index < 0 ? undefined : list.splice(index, 1)[0];
}

/* Members that name an element, the surest first: `Id`, then `GroupId`, `TargetGroupArn`, `ParameterKey`. */
const IDENTITIES: readonly RegExp[] = [/^(Id|Sid)$/i, /(Id|Arn|ARN|Name|Identifier|Key)$|^(name|arn|key)$/];

function identity(element: Json): string | undefined {
  if (!isJsonObject(element)) return undefined;
  const texts = Object.keys(element).filter((key) => typeof element[key] === "string");
  const name = IDENTITIES.map((pattern) => texts.find((key) => pattern.test(key))).find((key) => key !== undefined);
  return name === undefined ? undefined : String(element[name]);
}

function label(element: Json): string {
  return typeof element === "string" ? element : "";
}

/** Names that a category has in every type; facts add their own. */
const CATEGORY_NAMES: readonly (readonly [ChangeCategory, RegExp])[] = [
  ["tags", /^Tags(\.|$)/],
  [
    "permissions",
    /(^|\.)(Policy|PolicyDocument|AssumeRolePolicyDocument|AttachedPolicies|AttachedManagedPolicies|InlinePolicies|PermissionsBoundary|KeyPolicy|Role|RoleArn|ExecutionRole)(\.|\[|$)/,
  ],
  [
    "security exposure",
    /(^|\.)(PubliclyAccessible|IpPermissions|IpPermissionsEgress|PublicAccessBlock|SecurityGroups|VpcSecurityGroups|Scheme|AssociatePublicIpAddress|MapPublicIpOnLaunch|Encrypted|MetadataOptions)(\.|\[|$)/,
  ],
];

function categoryOf(general: string, rules: PropertyRules): ChangeCategory {
  for (const [category, paths] of Object.entries(rules.categories ?? {}))
    if (paths?.some((pattern) => isUnder(general, pattern))) return category as ChangeCategory;
  return CATEGORY_NAMES.find(([, pattern]) => pattern.test(general))?.[0] ?? "configuration";
}

/** How much changed, for a headline. */
export type DeltaCounts = Readonly<Record<ChangeKind, number>>;

export function countChanges(changes: readonly Change[]): DeltaCounts {
  const counts = Object.fromEntries(CHANGE_KINDS.map((kind) => [kind, 0])) as Record<ChangeKind, number>;
  for (const change of changes) counts[change.kind] += 1;
  return counts;
}
