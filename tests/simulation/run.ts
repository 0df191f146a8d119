import { isError } from "../../src/model/errors.ts";
import type { Plan } from "../../src/model/plan.ts";
import { FAULTS, type Fault } from "../../src/twin/faults.ts";
import type { VerbContext } from "../../src/verbs/context.ts";
import { executePause, preparePause } from "../../src/verbs/pause/pause.ts";
import { executeResume, prepareResume, type Verified } from "../../src/verbs/resume/resume.ts";
import { executeContinue, prepareContinue } from "../../src/verbs/runs/continue.ts";
import { runsOf } from "../../src/verbs/runs/runs.ts";
import { ACCOUNT, HERE, type TestAccount, testAccount } from "../contract/account.ts";
import { memoryStore } from "../contract/memory-store.ts";
import { changedBetween, isAbout, lookAtAll, statesOf, whatDiffers } from "./equality.ts";
import { actAsStranger } from "./foreign.ts";
import type { Act, FAULT_KINDS, History } from "./history.ts";
import { isChange, type OurCall, orKilled, startProcess } from "./process.ts";
import { watchman } from "./watchman.ts";
import { seedWorld } from "./world.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;
/** A resume that nothing disturbs needs one round; one more for what only then can be begun. */
const ROUNDS = 4;
const LAST_ROUNDS = 12;

const SELECTIONS = [{}, { type: ["compute"] }, { tag: ["half=one"] }, { excludeType: ["AWS::EC2::Instance"] }];

const TWIN_FAULTS: Readonly<Record<(typeof FAULT_KINDS)[number], Omit<Fault, "skip" | "times">>> = {
  throttle: FAULTS.throttle,
  serverError: FAULTS.serverError,
  lostAnswer: { ...FAULTS.serverError, kind: "lost-answer" },
  noCapacity: { ...FAULTS.noCapacity, operation: "StartInstances" },
  denied: { ...FAULTS.denied, operation: /^(Stop|Start|Update|Put|Delete|Create|Suspend|Resume)/ },
};

/**
 * Lives one history through and looks at every change and at the end of it.
 * @returns what went against the rules; empty = nothing
 */
export async function runHistory(history: History): Promise<string[]> {
  const account = await testAccount();
  const { twin } = account;
  await seedWorld(account, history.world);
  const store = memoryStore();
  const lookAround = () => settledStates(account);
  const before = await lookAround();
  const touched = new Set<string>();
  /** `record id`: touched when the record had saved it, so the record's last resume must tell. */
  const touchedSince = new Set<string>();
  /** Touched between the plan and the look that its step takes: rows as the stranger left them, by key. */
  const theirs = new Map<string, string>();
  const watch = await watchman(account, store);
  const phase = { calls: 0, of: "planning" as "planning" | "applying" | "the end" };
  const disturb = async () => {
    for (const foreign of history.foreign.filter((each) => each.while === phase.of && each.afterCall === phase.calls)) {
      const id = await actAsStranger(account, foreign.act, foreign.which);
      if (id === undefined) continue;
      touched.add(id);
      for (const record of await watch.recordsOf(id)) touchedSince.add(`${record} ${id}`);
      // Below a scalable target's minimum AWS itself lifts the count again.
      const isLifted = foreign.act === "set the service's count" && history.world.service?.scaled;
      if (phase.of !== "applying" || watch.isLookedAt(id) || isLifted) continue;
      for (const [key, row] of statesOf(twin.world, ACCOUNT, HERE)) if (key.endsWith(` ${id}`)) theirs.set(key, row);
    }
  };
  const onCall = async (call: OurCall) => {
    phase.calls += 1;
    await disturb();
    if (phase.of === "applying") watch.onCall(call);
    if (isChange(call)) await watch.onChange(call);
  };
  const begin = (dies?: number) => startProcess({ twin, store, dies, onCall });
  const mine = (states: Map<string, string>) =>
    changedBetween(before, states).filter((key) => !isAbout(touched, key, before.get(key), states.get(key)));

  twin.faults.push(...history.faults.map(({ kind, skip, times }) => ({ ...TWIN_FAULTS[kind], skip, times })));
  const selection = { ...SELECTIONS[history.selection], regions: [HERE] };
  await orKilled(async () => {
    const plan = await preparePause(await begin(), { selection, extend: false });
    Object.assign(phase, { calls: 0, of: "applying" });
    await runPause(await begin(history.pauseDies), plan);
  }).catch(refusal);
  await watch.onEnd(mine(await lookAround()));
  for (const act of history.acts) {
    await twin.clock.sleep(act.days * DAY_MS);
    await orKilled(async () => runAct(await begin(act.dies), act)).catch(refusal);
    await watch.onEnd(mine(await lookAround()));
  }

  twin.faults.length = 0;
  phase.of = "the end";
  const { record, verified } = await lastResume(await begin(), twin.clock);
  const after = await lookAround();
  const unequal = mine(after).map((key) => `${key} is not as it was: ${whatDiffers(before.get(key), after.get(key))}`);
  const untold = verified
    .filter(({ kind, target }) => kind === "identical" && touchedSince.has(`${record} ${target.id}`))
    .flatMap(({ target }) => changedBetween(before, after).filter((key) => key.endsWith(` ${target.id}`)))
    .map((key) => `${key} is told to be identical: ${whatDiffers(before.get(key), after.get(key))}`);
  const overwritten = [...theirs]
    .filter(([key, row]) => atRest(row) !== atRest(before.get(key)) && after.get(key) === before.get(key))
    .map(([key, row]) => `${key} was overwritten unseen: ${whatDiffers(row, after.get(key))}`);
  const waiting = verified
    .filter(({ kind }) => kind === "waiting" || kind === "unknown")
    .map(({ target, kind, reason }) => `${target.type} ${target.id} is ${kind} though nothing disturbs: ${reason}`);
  return [...watch.violations, ...unequal, ...untold, ...overwritten, ...waiting, ...twin.errors.map(String)];
}

