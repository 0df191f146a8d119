import type { Region } from "../model/brand.ts";
import type { CoverageCell } from "../model/coverage.ts";
import type { ScannedResource } from "../model/resource.ts";
import { isSeen } from "./doubts.ts";
import { type Looking, type Reading, readPlaces, regionsFor } from "./look-around.ts";
import { type Relations, relationsOf } from "./relations.ts";
import { type Named, type Places, placesOf, typesAround } from "./types-around.ts";

/**
 * How long what was read may be told to others that ask. Who uses a role takes some thirty listings in each of the account's
 * regions; a step that begins within these seconds need not make them again.
 */
export const SHARED_FOR_MS = 10_000;

/** Looks around single resources, for steps that ask at about the same time. */
export interface SharedLooks {
  /** How many readings have begun so far. */
  begun(): number;
  /**
   * @param after of each region, how many readings are too old for who asks, because they were begun before it changed
   */
  around(target: Named, after: (region: Region) => number): Promise<Relations>;
}

/** One reading of some types in some regions. */
interface Look {
  readonly places: Map<Region, Set<ScannedResource["type"]>>;
  readonly cells: Promise<ReadonlyMap<string, Cell>>;
  /** Which one it is, and when it was begun; neither before. */
  number: number;
  at: number;
}

/** What was read of a type in a region. */
interface Cell {
  readonly resources: ScannedResource[];
  readonly coverage: CoverageCell[];
}

/**
 * One reading is under way at a time; what is missing in it waits for the next one, together with whatever others miss.
 * What could not be completely seen is told to those who waited for it, and read anew for those who ask later.
 */
export function sharedLooks(looking: Looking): SharedLooks {
  const { clock } = looking;
  const latest = new Map<string, Look>();
  const told = new Map<string, Relations>();
  let begun = 0;
  let next: Look | undefined;
  let last: Promise<unknown> = Promise.resolve();

  async function begin(look: Look): Promise<ReadonlyMap<string, Cell>> {
    next = undefined;
    look.number = ++begun;
    look.at = clock.now();
    told.clear();
    const keys = keysOf(look.places);
    for (const key of keys) latest.set(key, look);
    const forget = (key: string) => latest.get(key) === look && latest.delete(key);
    try {
      const cells = cellsOf(await readPlaces(looking, look.places), keys);
      for (const [key, { coverage }] of cells) if (!coverage.every(({ status }) => isSeen(status))) forget(key);
      return cells;
    } catch (error) {
      keys.forEach(forget);
      throw error;
    }
  }

  function nextLook(): Look {
    if (next) return next;
    const cells = last.then(() => begin(look));
    const look: Look = { places: new Map(), cells, number: 0, at: 0 };
    last = cells.catch(() => undefined);
    next = look;
    return look;
  }

  function lookFor(key: string, region: Region, type: ScannedResource["type"], tooOld: number): Look {
    const known = latest.get(key);
    if (known && known.number > tooOld && clock.now() - known.at <= SHARED_FOR_MS) return known;
    const look = nextLook();
    look.places.set(region, (look.places.get(region) ?? new Set()).add(type));
    return look;
  }

  return {
    begun: () => begun,
    async around(target, after) {
      const regions = await regionsFor(looking, [target]);
      const asked: [string, Look][] = [];
      for (const [region, types] of placesOf([target], regions ?? [], typesAround))
        for (const type of types) {
          const key = keyOf(type, region);
          asked.push([key, lookFor(key, region, type, after(region))]);
        }
      const looks = new Map<Look, ReadonlyMap<string, Cell>>();
      for (const look of new Set(asked.map(([, each]) => each))) looks.set(look, await look.cells);
      // Steps of a type that ask at the same time are told the same.
      const id = asked.map(([key, { number }]) => `${key} ${number}`).join();
      const cells = asked.flatMap(([key, look]) => looks.get(look)?.get(key) ?? []);
      const relations = told.get(id) ?? relationsOf({ ...joined(cells), regions });
      told.set(id, relations);
      return relations;
    },
  };
}

function keyOf(type: string, region: string): string {
  return `${type} ${region}`;
}

function keysOf(places: Places): string[] {
  return [...places].flatMap(([region, types]) => [...types].map((type) => keyOf(type, region)));
}

function cellsOf({ resources, coverage }: Reading, keys: readonly string[]): ReadonlyMap<string, Cell> {
  const cells = new Map(keys.map((key): [string, Cell] => [key, { resources: [], coverage: [] }]));
  for (const each of resources) cells.get(keyOf(each.type, each.region))?.resources.push(each);
  for (const each of coverage) cells.get(keyOf(each.type, each.region))?.coverage.push(each);
  return cells;
}

function joined(cells: readonly Cell[]): Reading {
  return {
    resources: cells.flatMap(({ resources }) => resources),
    coverage: cells.flatMap(({ coverage }) => coverage),
  };
}
