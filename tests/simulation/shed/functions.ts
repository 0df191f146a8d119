import type { Wire } from "../../../src/aws/clients.ts";
import { connect } from "../../../src/aws/session.ts";
import { shedTable } from "../../../src/aws/shed-table.ts";
import { sendStep } from "../../../src/aws/step-queue.ts";
import { publish } from "../../../src/aws/topic.ts";
import { memoryHost } from "../../../src/io/memory.ts";
import type { ShedSettings } from "../../../src/model/shed.ts";
import type { ShedContext } from "../../../src/verbs/shed/context.ts";
import { ACCOUNT, HERE } from "../../contract/account.ts";
import type { Death, ShedHistory } from "./history.ts";
import { type IncidentWorld, TABLE } from "./world.ts";

/** Of a function, seconds. */
const TIME_OUT = 60;

/** Whoever makes steps: `invocation 7`, `person 3`. Its calls bear that name. */
export interface Maker {
  readonly name: string;
  readonly isFunction: boolean;
  /** Settings that were deployed when it began. */
  readonly settings: ShedSettings;
}

export interface Makers {
  /** Runs a handler as Lambda does: a process of its own, killed when its time is over, or at a call. @throws what it throws */
  invoke<T>(work: (context: ShedContext) => Promise<T>): Promise<T>;
  /** Gives the next one a name. */
  enter(kind: "invocation" | "person"): string;
  /** A person's command: nothing kills it. */
  command<T>(name: string, work: (context: ShedContext) => Promise<T>): Promise<T>;
  /** By name. */
  readonly all: ReadonlyMap<string, Maker>;
  readonly running: ReadonlySet<string>;
  /** Deaths that have happened. */
  readonly killed: { count: number };
}

export const arnOfMaker = (name: string) => `arn:aws:sts::${ACCOUNT}:assumed-role/shed/${name.replace(" ", "-")}`;

export function newMakers(
  { account: { twin }, steps, topic }: IncidentWorld,
  { latency, deaths }: ShedHistory,
  { random, settings }: { readonly random: () => number; readonly settings: () => ShedSettings },
): Makers {
  const { clock } = twin;
  const all = new Map<string, Maker>();
  const running = new Set<string>();
  const killed = { count: 0 };
  const counts = { invocation: 0, person: 0 };

  const pause = async () => {
    const ms = latency.least + random() * (latency.most - latency.least);
    if (ms > 0) await clock.sleep(ms);
  };

  const enter = (kind: "invocation" | "person"): string => {
    counts[kind] += 1;
    const name = `${kind} ${counts[kind]}`;
    all.set(name, { name, isFunction: kind === "invocation", settings: settings() });
    twin.world.accessKeys[name] = { account: ACCOUNT, arn: arnOfMaker(name) };
    running.add(name);
    return name;
  };

  const contextOf = async (name: string, life: Life): Promise<ShedContext> => {
    const { signal } = new AbortController();
    const wire: Wire = { kind: "direct", call: mortal(twin.direct(name), life, pause) };
    const connection = await connect({ clock, signal, region: HERE, headRoom: 0, wire });
    return {
      connection,
      host: memoryHost(),
      clock,
      signal,
      settings: all.get(name)?.settings ?? settings(),
      ledger: shedTable(connection, TABLE),
      owner: name,
      schedule: (message, seconds) => sendStep(connection, steps, message, seconds),
      tell: (text) =>
        publish(connection, topic, { subject: "shed", text, attributes: {}, whole: "evenkeel shed status" }),
    };
  };

  return {
    all,
    running,
    killed,
    async invoke(work) {
      const name = enter("invocation");
      const count = counts.invocation;
      const ended = new AbortController();
      const life = newLife(deaths.filter(({ invocation }) => invocation === count));
      const late = clock
        .sleep(TIME_OUT * 1000, ended.signal)
        .then(() => life.die(`Task timed out after ${TIME_OUT} s`));
      late.catch(() => undefined);
      try {
        return await Promise.race([contextOf(name, life).then(work), life.end]);
      } finally {
        if (life.isDead) killed.count += 1;
        // What it has not waited for stands still with its process.
        life.isDead = true;
        ended.abort();
        running.delete(name);
      }
    },
    enter,
    async command(name, work) {
      try {
        return await work(await contextOf(name, newLife([])));
      } finally {
        running.delete(name);
      }
    },
  };
}

interface Life {
  isDead: boolean;
  calls: number;
  readonly deaths: readonly Death[];
  /** Rejects when it ends before its work. */
  readonly end: Promise<never>;
  die(why: string): void;
}

function newLife(deaths: readonly Death[]): Life {
  let reject: (error: Error) => void = () => undefined;
  const end = new Promise<never>((_, refuse) => {
    reject = refuse;
  });
  end.catch(() => undefined);
  const life: Life = {
    isDead: false,
    calls: 0,
    deaths,
    end,
    die(why) {
      life.isDead = true;
      reject(new Error(why));
    },
  };
  return life;
}

const never = () => new Promise<never>(() => undefined);

type Direct = Extract<Wire, { kind: "direct" }>["call"];

/** Calls that take their time, until the process is killed: then no more is heard of it. */
function mortal(direct: Direct, life: Life, pause: () => Promise<void>): Direct {
  const strike = (death: Death) => {
    life.isDead = true;
    if (!death.hangs) life.die("Runtime exited with error: signal: killed");
    return never();
  };
  return async (call) => {
    if (life.isDead) return never();
    life.calls += 1;
    const death = life.deaths.find((each) => each.call === life.calls);
    if (death && !death.isAfter) return strike(death);
    await pause();
    if (life.isDead) return never();
    try {
      return await direct(call);
    } finally {
      if (death) await strike(death);
      await pause();
      if (life.isDead) await never();
    }
  };
}
