import { expect, it } from "vitest";
import type { World } from "../../src/twin/world.ts";
import { cliTrial, environment, folder, start } from "./process.ts";

const ROUNDS = 12;

/** Moments that are the same in every run. */
function moments(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** What a pause moves and a resume must put back. */
function instanceStates(world: World): (string | undefined)[] {
  const rows = Object.values(world.accounts).flatMap(({ regions }) => Object.values(regions));
  return rows.flatMap((kinds) =>
    Object.values(kinds["ec2.instance"] ?? {}).map((row) => (row.State as { Name?: string })?.Name),
  );
}

it(`is put right by resume wherever ${ROUNDS} pauses and resumes are killed`, async () => {
  const trial = await cliTrial();
  const before = instanceStates(trial.twin.world);
  const random = moments(7);
  let killed = 0;
  const dying = async (home: string, ...args: string[]) => {
    const { child, done } = start(args, environment(trial.url, home), home);
    const timer = setTimeout(() => child.kill("SIGKILL"), 150 + random() * 1200);
    if ((await done).signal === "SIGKILL") killed += 1;
    clearTimeout(timer);
  };
  for (let round = 0; round < ROUNDS; round++) {
    const home = folder();
    await dying(home, "pause", "--type", "compute", "--yes");
    await dying(home, "resume", "--yes");
    const { code, stderr } = await start(["resume", "--yes"], environment(trial.url, home), home).done;
    // 4: nothing was paused yet, or all was back already.
    expect([0, 4], stderr).toContain(code);
    expect(instanceStates(trial.twin.world), `round ${round}`).toEqual(before);
  }
  expect(killed).toBeGreaterThan(ROUNDS / 2);
});
