import { orderSteps } from "../../model/graph.ts";
import type { Step } from "../../model/plan.ts";

/** How many steps come before each, one after the other, on its longest way: 0 = it waits for nothing. */
export function wavesOf(steps: readonly Step[]): ReadonlyMap<string, number> {
  const waves = new Map<string, number>();
  let first = 0;
  for (const stage of orderSteps(steps).stages) {
    for (const { id, after } of stage)
      waves.set(
        id,
        after.reduce((most, before) => Math.max(most, (waves.get(before) ?? 0) + 1), first),
      );
    // All of a stage has ended before the next begins.
    first = [...waves.values()].reduce((most, wave) => Math.max(most, wave + 1), 0);
  }
  return waves;
}
