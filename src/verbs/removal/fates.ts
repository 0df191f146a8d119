import { isServiceManaged } from "../../engine/removable.ts";
import type { Resource, ResourceType } from "../../model/resource.ts";
import { isInert, ownReason } from "./own-reason.ts";
import type { Candidate, RemovalPolicy } from "./plan.ts";
import { settled } from "./settled.ts";

/** Something that must be done before a resource can go. */
export interface Before {
  /** Of the resource whose step removes it: its own, or its owner's. */
  readonly arn: string;
  /** Of the user itself. */
  readonly type: ResourceType;
  /** It goes along with that one. */
  readonly inner: boolean;
}

/** What becomes of each resource that was considered. */
export interface Fates {
  /** Those with steps of their own. */
  readonly removed: readonly Candidate[];
  /** What goes along with one of those. */
  readonly along: readonly { readonly resource: Resource; readonly owner: Resource }[];
  readonly kept: readonly { readonly resource: Resource; readonly reason: string }[];
  /** What is removed before this one: its users, those of what goes along with it, and members that must go first. */
  before(arn: string): readonly Before[];
  /** What removes those of these types that are attached to what this one is attached to. */
  beside(arn: string, types: readonly ResourceType[]): readonly string[];
}

/** Those for which nothing of themselves speaks against it, and then ever fewer, until nobody stays who needs one of them. */
export function fateOf(candidates: readonly Candidate[], policy: RemovalPolicy): Fates {
  const { relations } = policy;
  const byArn = new Map<string, Candidate>(candidates.map((each) => [each.resource.arn, each]));
  const reasons = new Map<string, string>();
  const going = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const reason = ownReason(candidate, policy);
    if (reason === undefined) going.set(candidate.resource.arn, candidate);
    else reasons.set(candidate.resource.arn, reason);
  }

  /** Who removes it: itself, the owner it goes along with, or nobody. */
  const remover = (arn: string, seen = new Set<string>()): string | undefined => {
    if (seen.has(arn)) return undefined;
    seen.add(arn);
    const taker = relations.ownersOf(arn).find(({ owner, how }) => how !== "together" && going.has(owner));
    if (taker) return remover(taker.owner, seen) ?? taker.owner;
    if (going.has(arn)) return arn;
    const far = relations.ownersOf(arn).find(({ how, owner }) => how !== "together" && remover(owner, seen));
    return far ? remover(far.owner) : undefined;
  };
  const nameOf = (arn: string) => {
    const each = relations.resource(arn);
    return each ? `${byType(each)} ${each.name ?? each.id}` : arn;
  };

  const check = (arn: string): string | undefined => {
    const candidate = going.get(arn);
    const resource = candidate && (relations.resource(arn) ?? candidate.resource);
    if (!resource) return undefined;
    if (!relations.resource(arn)) return "it was gone when its surroundings were looked at";
    const doubt = relations.doubtOf(resource);
    if (doubt) return doubt;
    const owner = relations.ownersOf(arn).find((each) => each.how !== "along" && remover(each.owner) === undefined);
    if (owner) return `it belongs to ${nameOf(owner.owner)}, which stays`;
    for (const owned of relations.belowOf(arn)) {
      const why = whyOwnedStays(owned);
      if (why) return `it would take ${nameOf(owned)} along: ${why}`;
      const isFirst = relations.ownersOf(owned).some(({ owner, how }) => owner === arn && how === "together");
      if (isFirst && !going.has(owned)) return `${nameOf(owned)} must go before it, and stays${because(owned)}`;
    }
    return whyUsed(arn);
  };
  const whyUsed = (arn: string): string | undefined => {
    const users = [...relations.usersOf(arn)];
    const user = users.find((each) => remover(each) === undefined && !leavesByItself(each));
    if (user) return `${nameOf(user)} uses it, and stays${because(user)}`;
    const byService = users.find((each) => remover(each) === undefined);
    const isExplained = users.some((each) => remover(each) !== undefined);
    // AWS would refuse its removal, but not what is done to it first.
    return byService && !isExplained && needsPreparation(byArn.get(arn))
      ? `${nameOf(byService)}, of a service, uses it, and nothing that goes explains that`
      : undefined;
  };
  const because = (arn: string) => (reasons.has(arn) ? `: ${reasons.get(arn)}` : "");
  const leavesByItself = (arn: string) => {
    const user = relations.resource(arn);
    return user !== undefined && isServiceManaged(user) && policy.stays(user) === undefined;
  };
  const whyOwnedStays = (arn: string): string | undefined => {
    const owned = relations.resource(arn);
    if (!owned || going.has(arn)) return undefined;
    const reason = policy.stays(owned);
    if (reason) return reason;
    const candidate = byArn.get(arn);
    // What can't be removed by itself, or not by anyone but its service, goes along all the same.
    if (candidate && !isInert(candidate)) return reasons.get(arn);
    // CloudFormation deletes whatever else there is before it finds out that one part is in use; or it never does.
    return relations.partDoubtOf(owned) ?? whyUsed(arn);
  };

  const above = (arn: string): ReadonlySet<string> => {
    const owners = new Set<string>(relations.ownersOf(arn).map(({ owner }) => owner));
    for (const each of owners) for (const { owner } of relations.ownersOf(each)) owners.add(owner);
    return owners;
  };

  const open = [...going.keys()];
  for (let arn = open.pop(); arn !== undefined; arn = open.pop()) {
    const reason = check(arn);
    if (reason === undefined) continue;
    going.delete(arn);
    reasons.set(arn, reason);
    // Whatever went along with it uses something, too; and what that is may go along with something else.
    const group = [arn, ...relations.belowOf(arn)];
    const touched = [...group, ...group.flatMap((each) => [...relations.usedBy(each)])];
    open.push(...touched.flatMap((each) => [each, ...above(each)]).filter((each) => going.has(each)));
  }
  return settled(candidates, policy, { going, reasons, remover });
}

function needsPreparation({ found }: Partial<Candidate> = {}): boolean {
  return found !== undefined && found !== "gone" && "state" in found && (found.state.needs ?? []).length > 0;
}

function byType({ type }: Resource): string {
  return type.split("::").slice(1).join(" ");
}
