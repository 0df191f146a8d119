import { callIn } from "./call.ts";
import { deliverEvents } from "./delivery/events.ts";
import { type FunctionHandler, type Invocation, runFunctions } from "./delivery/invocations.ts";
import { pollQueue, type QueueSource } from "./delivery/polling.ts";
import { diceOf, type Trouble } from "./delivery/trouble.ts";
import type { LoadMinute } from "./load/counters.ts";
import { createLoad, type LoadModel } from "./load/load.ts";
import { seededRandom } from "./random.ts";
import { evaluateAlarm } from "./services/cloudwatch/evaluation.ts";
import { targetGroupAt } from "./services/elasticloadbalancingv2/rows.ts";
import type { Delivery } from "./services/events/bus.ts";
import { type Published, topicAt } from "./services/sns/topics.ts";
import type { Twin } from "./twin.ts";

/** An hour in the life of an account: load, alarms, events, queues and functions, on the twin's virtual clock. */
export interface IncidentOptions {
  readonly twin: Twin;
  readonly account: string;
  readonly region: string;
  readonly load?: LoadModel;
  /** Names of metric alarms that are evaluated; others stay as they were set. */
  readonly alarms?: readonly string[];
  /** Functions by their ARN: targets of rules on the default event bus and of queues. */
  readonly functions?: Readonly<Record<string, FunctionHandler>>;
  readonly queues?: readonly QueueSource[];
  /** What people do meanwhile, each some seconds after the beginning. */
  readonly acts?: readonly (readonly [second: number, act: () => unknown])[];
  readonly trouble?: Trouble;
  /** 1 unless said. */
  readonly seed?: number;
  /** Length of a step; 5 unless said. */
  readonly tickSeconds?: number;
  /** From the end of a minute until its metrics are there and the alarms have looked at them; 60 unless said. AWS names no number. */
  readonly metricDelaySeconds?: number;
}

export interface Incident {
  /** Lets time go on. What still runs in the end is waited for. @throws what an act has thrown */
  run(minutes: number): Promise<void>;
  /** The load, minute by minute. */
  readonly minutes: readonly LoadMinute[];
  readonly invocations: readonly Invocation[];
  readonly undelivered: readonly Delivery[];
  /** From now on these targets fail their health checks, and no others of the group. */
  failTargets(group: string, ids: readonly string[]): void;
  /** What has been published to a topic. */
  published(topic: string): readonly Published[];
}

/** What functions are likely to call: loaded before time begins to go, because loading takes real time. */
const LIKELY = ["monitoring", "dynamodb", "elasticloadbalancing", "events", "lambda", "sns", "sqs", "sts"];

const MINUTE_MS = 60_000;

export function createIncident(options: IncidentOptions): Incident {
  const {
    twin,
    account,
    region,
    alarms = [],
    queues = [],
    seed = 1,
    tickSeconds = 5,
    metricDelaySeconds = 60,
  } = options;
  const { clock } = twin;
  const start = clock.now();
  const tickMs = tickSeconds * 1000;
  const call = callIn(twin, {
    account,
    region,
    caller: `arn:${twin.world.partition}:iam::${account}:root`,
    operation: "incident",
  });
  const load = options.load && createLoad(options.load, start, tickMs);
  const functions = runFunctions(options.functions ?? {});
  const dice = diceOf(options.trouble ?? {}, seededRandom(seed));
  const events = deliverEvents(functions, dice);
  const pollers = queues.map((source) => pollQueue(source, functions, dice));
  let acts = [...(options.acts ?? [])].sort(([a], [b]) => a - b);
  let measured = Math.floor(start / MINUTE_MS) * MINUTE_MS;

  const measure = (now: number) => {
    while (measured + MINUTE_MS + metricDelaySeconds * 1000 <= now) {
      measured += MINUTE_MS;
      load?.publish(call, measured);
      for (const name of alarms) evaluateAlarm(call, name, measured);
    }
  };

  const step = () => {
    const now = clock.now();
    load?.run(call, now);
    measure(now);
    const due = acts.filter(([second]) => start + second * 1000 <= now);
    acts = acts.slice(due.length);
    for (const [, act] of due) functions.watch(Promise.resolve().then(act));
    events.run(call);
    for (const poller of pollers) poller.run(call);
  };

  return {
    minutes: load?.minutes ?? [],
    invocations: functions.invocations,
    undelivered: events.undelivered,
    failTargets: (group, ids) => {
      targetGroupAt(call, group).unhealthy = ids;
    },
    published: (topic) => topicAt(call, topic).messages,
    async run(minutes) {
      const services = twin.services.filter(({ signingName }) => LIKELY.includes(signingName));
      await Promise.all(services.map(({ sdk }) => sdk()));
      const end = clock.now() + minutes * MINUTE_MS;
      while (clock.now() < end) {
        await clock.sleep(Math.min(tickMs, end - clock.now()));
        step();
      }
      await functions.settled();
    },
  };
}
