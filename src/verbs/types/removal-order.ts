import type { Facts, LinkFact } from "../../catalog/contract.ts";
import { FACTS, factsOf } from "../../catalog/registry.ts";
import { type Bond, bondOf } from "../../catalog/relations.ts";
import type { ResourceType } from "../../model/resource.ts";

/** Where a type stands in the order of removals, as far as links with a known end say. */
export interface RemovalOrder {
  /** Types of which one that has to do with it goes before it, as short names. */
  readonly before: readonly string[];
  /** Types with one of which it goes, if there is one, as short names. */
  readonly goesWith: readonly string[];
}

/** Pure. */
export function removalOrder(type: ResourceType): RemovalOrder {
  const own = linksOf(factsOf(type));
  const others = FACTS.filter((facts) => facts.type !== type);
  const outward = (...bonds: Bond[]) =>
    own.filter((link) => bonds.includes(meaningOf(type, link))).map(({ to }): ResourceType => to);
  const inward = (...bonds: Bond[]) =>
    others
      .filter((facts) => linksOf(facts).some((link) => link.to === type && bonds.includes(meaningOf(facts.type, link))))
      .map((facts): ResourceType => facts.type);
  return {
    before: shorts([...outward("held-by", "binds"), ...inward("needs", "bound-to")]),
    goesWith: shorts([...outward("goes-with"), ...inward("takes")]),
  };
}

function linksOf(facts: Facts | undefined): LinkFact[] {
  return (facts?.links ?? []).flatMap((link) => ("typeAt" in link ? [] : [link]));
}

function meaningOf(type: ResourceType, { kind, to }: LinkFact): Bond {
  return bondOf(type, { kind, type: to, to: "" });
}

function shorts(types: readonly ResourceType[]): string[] {
  return [...new Set(types.flatMap((type) => factsOf(type)?.short ?? []))].sort();
}
