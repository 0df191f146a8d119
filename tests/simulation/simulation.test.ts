import { expect, it } from "vitest";
import { historyOf } from "./history.ts";
import { runHistory } from "./run.ts";

/** `npm run simulate` lives through twenty thousand; these are for every run of the tests. */
const SEEDS = 150;

it("breaks no rule in a hundred and fifty histories", async () => {
  for (let seed = 1; seed <= SEEDS; seed++)
    expect(await runHistory(historyOf(seed)), `npm run simulate -- --seed ${seed}`).toEqual([]);
}, 120_000);
