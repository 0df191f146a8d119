import { weightsExecutor } from "../../../src/engine/weights-executor.ts";
import { onAlarm } from "../../../src/lambda/shed-alarm.ts";
import { onMessages } from "../../../src/lambda/shed-step.ts";
import type { Clock } from "../../../src/model/clock.ts";
import { isError } from "../../../src/model/errors.ts";
import type { Step } from "../../../src/model/plan.ts";
import type { ShedSettings } from "../../../src/model/shed.ts";
import { callIn } from "../../../src/twin/call.ts";
import { createIncident, type Incident } from "../../../src/twin/incident.ts";
import { seededRandom } from "../../../src/twin/random.ts";
import { look, targetOf } from "../../../src/verbs/shed/read.ts";
import { freshState } from "../../../src/verbs/shed/stand.ts";
import { ACCOUNT, HERE } from "../../contract/account.ts";
import { act, command, type Stage } from "./acts.ts";
import { newMakers } from "./functions.ts";
import type { ShedHistory } from "./history.ts";
import { type Hooks, watchedServices } from "./hooks.ts";
import { areSame, rulesAt, weightsAt } from "./live.ts";
import { loadOf } from "./load.ts";
import { deadLetters, isUnderWay, newPulse } from "./loop.ts";
import { faultsOf } from "./trouble.ts";
import { newWatchman, words } from "./watchman.ts";
import { ALARM, buildWorld, type IncidentWorld, ON_ALARM, ON_MESSAGES, STEPS } from "./world.ts";

const TICK = 5;
/** So long a loop may take to give everything back when all is calm, minutes. */
const PATIENCE = 24 * 60;
const PART = 20;

/**
 * Lives through an incident: load, alarm, events, messages, functions, troubles and people; then all is calm.
 * @returns what went against the rules, with what happened; empty = nothing
 */
export async function runShed(history: ShedHistory): Promise<string[]> {
  const hooks: Hooks = {};
  const world = await buildWorld(history, watchedServices(hooks));
  const { twin } = world.account;
  const random = seededRandom(history.seed);
  const [listener, primary] = [world.listener, world.groups[0] ?? ""];
  let settings: ShedSettings = { ...history.settings, listener, primary, alarm: ALARM, emptyGroups: world.emptyGroups };
  const makers = newMakers(world, history, { random, settings: () => settings });
  const place = { account: ACCOUNT, region: HERE, caller: "somebody else", operation: "incident" };
  const call = callIn(twin, place);
  const watchman = newWatchman(world, makers, hooks, call);
  watchman.deployed.push(settings);
  const alarms: string[] = [ALARM];
  let incident: Incident;
  const stage: Stage = {
    ...{ history, world, makers, watchman, hooks, call, alarms },
    incident: () => incident,
    deploy(changes) {
      settings = { ...settings, ...changes };
      watchman.deployed.push(settings);
      watchman.note(`deployed ${JSON.stringify(changes)}`);
    },
  };
  const faults = faultsOf(history).flatMap(({ from, to, fault }) => [
    [from, () => void twin.faults.push(fault)] as const,
    [
      to,
      () => {
        twin.faults = twin.faults.filter((each) => each !== fault);
      },
    ] as const,
  ]);
  const { over } = history.load;
  const acts = history.acts.map((plan) => [plan.second % over, () => act(stage, plan)] as const);
  incident = createIncident({
    ...{ twin, account: ACCOUNT, region: HERE, alarms, tickSeconds: TICK, seed: history.seed },
    load: loadOf(history, world),
    functions: {
      [ON_ALARM]: (event: object) => makers.invoke((context) => onAlarm(event, context)),
      [ON_MESSAGES]: (event: object) => makers.invoke((context) => onMessages(event, context)),
    },
    queues: [{ queue: STEPS, function: ON_MESSAGES, reportsFailures: true }],
    acts: [...faults, ...acts],
    trouble: history.delivery,
  });
  await loaded(world, settings);
  const ended = new AbortController();
  const beating = beat(newPulse(stage), twin.clock, ended.signal);
  try {
    await incident.run(over / 60);
    for (let minutes = 0; minutes < PATIENCE && (minutes < 60 || isUnderWay(stage)); minutes += PART)
      await incident.run(PART);
  } finally {
    ended.abort();
    await beating;
  }
  atTheEnd(stage);
  await afterwards(stage);
  for (const { error } of incident.invocations)
    if (error !== undefined && isBug(error)) watchman.accuse(`a function ended with ${(error as Error).stack}`);
  const bugs = [...twin.errors.map(String), ...[...twin.unknownOperations].map((each) => `unknown: ${each}`)];
  const violations = [...watchman.violations, ...bugs];
  return violations.length > 0 ? [...violations, "what happened:", ...watchman.story] : [];
}

/** What functions load when they need it is loaded before time goes on: that takes real time. */
async function loaded({ account: { connection, twin } }: IncidentWorld, settings: ShedSettings): Promise<void> {
  const { signal } = new AbortController();
  await look({ connection, clock: twin.clock, signal, settings }, freshState(settings, twin.clock.now()));
  await weightsExecutor(connection, signal).look({ target: targetOf(settings.listener) } as Step);
}

async function beat(pulse: () => void, clock: Clock, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    await clock.sleep(TICK * 1000, over).catch(() => undefined);
    pulse();
  }
}

const EXPECTED = /tried again in|Task timed out|signal: killed/;

function isBug(error: unknown): boolean {
  return isError(error) ? error.code === "BUG" : !EXPECTED.test(String(error));
}

/** All weights are those of before, or a person knows. */
function atTheEnd(stage: Stage): void {
  const { watchman, call, world, makers, history } = stage;
  const state = watchman.state();
  if (isUnderWay(stage)) watchman.accuse(`after ${PATIENCE / 60} hours it still goes on`);
  const isDisturbed = history.acts.length > 0 || makers.killed.count > 0 || deadLetters(stage).length > 0;
  const isKnown =
    watchman.told.length > 0 || deadLetters(stage).length > 0 || state?.phase === "frozen" || watchman.failed.size > 0;
  const isExcused = isDisturbed && isKnown;
  for (const rule of rulesAt(call, world.listener)) {
    const options = watchman.rest.get(rule)?.options ?? [];
    const live = weightsAt(call, rule);
    if (!isExcused && !options.some((each) => areSame(each, live)))
      watchman.accuse(`at the end ${rule.slice(-8)} is ${words(live)}, not ${options.map(words).join(" or ")}`);
  }
  if (!isDisturbed && (state?.baseline.length ?? 0) > 0)
    watchman.accuse(`at the end it is ${state?.phase}: ${state?.why}`);
}

/** A person can always put back what was recorded. */
async function afterwards(stage: Stage): Promise<void> {
  const { watchman, call, world } = stage;
  const recorded = watchman.state()?.baseline ?? [];
  const isThere = rulesAt(call, world.listener).length > 0;
  if (recorded.length === 0 || !isThere) return;
  if (!(await command(stage, { kind: "restore", now: true }))) watchman.accuse("nothing can be restored");
  for (const { rule, weights } of recorded) {
    const live = weightsAt(call, rule);
    const isOurs = live && Object.keys(live).sort().join() === Object.keys(weights).sort().join();
    if (isOurs && !areSame(live, weights)) watchman.accuse(`restored, ${rule.slice(-8)} is ${words(live)}`);
  }
  if ((watchman.state()?.baseline.length ?? 0) > 0) watchman.accuse("restored, and yet it counts as shed");
}
