/**
 * A pause of 10,000 resources in four regions: how long the plan takes to build (this machine's clock), and how long it
 * takes to apply against the time that AWS's token buckets, less the head-room, need for the calls that it makes (the
 * twin's clock, so that an hour of AWS is seconds here). Usage: tsx bench/apply.ts
 */
import { rateOf } from "../src/aws/rates/index.ts";
import { connect } from "../src/aws/session.ts";
import { scan } from "../src/engine/scan/scan.ts";
import { parseSelection } from "../src/engine/selection.ts";
import { memoryHost } from "../src/io/memory.ts";
import { redactor } from "../src/model/redact.ts";
import { virtualClock } from "../src/twin/clock.ts";
import { createTwin } from "../src/twin/twin.ts";
import type { VerbContext } from "../src/verbs/context.ts";
import { candidatesOf } from "../src/verbs/pause/candidates.ts";
import { executePause } from "../src/verbs/pause/pause.ts";
import { type PausePolicy, planPause } from "../src/verbs/pause/plan.ts";
import { memoryStore } from "../tests/contract/memory-store.ts";
import { applyWorld } from "./apply-world.ts";

const HEAD_ROOM = 0.5;
/** What the twin's instances take to stop, which no faster calls shorten. */
const LAST_STOP_S = 40;
const WEEK_MS = 7 * 24 * 3_600_000;

interface Made {
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  readonly input: object;
}

/** Seconds that the fullest bucket of each service needs; services are paused one stage after the other. */
function bound(calls: readonly Made[]): { readonly seconds: number; readonly by: readonly string[] } {
  const buckets = new Map<string, { service: string; count: number; seconds: number }>();
  for (const call of calls) {
    const { key, size } = rateOf(call, call.input);
    const lane = /^(Describe|List|Get)/.test(call.operation) ? "read" : "write";
    const id = `${call.region} ${lane} ${key}`;
    const bucket = buckets.get(id) ?? { service: call.service, count: 0, seconds: 0 };
    bucket.count += 1;
    const capacity = Math.max(1, Math.ceil(size.capacity * (1 - HEAD_ROOM)));
    bucket.seconds = Math.max(0, bucket.count - capacity) / (size.refill * (1 - HEAD_ROOM));
    buckets.set(id, bucket);
  }
  const slowest = new Map<string, { id: string; seconds: number }>();
  for (const [id, { service, seconds }] of buckets)
    if (seconds >= (slowest.get(service)?.seconds ?? 0)) slowest.set(service, { id, seconds });
  const stages = [...slowest.values()];
  return {
    seconds: stages.reduce((sum, { seconds }) => sum + seconds, 0),
    by: stages.filter(({ seconds }) => seconds > 0).map(({ id, seconds }) => `${id} ${seconds.toFixed(0)} s`),
  };
}

const world = await applyWorld();
const clock = virtualClock(world.startedAt);
const twin = createTwin({ world, clock, latencyMs: 50 });
const { signal } = new AbortController();
const wire = { kind: "direct", call: twin.direct() } as const;
const connection = await connect({ clock, signal, region: "us-east-1", wire, headRoom: HEAD_ROOM });
const context: VerbContext = { connection, host: memoryHost(), clock, signal, store: memoryStore() };

const resources = await look();
const candidates = await candidatesOf(context, resources, new Map());
const policy: PausePolicy = {
  account: connection.account,
  partition: connection.partition,
  selection: { types: [], regions: [] },
  coverage: [],
  now: clock.now(),
  caller: connection.caller,
  armed: new Set(),
  protection: () => undefined,
  ways: new Map(),
};
const building = performance.now();
const plan = planPause(candidates, policy);
const built = performance.now() - building;

twin.log.length = 0;
const [began, virtual] = [performance.now(), clock.now()];
const { outcomes } = await executePause(context, plan, clock.now() + WEEK_MS);
const took = (clock.now() - virtual) / 1000;
const machine = (performance.now() - began) / 1000;
const applied = [...outcomes.values()].filter(({ kind }) => kind === "applied").length;
const least = bound(twin.log);
const whole = least.seconds + LAST_STOP_S;
const print = (line: string) => process.stdout.write(`${line}\n`);
print(`plan of ${plan.steps.length} steps built in ${built.toFixed(0)} ms`);
print(`applied ${applied} by ${twin.log.length} calls; this machine was busy for ${machine.toFixed(1)} s`);
print(
  `AWS's clock ${took.toFixed(0)} s; buckets need ${least.seconds.toFixed(0)} s and the last instance ${LAST_STOP_S} s to stop`,
);
print(`ratio ${(took / whole).toFixed(3)}`);
for (const line of least.by) print(`  ${line}`);

async function look() {
  const selection = parseSelection({})(await connection.enabledRegions());
  const redact = redactor(Buffer.from("bench"));
  return (await scan({ connection, selection, redact, host: memoryHost(), clock, signal })).resources;
}
