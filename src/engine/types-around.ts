import { FACTS, factsOf } from "../catalog/registry.ts";
import { ownerTypes, parentTypes, relatedTypes } from "../catalog/relations.ts";
import { GLOBAL, type Region } from "../model/brand.ts";
import type { Target } from "../model/plan.ts";
import type { ResourceType } from "../model/resource.ts";

/** What is looked around: one of a type, somewhere. */
export type Named = Pick<Target, "type" | "region">;

/** Types to be read, by region. */
export type Places = ReadonlyMap<Region, ReadonlySet<ResourceType>>;

/** The types that are read before one of this type is removed, itself among them. */
export function typesAround(type: ResourceType): ReadonlySet<ResourceType> {
  const going = goingTypes(type);
  return new Set([...going, ...relatedTypes(type), ...[...going].flatMap(parentTypes)]);
}

/** The same without those that merely use it: all that it takes to know what protects one of this type. */
export function typesAbove(type: ResourceType): ReadonlySet<ResourceType> {
  const going = goingTypes(type);
  return new Set([...going, ...[...going].flatMap((each) => [...parentTypes(each), ...ownerTypes(each)])]);
}

/** @param everywhere regions in which what is global may be used */
export function placesOf(
  targets: readonly Named[],
  everywhere: readonly Region[],
  typesFor: (type: ResourceType) => ReadonlySet<ResourceType>,
): Places {
  const places = new Map<Region, Set<ResourceType>>();
  for (const { type, region } of targets)
    for (const each of typesFor(type)) {
      const isGlobal = factsOf(each)?.scope === "global";
      for (const place of isGlobal ? [GLOBAL] : region === GLOBAL ? everywhere : [region])
        places.set(place, (places.get(place) ?? new Set()).add(each));
    }
  return places;
}

/** A type and the types of what goes with one of it. */
function goingTypes(type: ResourceType): ReadonlySet<ResourceType> {
  const going = new Set([type, ...partTypes(type)]);
  // What goes along has parts of its own: the disks of a fleet's members.
  for (const each of going) for (const taken of takenTypes(each)) going.add(taken);
  return going;
}

/** A stack's parts may be of any type. */
function partTypes(type: ResourceType): ResourceType[] {
  const hasParts = factsOf(type)?.links.some((link) => link.kind === "owns" && "typeAt" in link);
  return hasParts ? FACTS.map((facts): ResourceType => facts.type) : [];
}

/** Types of what goes with one of this type: it says so itself, or its members do, as those of a fleet. */
function takenTypes(type: ResourceType): ResourceType[] {
  const owned = (factsOf(type)?.links ?? []).filter(({ kind }) => kind === "owns");
  const named = owned.flatMap((link) => ("to" in link && factsOf(link.to) ? [link.to] : []));
  const members = FACTS.filter(({ links }) =>
    links.some((link) => "to" in link && link.to === type && link.onRemoval === "with"),
  );
  return [...named, ...members.map((facts): ResourceType => facts.type)];
}
