import type { Connection } from "../aws/connection.ts";
import { memoryHost } from "../io/memory.ts";
import { GLOBAL, type Region } from "../model/brand.ts";
import type { Clock } from "../model/clock.ts";
import type { Coverage } from "../model/coverage.ts";
import { isError } from "../model/errors.ts";
import type { Redact } from "../model/redact.ts";
import type { ResourceType, ScannedResource } from "../model/resource.ts";
import { type Relations, relationsOf } from "./relations.ts";
import { scan } from "./scan/scan.ts";
import { type Named, type Places, placesOf, typesAbove, typesAround } from "./types-around.ts";

/** What a look around is made with. */
export interface Looking {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly redact: Redact;
  readonly signal: AbortSignal;
}

/** Reads now whatever may use, own, or be owned by these resources, what they are attached to, and these themselves. */
export function lookAround(looking: Looking, targets: readonly Named[]): Promise<Relations> {
  return look(looking, targets, typesAround);
}

/**
 * The same without what merely uses them: what guards must know, as protection goes down from what a resource is a part of
 * or attached to. Who uses a role is the dearest question of all, and each step asks it for itself.
 */
export function lookAbove(looking: Looking, targets: readonly Named[]): Promise<Relations> {
  return look(looking, targets, typesAbove);
}

async function look(
  looking: Looking,
  targets: readonly Named[],
  typesFor: (type: ResourceType) => ReadonlySet<ResourceType>,
): Promise<Relations> {
  const regions = await regionsFor(looking, targets);
  return relationsOf({ ...(await readPlaces(looking, placesOf(targets, regions ?? [], typesFor))), regions });
}

/** What is global may be used in every region. Undefined = they may not be asked for. */
export async function regionsFor(
  { connection }: Pick<Looking, "connection">,
  targets: readonly Named[],
): Promise<readonly Region[] | undefined> {
  if (targets.every(({ region }) => region !== GLOBAL)) return undefined;
  try {
    return await connection.enabledRegions();
  } catch (error) {
    if (isError(error) && error.code !== "CANCELLED") return undefined;
    throw error;
  }
}

/** What was read of an account. */
export interface Reading {
  readonly resources: readonly ScannedResource[];
  readonly coverage: Coverage;
}

/** Reads these types in these regions now. Regions of the same types share a scan, whose listings at once are bounded. */
export async function readPlaces({ connection, clock, redact, signal }: Looking, places: Places): Promise<Reading> {
  const host = memoryHost();
  const alike = new Map<string, { readonly types: ResourceType[]; readonly regions: Region[] }>();
  for (const [region, wanted] of places) {
    const types = [...wanted].sort();
    const selection = alike.get(types.join()) ?? { types, regions: [] };
    selection.regions.push(region);
    alike.set(types.join(), selection);
  }
  const scans = await Promise.all(
    [...alike.values()].map((selection) => scan({ connection, selection, redact, host, clock, signal })),
  );
  return {
    resources: scans.flatMap(({ resources }) => resources),
    coverage: scans.flatMap(({ coverage }) => coverage),
  };
}
