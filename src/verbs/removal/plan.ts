import { type Facts, UNPROTECT } from "../../catalog/contract.ts";
import type { Relations } from "../../engine/relations.ts";
import { identityOf, type Removable } from "../../engine/removal-executor.ts";
import { type AccountId, instant } from "../../model/brand.ts";
import { canonical, sha256 } from "../../model/canonical.ts";
import type { Coverage } from "../../model/coverage.ts";
import { withoutCycles } from "../../model/graph.ts";
import type { JsonObject } from "../../model/json.ts";
import {
  type Budget,
  type Kept,
  PLAN_LIFETIME_MS,
  PLAN_SCHEMA,
  type Plan,
  planDigest,
  type Step,
  targetOf,
} from "../../model/plan.ts";
import type { Resource, ResourceType } from "../../model/resource.ts";
import type { Selection } from "../../model/selection.ts";
import { type Fates, fateOf } from "./fates.ts";

/** A resource that is to be removed, and what it is like just now. */
export interface Candidate {
  readonly resource: Resource;
  readonly facts: Facts;
  /** Why it is to be removed: `it was added after baseline friday`. */
  readonly reason: string;
  /** Why it is not removed by itself, though it may go along with its owner. */
  readonly alone?: string;
  /** Absent = its type can't be removed; `unread`: why it could not be read. */
  readonly found?: Removable | { readonly unread: string } | "gone";
}

export interface RemovalPolicy {
  readonly verb: string;
  readonly account: AccountId;
  readonly partition: string;
  readonly selection: Selection;
  readonly coverage: Coverage;
  readonly now: number;
  readonly budget: Budget;
  readonly relations: Relations;
  /** Why a resource may not be removed, neither by itself nor along with its owner; undefined = nothing speaks against it. */
  readonly stays: (resource: Resource) => string | undefined;
  /** Types whose protection by AWS is switched off first. */
  readonly overrideProtection: ReadonlySet<ResourceType>;
  /** Types that are removed without a copy. */
  readonly noBackup: ReadonlySet<ResourceType>;
}

/** What will be removed, in which order, and what was considered and left. Pure. */
export function planRemoval(candidates: readonly Candidate[], policy: RemovalPolicy): Plan {
  const fates = fateOf(candidates, policy);
  const parts = new Map<string, Parts>();
  for (const candidate of fates.removed) parts.set(candidate.resource.arn, partsOf(candidate, policy));
  const steps = [...parts.values()].flatMap((each) => inOrder(each, fates, parts));
  const createdAt = instant(policy.now);
  const { verb, account, partition, selection, coverage, budget } = policy;
  const draft = {
    schema: PLAN_SCHEMA,
    id: `p-${sha256(canonical({ verb, account, createdAt, steps: steps.map(({ id }) => id) })).slice(0, 12)}`,
    verb,
    account,
    partition,
    createdAt,
    expiresAt: instant(policy.now + PLAN_LIFETIME_MS),
    selection,
    coverage,
    steps: withoutCycles(steps.sort((a, b) => (a.id < b.id ? -1 : 1))),
    kept: keptOf(fates),
    budget,
  } as const;
  return { ...draft, digest: planDigest(draft) };
}

function keptOf({ kept, along }: Fates): Kept[] {
  const left = kept.map(({ resource, reason }): Kept => ({ target: targetOf(resource), reason }));
  const going = along.map(({ resource, owner }): Kept => {
    return { target: targetOf(resource), reason: `goes with ${owner.name ?? owner.id}`, goesWith: owner.arn };
  });
  return [...left, ...going].sort((a, b) => (a.target.arn < b.target.arn ? -1 : 1));
}

/** The steps of one resource: a copy, what must be done first, and the removal itself. */
interface Parts {
  readonly resource: Resource;
  readonly first: readonly Prior[];
  readonly last: Step;
}

/** A step before a removal, with what the preparation's facts say of its order. */
interface Prior {
  readonly step: Step;
  readonly releases: readonly ResourceType[];
  readonly waitsFor: readonly ResourceType[];
}

