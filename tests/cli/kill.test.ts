import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { accountId } from "../../src/model/brand.ts";
import { folderStore } from "../../src/store/folder.ts";
import { listSnapshots } from "../../src/store/snapshot-list.ts";
import { openSnapshot } from "../../src/store/snapshots.ts";
import { STAGING } from "../../src/twin/demo/world.ts";
import { cliTrial, start } from "./process.ts";

const KILLS = 200;
const AT_ONCE = 2;

/** Random moments that are the same in every run. */
function moments(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

it(`leaves a readable store with whole snapshots only, wherever ${KILLS} runs of snapshot create are killed`, async () => {
  const trial = await cliTrial();
  const args = (name: string) => [
    "snapshot",
    "create",
    name,
    "--type",
    "sqs:queue,logs:log-group",
    "--regions",
    "eu-west-1",
  ];
  const before = Date.now();
  expect((await trial.run(...args("whole"))).code).toBe(0);
  const wholeRun = Date.now() - before;
  const random = moments(42);
  let killed = 0;

  const killOne = async (index: number) => {
    const { child, done } = start(args(`s-${index}`), trial.env, trial.home);
    const timer = setTimeout(() => child.kill("SIGKILL"), random() * wholeRun * 1.2);
    const { signal } = await done;
    clearTimeout(timer);
    if (signal === "SIGKILL") killed += 1;
  };
  for (let index = 0; index < KILLS; index += AT_ONCE)
    await Promise.all(Array.from({ length: AT_ONCE }, (_, at) => killOne(index + at)));

  const store = folderStore(join(trial.home, "store"));
  const account = accountId(STAGING);
  const listed = await listSnapshots(store, account);
  expect(listed.every(({ kind }) => kind === "readable")).toBe(true);
  expect(listed.filter(({ active }) => active)).toHaveLength(1);
  for (const { name } of listed) {
    let resources = 0;
    const snapshot = await openSnapshot(store, account, name);
    for await (const _ of snapshot.resources()) resources += 1;
    expect(resources, name).toBeGreaterThan(0);
  }
  // The moments are spread over the whole run: some are killed early, some come through.
  expect(killed).toBeGreaterThan(KILLS / 3);
  expect(listed.length).toBeGreaterThan(1);
  expect(readdirSync(join(trial.home, "store", "accounts"))).toEqual([STAGING]);
});
