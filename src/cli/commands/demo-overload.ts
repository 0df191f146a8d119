import { randomUUID } from "node:crypto";
import { connect } from "../../aws/session.ts";
import { sendStep } from "../../aws/step-queue.ts";
import { readAlarm } from "../../catalog/cloudwatch/alarm-reading.ts";
import { readScope } from "../../catalog/scope.ts";
import { memoryHost } from "../../io/memory.ts";
import type { ShedMessage } from "../../model/shed.ts";
import { picture } from "../../report/shed-simulation/picture.ts";
import type { Store } from "../../store/store.ts";
import { virtualClock } from "../../twin/clock.ts";
import { overload } from "../../twin/demo/overload.ts";
import { seedOf } from "../../twin/demo/seed.ts";
import type { Incident } from "../../twin/incident.ts";
import type { World } from "../../twin/world.ts";
import type { ShedContext } from "../../verbs/shed/context.ts";
import { openLedger } from "../../verbs/shed/ledger.ts";
import { shedSettings, type WrittenParameters } from "../../verbs/shed/settings.ts";
import { TICK_SECONDS, type Tick } from "../../verbs/shed/simulate/simulate.ts";
import { type Cause, makeStep } from "../../verbs/shed/step.ts";
import type { Frame } from "../frame.ts";

const MINUTE = 60;

/** An hour of the made-up account, lived through in a moment; its balancer is shed as the functions would do it. */
export interface DemoOverload {
  /** One of `shed.listeners` of the configuration file. */
  readonly parameters: Readonly<Record<string, string | number>>;
  /** Lets so many minutes go by. */
  run(minutes: number): Promise<void>;
  /** What it was like so far, as a picture. */
  picture(): string;
}

/**
 * @param minutes how long ago it begins
 * @param store where the command line will look how the listener stands
 */
export async function demoOverload(
  frame: Frame,
  { world, store, minutes }: { readonly world: World; readonly store: Store; readonly minutes: number },
): Promise<DemoOverload> {
  const start = Math.floor(frame.clock.now() / 60_000) * 60_000 - minutes * 60_000;
  const clock = virtualClock(start);
  const seed = seedOf(world, "eu-west-1", "", clock);
  const { listener, primary, capacity, alarm, queueUrl, begin } = await overload(seed);
  const parameters = { listener, primary, alarm, "shed-percent": 10, "restore-percent": 10 };
  const written: WrittenParameters = Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, { value, name }]),
  );
  const { settings } = shedSettings(written, (name) => name);
  const { signal } = frame;
  const wire = { kind: "direct", call: seed.twin.direct() } as const;
  const connection = await connect({ clock, signal, region: "eu-west-1", wire, headRoom: 0 });
  const ledger = await openLedger({ connection, store });
  const scope = readScope(connection, seed.region, { signal });
  const step = (cause: Cause) => {
    const context: ShedContext = {
      ...{ connection, clock, signal, settings, ledger },
      host: memoryHost(),
      owner: randomUUID(),
      schedule: (message, seconds) => sendStep(connection, queueUrl, message, seconds),
      tell: async (text) => frame.host.tell({ kind: "warning", text }),
    };
    return makeStep(context, cause);
  };
  const incident = begin({
    alarm: () => step({ by: "alarm" }),
    step: async ({ Records }: { readonly Records: readonly { readonly body: string }[] }) => {
      for (const { body } of Records) {
        const { generation } = JSON.parse(body) as ShedMessage;
        await step({ by: "message", generation });
      }
      return { batchItemFailures: [] };
    },
  });
  const samples: Sample[] = [];
  return {
    parameters,
    async run(count) {
      for (let minute = 0; minute < count; minute++) {
        await incident.run(1);
        const [state, reading] = await Promise.all([ledger.read(listener), readAlarm(scope, alarm)]);
        samples.push({
          level: state?.degree.level ?? 0,
          alarm: reading === "gone" ? "INSUFFICIENT_DATA" : reading.state,
        });
      }
    },
    picture: () => picture(ticksOf(incident, samples, { primary, capacity }), samples.length * MINUTE, frame.render),
  };
}

type Sample = Pick<Tick, "level" | "alarm">;

/** Minutes as the pictures of simulations have them. */
function ticksOf(
  { minutes }: Incident,
  samples: readonly Sample[],
  { primary, capacity }: { readonly primary: string; readonly capacity: number },
): Tick[] {
  const parts = MINUTE / TICK_SECONDS;
  return minutes.slice(0, samples.length).flatMap(({ offered, rejected, groups }, minute) => {
    const { requests = 0, rejected: rejectedByPrimary = 0, healthy = 0 } = groups[primary] ?? {};
    const others = { rejected: rejected - rejectedByPrimary, requests: offered - requests };
    const tick = {
      offered: offered / parts,
      servedByPrimary: (requests - rejectedByPrimary) / parts,
      servedByOthers: (others.requests - others.rejected) / parts,
      rejectedByPrimary: rejectedByPrimary / parts,
      rejectedByOthers: others.rejected / parts,
      demand: 0,
      capacity: healthy * capacity * TICK_SECONDS,
      threshold: 0,
      level: samples[minute]?.level ?? 0,
      alarm: samples[minute]?.alarm ?? "OK",
    } as const;
    return Array.from({ length: parts }, (_, part) => ({ seconds: minute * MINUTE + part * TICK_SECONDS, ...tick }));
  });
}