function partsOf(candidate: Candidate, policy: RemovalPolicy): Parts {
  const { resource, facts, found } = candidate;
  const { removal } = facts;
  if (!removal || !found || found === "gone" || "unread" in found) throw new TypeError(`no step for ${resource.arn}`);
  const { state } = found;
  const { preparations = {}, backup, iam } = removal;
  const backsUp = backup !== undefined && !policy.noBackup.has(resource.type);
  const name = backupName(resource.id, policy.now);
  const step = (
    id: string,
    operation: Step["operation"],
    how: string,
    { iam: own = [], ...more }: Partial<Step>,
  ): Step => ({
    id: `${id} ${resource.arn}`,
    operation,
    target: targetOf(resource),
    says: `${facts.title} ${resource.name ?? resource.id}: ${how}`,
    reason: candidate.reason,
    stage: 0,
    expects: identityOf(found),
    saves: {},
    after: [],
    loses: [],
    risks: [],
    iam: [...new Set([...facts.iam.read, ...iam.inspect, ...own])].sort(),
    ...more,
  });
  const copies = backsUp && iam.backup ? [{ saves: { backup: name }, iam: iam.backup }] : [];
  const copy = copies.map((more): Prior => {
    return { step: step("back-up", "back-up", `${backup} is made`, more), releases: [], waitsFor: [] };
  });
  const needed = state.guardedBy ? [UNPROTECT, ...(state.needs ?? [])] : (state.needs ?? []);
  const prepared = needed.map((way): Prior => {
    const preparation = preparations[way];
    if (!preparation) throw new TypeError(`${facts.type} has no preparation ${way}`);
    const { how, releases = [], waitsFor = [], iam: own } = preparation;
    return { step: step(`prepare-${way}`, "prepare", how, { way, iam: own }), releases, waitsFor };
  });
  const saves: JsonObject = backsUp && !iam.backup ? { finalSnapshot: name } : {};
  const kept = backsUp && !iam.backup ? `${removal.how}, with ${backup}` : removal.how;
  const words = [...removal.loses, ...(state.loses ?? [])];
  const loses = backup !== undefined && !backsUp ? [...words, `no ${backup.replace(/^an? /, "")} is made`] : words;
  return {
    resource,
    first: [...copy, ...prepared],
    last: step("remove", "remove", kept, { saves, loses, iam: iam.remove }),
  };
}

/** A name that RDS, EC2, Redshift and DynamoDB all take, and that no other plan's has. */
function backupName(id: string, now: number): string {
  const stamp = instant(now).replaceAll(/\D/g, "").slice(0, 14);
  const plain = id.replaceAll(/[^A-Za-z0-9]+/g, "-").replaceAll(/^-+|-+$/g, "");
  // What is cut off, or written in other characters, must still tell it from its neighbours.
  const short = plain === id && id.length <= 36 ? id : `${plain.slice(0, 29)}-${sha256(id).slice(0, 6)}`;
  return `evenkeel-${short}-${stamp}`.replaceAll(/-{2,}/g, "-");
}

/** Each step after its users' and its members' removal, or after what makes them let go of it. */
function inOrder({ resource, first, last }: Parts, fates: Fates, parts: ReadonlyMap<string, Parts>): Step[] {
  const before = (except: readonly ResourceType[]) =>
    fates.before(resource.arn).flatMap(({ arn, type, inner }): string[] => {
      const other = parts.get(arn);
      if (!other || other === parts.get(resource.arn) || except.includes(type)) return [];
      // What a user goes along with is removed as a whole; a user that is a step of its own may let go earlier.
      const release = inner ? undefined : other.first.find(({ releases }) => releases.includes(resource.type));
      return [(release?.step ?? other.last).id];
    });
  const done: string[] = [];
  const ordered = first.map(({ step, releases, waitsFor }): Step => {
    const beside = fates.beside(resource.arn, waitsFor).flatMap((arn) => parts.get(arn)?.last.id ?? []);
    const after = [...new Set([...before(releases), ...beside, ...done])].sort();
    done.push(step.id);
    return { ...step, after };
  });
  return [...ordered, { ...last, after: [...new Set([...before([]), ...done])].sort() }];
}
