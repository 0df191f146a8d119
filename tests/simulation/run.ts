import { FAULTS, type Fault } from "../../src/twin/faults.ts";
import { preparePause } from "../../src/verbs/pause/pause.ts";
import { ACCOUNT, HERE, type TestAccount, testAccount } from "../contract/account.ts";
import { memoryStore } from "../contract/memory-store.ts";
import { lastResume, refusal, runAct, runPause } from "./acts.ts";
import { changedBetween, isAbout, lookAtAll, statesOf, whatDiffers } from "./equality.ts";
import type { FAULT_KINDS, History } from "./history.ts";
import { isChange, type OurCall, orKilled, startProcess } from "./process.ts";
import { strangersIn } from "./strangers.ts";
import { watchman } from "./watchman.ts";
import { seedWorld } from "./world.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

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
  const watch = await watchman(account, store);
  const strangers = strangersIn(account, history, watch);
  const onCall = async (call: OurCall) => {
    await strangers.disturb();
    if (strangers.phase === "applying") watch.onCall(call);
    if (isChange(call)) await watch.onChange(call);
  };
  const begin = (dies?: number) => startProcess({ twin, store, dies, onCall });
  const mine = (states: Map<string, string>) =>
    changedBetween(before, states).filter((key) => !isAbout(strangers.touched, key, before.get(key), states.get(key)));

  twin.faults.push(...history.faults.map(({ kind, skip, times }) => ({ ...TWIN_FAULTS[kind], skip, times })));
  const selection = { ...SELECTIONS[history.selection], regions: [HERE] };
  await orKilled(async () => {
    const plan = await preparePause(await begin(), { selection, extend: false });
    strangers.enter("applying");
    await runPause(await begin(history.pauseDies), plan);
  }).catch(refusal);
  await watch.onEnd(mine(await lookAround()));
  for (const act of history.acts) {
    await twin.clock.sleep(act.days * DAY_MS);
    await orKilled(async () => runAct(await begin(act.dies), act)).catch(refusal);
    await watch.onEnd(mine(await lookAround()));
  }

  twin.faults.length = 0;
  strangers.enter("the end");
  const { record, verified } = await lastResume(await begin(), twin.clock);
  const after = await lookAround();
  const unequal = mine(after).map((key) => `${key} is not as it was: ${whatDiffers(before.get(key), after.get(key))}`);
  const untold = verified
    .filter(({ kind, target }) => kind === "identical" && strangers.mustBeTold(record, target.id))
    .flatMap(({ target }) => changedBetween(before, after).filter((key) => key.endsWith(` ${target.id}`)))
    .map((key) => `${key} is told to be identical: ${whatDiffers(before.get(key), after.get(key))}`);
  const overwritten = [...strangers.theirs]
    .filter(([key, row]) => atRest(row) !== atRest(before.get(key)) && after.get(key) === before.get(key))
    .map(([key, row]) => `${key} was overwritten unseen: ${whatDiffers(row, after.get(key))}`);
  const waiting = verified
    .filter(({ kind }) => kind === "waiting" || kind === "unknown")
    .map(({ target, kind, reason }) => `${target.type} ${target.id} is ${kind} though nothing disturbs: ${reason}`);
  return [...watch.violations, ...unequal, ...untold, ...overwritten, ...waiting, ...twin.errors.map(String)];
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

/** Without the counts of tasks, which follow the desired count when somebody looks. */
function atRest(row: string | undefined): string | undefined {
  return row?.replaceAll(/"(running|pending)Count":\d+/g, "");
}
