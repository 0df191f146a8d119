import type { Resource, ResourceType } from "../model/resource.ts";

/** A rule of the configuration that keeps resources out of every plan. */
export type ProtectRule = TagRule | IdRule | TypeRule | AgeRule;

interface TagRule {
  readonly key: string;
  /** Absent = any value. */
  readonly value?: string;
}

interface IdRule {
  /** ARN, id or name. */
  readonly id: string;
}

interface TypeRule {
  readonly types: readonly ResourceType[];
  /** As it is written: a type or a group. */
  readonly called: string;
}

interface AgeRule {
  readonly youngerThanMs: number;
  /** As it is written: `2h`. */
  readonly called: string;
}

/** The tag that keeps a resource out of every plan. Any value but exactly `false` does. */
export const PROTECT_TAG = "evenkeel:protect";

/** What of a resource the rules look at. */
export type Protectable = Pick<Resource, "arn" | "type" | "id" | "name" | "tags" | "createdAt" | "unknown">;

/** Why a resource may not be changed; undefined = nothing protects it. What can't be told protects: unread tags, an unknown age. */
export function protectionOf(resource: Protectable, rules: readonly ProtectRule[], now: number): string | undefined {
  const { tags, unknown = [] } = resource;
  const own = tags[PROTECT_TAG];
  if (own !== undefined && own !== "false") return `it is protected by its tag ${PROTECT_TAG}=${own}`;
  for (const rule of rules) {
    const reason = reasonOf(rule, resource, now);
    if (reason) return `${reason} (guards.protect)`;
  }
  const unread = unknown.find(({ path }) => path === "Tags");
  return unread ? `its tags could not be read, so whether it is protected is not known: ${unread.reason}` : undefined;
}

/** Whether a rule names single resources: those stand for whatever is attached to them, too. A kind or an age does not. */
export function namesResources(rule: ProtectRule): boolean {
  return "key" in rule || "id" in rule;
}

export function isAgeRule(rule: ProtectRule): rule is AgeRule {
  return "youngerThanMs" in rule;
}

function reasonOf(rule: ProtectRule, { arn, type, id, name, tags, createdAt }: Protectable, now: number) {
  if ("key" in rule) {
    const isSet = Object.hasOwn(tags, rule.key) && (rule.value === undefined || tags[rule.key] === rule.value);
    return isSet ? `it is protected by its tag ${rule.key}=${tags[rule.key]}` : undefined;
  }
  if ("id" in rule) return [arn, id, name].includes(rule.id) ? `it is protected by name, as ${rule.id}` : undefined;
  if ("types" in rule) return rule.types.includes(type) ? `its type is protected, as ${rule.called}` : undefined;
  if (createdAt === undefined) return `AWS does not tell when it was created: it may be younger than ${rule.called}`;
  // Not `<`: a date that is none must protect.
  const isOldEnough = now - Date.parse(createdAt) >= rule.youngerThanMs;
  return isOldEnough ? undefined : `it is younger than ${rule.called}`;
}
