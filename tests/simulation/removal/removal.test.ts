import { expect, it } from "vitest";
import { removalHistoryOf } from "./history.ts";
import { runRemoval } from "./run.ts";

/** `npm run simulate -- --verb restore` lives through ten thousand; these are for every run of the tests. */
const SEEDS = 60;

it("removes nothing that must stay in sixty histories", async () => {
  for (let seed = 1; seed <= SEEDS; seed++)
    expect(await runRemoval(removalHistoryOf(seed)), `npm run simulate -- --verb restore --seed ${seed}`).toEqual([]);
}, 120_000);
