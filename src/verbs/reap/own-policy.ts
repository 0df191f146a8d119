import { GROUPS } from "../../catalog/contract.ts";
import { bondOf } from "../../catalog/relations.ts";
import { parseTypes } from "../../engine/selection.ts";
import { EvenkeelError } from "../../model/errors.ts";
import { amount, type Costs, minus, sign, sum } from "../../model/money.ts";
import type { Resource, ResourceType, ScannedResource } from "../../model/resource.ts";
import type { ConfirmRuns, Insight, Policy, Proposal } from "./policy.ts";

/** A policy of `evenkeel.yaml`, as its schema lets it through. All that `match` names must be so. */
export interface WrittenPolicy {
  readonly match: {
    readonly type: readonly string[];
    /** A glob, or a regular expression between slashes; of the id, where it has no name. */
    readonly name?: string | undefined;
    /** KEY or KEY=VALUE: it has all of them. */
    readonly tags?: readonly string[] | undefined;
    /** It has none of them. */
    readonly "not-tags"?: readonly string[] | undefined;
    /** It is at least so old: `72h`, `3d`. */
    readonly age?: string | undefined;
    /** Nobody uses it. */
    readonly unused?: true | undefined;
    /** It costs more an hour, at list prices. */
    readonly cost?: { readonly above: string } | undefined;
  };
  readonly action: PolicyAction;
  /** Of the action of that name: `7d`. */
  readonly quarantine?: string | undefined;
  /** Of the action remove: 2 = only marked by the first run that finds it. */
  readonly "confirm-runs"?: ConfirmRuns | undefined;
}

/**
 * `quarantine` stops and tags what it finds, and removes it when the time is over; `pause` stops it as a pause does, until a
 * resume; `report` only tells of it.
 */
export const POLICY_ACTIONS = ["remove", "quarantine", "pause", "report"] as const;
export type PolicyAction = (typeof POLICY_ACTIONS)[number];

/** @throws EvenkeelError USAGE, UNKNOWN_TYPE: nothing has been called then */
export function ownPolicy(name: string, written: WrittenPolicy): Policy {
  const { match, action, quarantine, "confirm-runs": confirmRuns } = written;
  const types = parseTypes(match.type);
  const isNamed = match.name === undefined ? () => true : parseNamePattern(match.name);
  const leastMs = match.age === undefined ? undefined : parseAge(match.age);
  const above = match.cost === undefined ? undefined : amount(match.cost.above);
  const isAlike = (resource: Resource) =>
    types.includes(resource.type) &&
    isNamed(resource.name ?? resource.id) &&
    (match.tags ?? []).every((tag) => hasTag(resource, tag)) &&
    !(match["not-tags"] ?? []).some((tag) => hasTag(resource, tag));

  return {
    name,
    types,
    does: action === "quarantine" ? "remove" : action,
    allowData: explicitTypes(match.type),
    ...(quarantine === undefined ? {} : { quarantine }),
    ...(confirmRuns === undefined ? {} : { confirmRuns }),
    async propose(seen, insight) {
      let found = seen.filter(isAlike).map((resource): Judged => ({ resource }));
      if (leastMs !== undefined) found = found.flatMap((each) => byAge(each, leastMs, insight.now));
      if (match.unused) found = await byUse(found, insight);
      if (above !== undefined) {
        const costs = await insight.costs(undecided(found));
        found = found.flatMap((each) => byCost(each, above, costs.get(each.resource.arn)));
      }
      const reason = `policy ${name} matches it`;
      const report = action === "report" ? reportReason(name) : undefined;
      return found.map(({ resource, left }): Proposal => {
        const alone = left ?? report;
        return { resource, reason, ...(alone === undefined ? {} : { alone }) };
      });
    },
  };
}

/** Why a plan keeps what a policy only tells of. */
export function reportReason(policy: string): string {
  return `policy ${policy} reports it`;
}

/** One that matches so far; `left` = why it is left all the same: whether it matches is not known, or somebody uses it. */
interface Judged {
  readonly resource: ScannedResource;
  readonly left?: string;
}

const undecided = (all: readonly Judged[]) =>
  all.filter(({ left }) => left === undefined).map(({ resource }) => resource);

function byAge(each: Judged, leastMs: number, now: number): Judged[] {
  const { createdAt } = each.resource;
  if (createdAt === undefined) return [{ ...each, left: "AWS does not tell when it was created" }];
  return now - Date.parse(createdAt) >= leastMs ? [each] : [];
}

async function byUse(all: readonly Judged[], { relations }: Insight): Promise<Judged[]> {
  const asked = undecided(all);
  if (asked.length === 0) return [...all];
  const around = await relations(asked);
  return all.map((each): Judged => {
    if (each.left !== undefined) return each;
    const doubt = around.doubtOf(each.resource);
    if (doubt) return { ...each, left: `whether it is unused is not known: ${doubt}` };
    const [user] = around.usersOf(each.resource.arn);
    if (user !== undefined) return { ...each, left: `${user} uses it` };
    // AWS lets go of one at once; but the subnet that a route table is attached to does use it.
    const held = each.resource.links.find(
      (link) => link.kind === "attached-to" && bondOf(each.resource.type, link) === "apart",
    );
    return held ? { ...each, left: `it is attached to ${held.to}` } : each;
  });
}

function byCost(each: Judged, above: ReturnType<typeof amount>, costs: Costs | undefined): Judged[] {
  if (each.left !== undefined) return [each];
  if (!costs) return [{ ...each, left: "what it costs is not known" }];
  if (costs.countedWith) return [{ ...each, left: `what it costs is counted with ${costs.countedWith}` }];
  if (sign(minus(sum(costs.parts.map(({ hourly }) => hourly)), above)) > 0) return [each];
  const [unpriced] = costs.unpriced;
  return unpriced ? [{ ...each, left: `what its ${unpriced.part} costs is not known: ${unpriced.reason}` }] : [];
}

/** Tags that could not be read are on neither list; the planner keeps such a resource, as they may protect it. */
function hasTag({ tags }: Resource, tag: string): boolean {
  const at = tag.indexOf("=");
  const key = at < 0 ? tag : tag.slice(0, at);
  return Object.hasOwn(tags, key) && (at < 0 || tags[key] === tag.slice(at + 1));
}

/** A type that is only meant by the name of its group has not been named. */
function explicitTypes(names: readonly string[]): ResourceType[] {
  const groups: readonly string[] = GROUPS;
  const single = names.filter((each) => !groups.includes(each.toLowerCase()));
  return single.length > 0 ? parseTypes(single) : [];
}

/** @throws EvenkeelError USAGE */
export function parseNamePattern(text: string): (name: string) => boolean {
  const regex = /^\/(.+)\/$/.exec(text)?.[1];
  try {
    const pattern = regex === undefined ? globPattern(text) : new RegExp(regex);
    return (name) => pattern.test(name);
  } catch (cause) {
    const hint = "a glob such as build-*, or a regular expression between slashes";
    throw new EvenkeelError("USAGE", `${text} is no regular expression`, { hint, cause });
  }
}

function globPattern(glob: string): RegExp {
  const escaped = glob.replaceAll(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "s");
}

const HOUR = 3_600_000;

/** @throws EvenkeelError USAGE */
export function parseAge(text: string): number {
  const [, count, unit] = /^([1-9]\d{0,4})([hd])$/.exec(text) ?? [];
  if (!count) throw new EvenkeelError("USAGE", `"${text}" is no age`, { hint: "hours or days, such as 72h or 3d" });
  return Number(count) * (unit === "d" ? 24 * HOUR : HOUR);
}
