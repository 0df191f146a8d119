import type { Connection } from "../aws/connection.ts";
import { FACTS, factsOf } from "../catalog/registry.ts";
import { parentTypes, relatedTypes } from "../catalog/relations.ts";
import { memoryHost } from "../io/memory.ts";
import { GLOBAL, type Region } from "../model/brand.ts";
import type { Clock } from "../model/clock.ts";
import { isError } from "../model/errors.ts";
import type { Target } from "../model/plan.ts";
import type { Redact } from "../model/redact.ts";
import type { ResourceType } from "../model/resource.ts";
import { type Relations, relationsOf } from "./relations.ts";
import { scan } from "./scan/scan.ts";

/** What a look around is made with. */
export interface Looking {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly redact: Redact;
  readonly signal: AbortSignal;
}

type Named = Pick<Target, "type" | "region">;

/** Reads now whatever may use, own, or be owned by these resources, what they are attached to, and these themselves. */
export async function lookAround(looking: Looking, targets: readonly Named[]): Promise<Relations> {
  const { connection, clock, redact, signal } = looking;
  const regions = await regionsOf(looking, targets);
  const places = placesOf(targets, regions ?? []);
  const host = memoryHost();
  const scans = await Promise.all(
    [...places].map(([region, types]) => {
      const selection = { types: [...types], regions: [region] };
      return scan({ connection, selection, redact, host, clock, signal });
    }),
  );
  return relationsOf({
    resources: scans.flatMap(({ resources }) => resources),
    coverage: scans.flatMap(({ coverage }) => coverage),
    regions,
  });
}

/** What is global may be used in every region. Undefined = they may not be asked for. */
async function regionsOf({ connection }: Looking, targets: readonly Named[]): Promise<readonly Region[] | undefined> {
  if (targets.every(({ region }) => region !== GLOBAL)) return undefined;
  try {
    return await connection.enabledRegions();
  } catch (error) {
    if (isError(error) && error.code !== "CANCELLED") return undefined;
    throw error;
  }
}

/** The types to be read, by region. */
function placesOf(targets: readonly Named[], everywhere: readonly Region[]): Map<Region, Set<ResourceType>> {
  const places = new Map<Region, Set<ResourceType>>();
  for (const { type, region } of targets)
    for (const each of typesAround(type)) {
      const isGlobal = factsOf(each)?.scope === "global";
      for (const place of isGlobal ? [GLOBAL] : region === GLOBAL ? everywhere : [region])
        places.set(place, (places.get(place) ?? new Set()).add(each));
    }
  return places;
}

/** The types that are read before one of this type is removed, itself among them. */
export function typesAround(type: ResourceType): ReadonlySet<ResourceType> {
  const going = new Set([type, ...partTypes(type)]);
  // What goes along has parts of its own: the disks of a fleet's members.
  for (const each of going) for (const taken of takenTypes(each)) going.add(taken);
  return new Set([...going, ...relatedTypes(type), ...[...going].flatMap(parentTypes)]);
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

/**
 * Looks around single resources, each time anew. Those that ask while a look is under way share the next one, so that what
 * a step is told was always read after it had asked.
 */
export function lookingAround(looking: Looking): (target: Named) => Promise<Relations> {
  let waiting: { target: Named; resolve: (relations: Relations) => void; reject: (error: unknown) => void }[] = [];
  let serving = false;
  const serve = async () => {
    serving = true;
    await Promise.resolve();
    while (waiting.length > 0) {
      const asked = waiting;
      waiting = [];
      try {
        const relations = await lookAround(
          looking,
          asked.map(({ target }) => target),
        );
        for (const { resolve } of asked) resolve(relations);
      } catch (error) {
        for (const { reject } of asked) reject(error);
      }
    }
    serving = false;
  };
  return (target) =>
    new Promise((resolve, reject) => {
      waiting.push({ target, resolve, reject });
      if (!serving) void serve();
    });
}
