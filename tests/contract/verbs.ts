import { connect } from "../../src/aws/session.ts";
import { type MemoryHost, memoryHost } from "../../src/io/memory.ts";
import { virtualClock } from "../../src/twin/clock.ts";
import { demoWorld } from "../../src/twin/demo/world.ts";
import { createTwin, type Twin, type TwinOptions } from "../../src/twin/twin.ts";
import type { World } from "../../src/twin/world.ts";
import type { VerbContext } from "../../src/verbs/context.ts";
import { memoryStore } from "./memory-store.ts";

export interface VerbTrial {
  readonly twin: Twin;
  readonly context: VerbContext;
  readonly host: MemoryHost;
}

let demo: World | undefined;

/** A fresh copy of the demo world with everything that a verb works with, all of it in memory and on a virtual clock. */
export async function verbTrial(options: Partial<TwinOptions> = {}): Promise<VerbTrial> {
  demo ??= await demoWorld();
  const world = options.world ?? structuredClone(demo);
  const clock = virtualClock(world.startedAt);
  const twin = createTwin({ strict: true, ...options, world, clock });
  const { signal } = new AbortController();
  const wire = { kind: "direct", call: twin.direct() } as const;
  const connection = await connect({ clock, signal, region: "eu-west-1", wire, headRoom: 0 });
  const host = memoryHost();
  twin.log.length = 0;
  return { twin, host, context: { connection, host, clock, signal, store: memoryStore() } };
}
