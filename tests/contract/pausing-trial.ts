import { setMaxListeners } from "node:events";
import { connect } from "../../src/aws/session.ts";
import { type MemoryHost, memoryHost } from "../../src/io/memory.ts";
import { thisOrigin } from "../../src/io/origin.ts";
import type { Answer, Env, StoreContext } from "../../src/lambda/door.ts";
import type { News } from "../../src/lambda/notify.ts";
import type { Clock } from "../../src/model/clock.ts";
import { EvenkeelError } from "../../src/model/errors.ts";
import { virtualClock } from "../../src/twin/clock.ts";
import { demoWorld } from "../../src/twin/demo/world.ts";
import { createTwin, type Twin } from "../../src/twin/twin.ts";
import type { World } from "../../src/twin/world.ts";
import { memoryStore } from "./memory-store.ts";

/** How one invocation goes. */
export interface Invoking {
  readonly env?: Env;
  /** Of Lambda's containers. */
  readonly container?: string;
  /** Seconds until nothing new is begun, and until the time is over. */
  readonly seconds?: readonly [soft: number, hard: number];
}

export interface Invoked {
  readonly answer?: Answer;
  readonly error?: Error & { readonly code?: string };
  readonly news: readonly News[];
  readonly host: MemoryHost;
  readonly measured: Readonly<Record<string, number>>;
}

type Door = (event: unknown, context: StoreContext) => Promise<Answer>;

export interface PausingTrial {
  readonly twin: Twin;
  readonly store: ReturnType<typeof memoryStore>;
  invoke(door: Door, event?: unknown, how?: Invoking): Promise<Invoked>;
  /** What an invocation works with, for other verbs. */
  open(
    how?: Invoking,
  ): Promise<
    StoreContext & { readonly host: MemoryHost; readonly told: News[]; readonly measured: Record<string, number> }
  >;
  /** Names of the calls that changed something. */
  changes(): string[];
}

/** Changes what it selects. */
export const LIVE: Env = { DRY_RUN: "false", EVENKEEL_SELECTION: '{"type":["ec2:instance"],"regions":["eu-west-1"]}' };

export const STAGING = "111122223333";

const FOREVER = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY] as const;

let demo: World | undefined;

/** The same clock, by which signals are aborted as time goes by; nobody waits for that, or time would jump there. */
function deadlineClock(clock: Clock, seconds: NonNullable<Invoking["seconds"]>) {
  const begun = clock.now();
  const controllers = seconds.map(() => new AbortController());
  for (const { signal } of controllers) setMaxListeners(0, signal);
  const look = () => {
    for (const [at, controller] of controllers.entries())
      if (clock.now() - begun >= (seconds[at] ?? 0) * 1000)
        controller.abort(new EvenkeelError("CANCELLED", "the function's time is over"));
  };
  const timed: Clock = {
    now: () => clock.now(),
    sleep: async (ms, signal) => {
      await clock.sleep(ms, signal);
      look();
    },
  };
  const [soft, hard] = controllers as [AbortController, AbortController];
  return { clock: timed, signal: soft.signal, over: hard.signal };
}

/** The demo account, a store in memory, and functions that come and go as Lambda's do. */
export async function pausingTrial(): Promise<PausingTrial> {
  demo ??= await demoWorld();
  const world = structuredClone(demo);
  const twin = createTwin({ strict: true, world, clock: virtualClock(world.startedAt) });
  const store = memoryStore();
  const open: PausingTrial["open"] = async ({ env = LIVE, container = "a", seconds = FOREVER } = {}) => {
    const { clock, signal, over } = deadlineClock(twin.clock, seconds);
    const wire = { kind: "direct", call: twin.direct() } as const;
    const connection = await connect({ clock, signal: over, region: "eu-west-1", wire, headRoom: 0 });
    const told: News[] = [];
    const measured: Record<string, number> = {};
    return {
      connection,
      host: memoryHost(),
      clock,
      signal,
      over,
      from: { ...thisOrigin("function"), host: "169.254.1.1", pid: 8 },
      env: { AWS_LAMBDA_LOG_STREAM_NAME: container, ...env },
      meter: {
        measure: (name, value) => {
          measured[name] = (measured[name] ?? 0) + value;
        },
      },
      notify: async (news) => void told.push(news),
      store,
      lastStore: async () => store,
      told,
      measured,
    };
  };
  return {
    twin,
    store,
    open,
    async invoke(door, event = {}, how = {}) {
      const context = await open(how);
      const { host, told: news, measured } = context;
      try {
        return { answer: await door(event, context), news, host, measured };
      } catch (error) {
        return { error: error as Error, news, host, measured };
      }
    },
    changes: () =>
      twin.log.flatMap(({ operation }) => (/^(Describe|List|Get|Head|Lookup)/.test(operation) ? [] : [operation])),
  };
}
