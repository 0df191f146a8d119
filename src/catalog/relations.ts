import type { Link, ResourceType } from "../model/resource.ts";
import type { Facts, LinkFact, TypedLinkFact } from "./contract.ts";
import { FACTS, factsOf } from "./registry.ts";

/**
 * What a link means when things are removed, seen from the resource that has it. `needs`: this one uses the other, and
 * goes first. `held-by`: the other uses this one, and goes first. `goes-with`: the other's removal removes this one, and nothing else does. `goes-along`: so does this one's own.
 * `takes`: this one's removal removes the other. `bound-to`: this one goes only together with the other, and before it.
 * `binds`: the reverse. `apart`: neither minds the other.
 */
export type Bond = "needs" | "held-by" | "goes-with" | "goes-along" | "takes" | "bound-to" | "binds" | "apart";

export const STACK: ResourceType = "AWS::CloudFormation::Stack";

type LinkRule = Pick<LinkFact | TypedLinkFact, "kind" | "onRemoval">;

function bondOfRule({ kind, onRemoval }: LinkRule): Bond {
  if (kind === "owns") return onRemoval === "together" ? "binds" : "takes";
  if (onRemoval === "apart") return "apart";
  if (onRemoval === "after") return "held-by";
  if (onRemoval === "with") return "goes-with";
  if (onRemoval === "along") return "goes-along";
  return onRemoval === "together" ? "bound-to" : "needs";
}

/** What a resource's link means. */
export function bondOf(type: ResourceType, link: Link): Bond {
  // Every type has this link by CloudFormation's own tag, and facts need not say it.
  if (link.kind === "member-of" && link.type === STACK) return "goes-with";
  const rule = factsOf(type)?.links.find(
    (each) => each.kind === link.kind && ("typeAt" in each || each.to === link.type),
  );
  return bondOfRule(rule ?? link);
}

/** Types of which one may use a resource of this type, or own it: what must be seen completely before it is removed. */
export function relatedTypes(type: ResourceType): ReadonlySet<ResourceType> {
  const known = RELATED.get(type);
  if (known) return known;
  const outward = (factsOf(type)?.links ?? []).flatMap((link) =>
    "typeAt" in link || ["needs", "takes", "binds", "apart"].includes(bondOfRule(link)) ? [] : [link.to],
  );
  const inward = FACTS.filter((facts: Facts) => facts.links.some((link) => "typeAt" in link || link.to === type));
  const all = [...outward, ...inward.map((facts) => facts.type), STACK].filter((each) => factsOf(each) !== undefined);
  const related = new Set(all);
  RELATED.set(type, related);
  return related;
}

/** Types of what one of this type may be a part of or attached to: what protects that protects this one, too. */
export function parentTypes(type: ResourceType): readonly ResourceType[] {
  const links = (factsOf(type)?.links ?? []).flatMap((link) =>
    "typeAt" in link || !isUpward(link.kind) ? [] : [link.to],
  );
  return [...new Set([...links, STACK])].filter((each) => factsOf(each) !== undefined);
}

/** Types of what may own one of this type, or go only together with it. */
export function ownerTypes(type: ResourceType): readonly ResourceType[] {
  const outward = (factsOf(type)?.links ?? []).flatMap((link) =>
    "typeAt" in link || !["goes-with", "goes-along", "bound-to"].includes(bondOfRule(link)) ? [] : [link.to],
  );
  const inward = FACTS.filter((facts: Facts) =>
    facts.links.some((link) => link.kind === "owns" && ("typeAt" in link || link.to === type)),
  );
  return [...new Set([...outward, ...inward.map((facts) => facts.type)])].filter((each) => factsOf(each) !== undefined);
}

/** Whether a link of this kind leads to what its resource is a part of or attached to. */
export function isUpward(kind: Link["kind"]): boolean {
  return kind === "member-of" || kind === "attached-to";
}

const RELATED = new Map<ResourceType, ReadonlySet<ResourceType>>();
