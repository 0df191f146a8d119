import { expect, it } from "vitest";
import { shedHistoryOf } from "./history.ts";
import { runShed } from "./run.ts";

/** `npm run simulate -- --verb shed` lives through ten thousand; these are for every run of the tests. */
const SEEDS = 60;

it("sheds, gives back, and breaks no rule in sixty incidents", async () => {
  for (let seed = 1; seed <= SEEDS; seed++)
    expect(await runShed(shedHistoryOf(seed)), `npm run simulate -- --verb shed --seed ${seed}`).toEqual([]);
}, 300_000);
