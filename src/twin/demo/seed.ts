import { type ClientConstructor, clientFactory } from "../../aws/clients.ts";
import type { Governor } from "../../aws/governor.ts";
import type { Region } from "../../model/brand.ts";
import { type VirtualClock, virtualClock } from "../clock.ts";
import { createTwin, type Twin } from "../twin.ts";
import type { World } from "../world.ts";

/** Fills a world by the calls that people's tools would make, through the SDK, at the times they would make them. */
export interface Seed {
  readonly twin: Twin;
  readonly account: string;
  readonly region: Region;
  client<C>(clientClass: ClientConstructor<C>): C;
  /** Same account, other region. */
  in(region: string): Seed;
  /** Lets time pass in the world. */
  later(hours: number): void;
}

const UNGOVERNED: Governor = {
  take: async () => undefined,
  throttled: () => undefined,
  counts: { calls: 0, throttles: 0 },
};

/** @param accessKey whose calls they are; absent = the world's first account */
export function seedOf(world: World, region: string, accessKey = "", clock = virtualClock(world.startedAt)): Seed {
  const twin = createTwin({ world, clock });
  const account = world.accessKeys[accessKey]?.account ?? Object.keys(world.accounts)[0] ?? "";
  return seedIn(twin, clock, account, region as Region, accessKey);
}

function seedIn(twin: Twin, clock: VirtualClock, account: string, region: Region, accessKey: string): Seed {
  const { signal } = new AbortController();
  const wire = { kind: "direct", call: twin.direct(accessKey) } as const;
  const client = clientFactory({ wire, governor: UNGOVERNED, clock, account, region, lane: "write", signal });
  return {
    twin,
    account,
    region,
    client,
    in: (elsewhere) => seedIn(twin, clock, account, elsewhere as Region, accessKey),
    later: (hours) => clock.advance(hours * 3_600_000),
  };
}

/** `[{Key, Value}]` of a map. */
export function tags(map: Readonly<Record<string, string>>): { Key: string; Value: string }[] {
  return Object.entries(map).map(([Key, Value]) => ({ Key, Value }));
}

/** The value, which an answer of the twin always has. */
export function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("the twin's answer lacks a member that AWS always gives");
  return value;
}
