import { expect, it } from "vitest";
import { region } from "../../src/model/brand.ts";
import { STAGING } from "../../src/twin/demo/world.ts";
import { testAccount } from "../contract/account.ts";
import { changedBetween, lookAtAll, statesOf } from "../simulation/equality.ts";
import { type CliTrial, cliTrial, environment, folder, start } from "./process.ts";

/** Each kills a pause and a resume; half of them in each of two accounts at the same time. */
const ROUNDS = 50;
const REGIONS = ["ap-southeast-2", "eu-west-1", "us-east-1"] as const;

/** Moments that are the same in every run. */
function moments(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Every resource of the account as it is now, by region, kind and key. */
async function everything({ twin }: CliTrial): Promise<Map<string, string>> {
  const { connection } = await testAccount({ world: twin.world, clock: twin.clock as never });
  const all = new Map<string, string>();
  for (const name of REGIONS) {
    await lookAtAll(connection, region(name));
    for (const [key, state] of statesOf(twin.world, STAGING, name)) all.set(`${name} ${key}`, state);
  }
  return all;
}

async function killAndMend(rounds: number, seed: number): Promise<number> {
  const trial = await cliTrial();
  const before = await everything(trial);
  const random = moments(seed);
  let killed = 0;
  const dying = async (home: string, ...args: string[]) => {
    const { child, done } = start(args, environment(trial.url, home), home);
    const timer = setTimeout(() => child.kill("SIGKILL"), 150 + random() * 2500);
    if ((await done).signal === "SIGKILL") killed += 1;
    clearTimeout(timer);
  };
  for (let round = 0; round < rounds; round++) {
    const home = folder();
    await dying(home, "pause", "--yes");
    await dying(home, "resume", "--yes");
    const { code, stderr } = await start(["resume", "--yes"], environment(trial.url, home), home).done;
    // 4: nothing was paused yet, or all was back already.
    expect([0, 4], stderr).toContain(code);
    expect(changedBetween(before, await everything(trial)), `round ${round} of seed ${seed}`).toEqual([]);
  }
  return killed;
}

it(`is put right by resume wherever ${ROUNDS} pauses and resumes are killed`, async () => {
  const killed = await Promise.all([killAndMend(ROUNDS / 2, 7), killAndMend(ROUNDS / 2, 8)]);

  expect(killed[0] + killed[1]).toBeGreaterThan(ROUNDS);
});
