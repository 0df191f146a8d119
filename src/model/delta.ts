import { canonical } from "./canonical.ts";
import type { Json } from "./json.ts";
import { isJsonObject } from "./json.ts";
import { isUnder } from "./path.ts";
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
  if (before.fingerprint === after.fingerprint && !remade) return undefined;
  const blind = [...(before.unknown ?? []), ...(after.unknown ?? [])];
  const properties = propertyChanges(before, after, rules).filter(
    (change) => !blind.some((part) => isUnder(change.path, part.path)),
  );
  if (remade) return { kind: "replaced", before, after, properties };
  if (properties.length > 0) return { kind: "modified", before, after, properties };
  return blind.length > 0 ? { kind: "unknown", resource: after, reason: blindness(blind) } : undefined;
}

function blindness(parts: readonly UnknownPart[]): string {
  return [...new Set(parts.map((part) => `${part.path} could not be read: ${part.reason}`))].join("; ");
}

/** The properties that differ, tags included, in path order. */
export function propertyChanges(before: Resource, after: Resource, rules: PropertyRules): PropertyChange[] {
  const found: PropertyChange[] = [];
  const add = (path: string, was: Json | undefined, is: Json | undefined) => {
    const controller = rules.controllerOwned?.find((owned) => isUnder(path, owned.path));
    found.push({
      path,
      ...(was === undefined ? {} : { before: was }),
      ...(is === undefined ? {} : { after: is }),
      category: categoryOf(path, rules),
      ...(controller ? { controlledBy: controller.by } : {}),
    });
  };
  walk(before.tags, after.tags, "Tags", rules, add);
  walk(before.configuration, after.configuration, "", rules, add);
  return found.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

type Add = (path: string, before: Json | undefined, after: Json | undefined) => void;

function walk(before: Json | undefined, after: Json | undefined, at: string, rules: PropertyRules, add: Add): void {
  if (isJsonObject(before) && isJsonObject(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
      walk(before[key], after[key], at ? `${at}.${key}` : key, rules, add);
    return;
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    if (rules.unordered.some((path) => samePattern(at, path))) {
      walkSet(before, after, at, rules, add);
      return;
    }
    for (let index = 0; index < Math.max(before.length, after.length); index++)
      walk(before[index], after[index], `${at}[${index}]`, rules, add);
    return;
  }
  if (canonical(before ?? null) !== canonical(after ?? null) || (before === undefined) !== (after === undefined))
    add(at, before, after);
}

/** Elements that only one side has; elements with the same identity are compared member by member. */
function walkSet(before: readonly Json[], after: readonly Json[], at: string, rules: PropertyRules, add: Add): void {
  const was = new Set(before.map((each) => canonical(each)));
  const is = new Set(after.map((each) => canonical(each)));
  const gone = before.filter((each) => !is.has(canonical(each)));
  const come = after.filter((each) => !was.has(canonical(each)));
  for (const old of gone) {
    const name = identity(old);
    const twin = name === undefined ? undefined : come.find((each) => identity(each) === name);
    if (twin === undefined) add(`${at}[${name ?? label(old)}]`, old, undefined);
    else {
      come.splice(come.indexOf(twin), 1);
      walk(old, twin, `${at}[${name}]`, rules, add);
    }
  }
  for (const fresh of come) add(`${at}[${identity(fresh) ?? label(fresh)}]`, undefined, fresh);
}

const IDENTITY = /^(?:.*(?:Id|Arn|Name|Identifier)|Sid|Key)$/;

/** The first member that names an element: `GroupId`, `TargetGroupArn`, `Sid`. */
function identity(element: Json): string | undefined {
  if (!isJsonObject(element)) return undefined;
  const name = Object.keys(element).find((key) => IDENTITY.test(key) && typeof element[key] === "string");
  return name === undefined ? undefined : String(element[name]);
}

function label(element: Json): string {
  return typeof element === "string" ? element : "";
}

function samePattern(concrete: string, pattern: string): boolean {
  return (
    isUnder(concrete, pattern) && concrete.replace(/\[[^\]]*\]/g, "[]").split(".").length === pattern.split(".").length
  );
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

function categoryOf(path: string, rules: PropertyRules): ChangeCategory {
  for (const [category, paths] of Object.entries(rules.categories ?? {}))
    if (paths?.some((pattern) => isUnder(path, pattern))) return category as ChangeCategory;
  return CATEGORY_NAMES.find(([, pattern]) => pattern.test(path))?.[0] ?? "configuration";
}

/** How much changed, for a headline. */
export type DeltaCounts = Readonly<Record<ChangeKind, number>>;

export function countChanges(changes: readonly Change[]): DeltaCounts {
  const counts = Object.fromEntries(CHANGE_KINDS.map((kind) => [kind, 0])) as Record<ChangeKind, number>;
  for (const change of changes) counts[change.kind] += 1;
  return counts;
}