async function runPause(context: VerbContext, plan: Plan): Promise<void> {
  if (plan.steps.length > 0) await executePause(context, plan, context.clock.now() + WEEK_MS);
}

async function runAct(context: VerbContext, { verb }: Act): Promise<void> {
  if (verb === "extend")
    return runPause(context, await preparePause(context, { selection: { regions: [HERE] }, extend: true }));
  if (verb === "continue") return continueNewest(context);
  await executeResume(context, await prepareResume(context, undefined));
}

async function continueNewest(context: VerbContext): Promise<void> {
  const run = (await runsOf(context, context.connection.account)).find(({ state }) => state !== "finished");
  if (run) await executeContinue(context, await prepareContinue(context, run.id));
}

/** What a person would be told, and the next command would go on from. Anything else is a failure of ours. */
function refusal(error: unknown): void {
  if (!isError(error) || error.code === "BUG") throw error;
}

/** Resumes until nothing is armed, and in the end takes what a stranger did as it is. Gives what the last one told. */
async function lastResume(context: VerbContext, clock: VerbContext["clock"]): Promise<Told> {
  let told: Told = { record: "", verified: [] };
  for (let round = 1; round <= LAST_ROUNDS; round++) {
    try {
      const prepared = await prepareResume(context, undefined);
      const { verified } = await executeResume(context, prepared, round > ROUNDS);
      told = { record: prepared.record.id, verified };
    } catch (error) {
      if (isError(error) && error.code === "NO_RECORD") return told;
      throw error;
    }
    await clock.sleep(HOUR_MS);
  }
  return told;
}

/** Without the counts of tasks, which follow the desired count when somebody looks. */
function atRest(row: string | undefined): string | undefined {
  return row?.replaceAll(/"(running|pending)Count":\d+/g, "");
}

/** What a resume tells in the end, and the record that it is of. */
interface Told {
  readonly record: string;
  readonly verified: readonly Verified[];
}

/** The world when everything has come to rest. The twin moves what is on its way when it is looked at. */
async function settledStates(account: TestAccount): Promise<Map<string, string>> {
  const { twin, connection } = account;
  await twin.clock.sleep(HOUR_MS);
  const faults = twin.faults.splice(0);
  await lookAtAll(connection, HERE);
  twin.faults.push(...faults);
  return statesOf(twin.world, ACCOUNT, HERE);
}
