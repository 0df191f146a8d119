import { GLOBAL } from "../model/brand.ts";
import type { Step } from "../model/plan.ts";

/**
 * The same steps, with what is global in a stage of its own behind all that is regional, as far as nothing regional waits
 * for it. Who uses a role must be read in every region: at the end that is done once, and not each time that one of its
 * users has gone.
 */
export function globalLast(steps: readonly Step[]): Step[] {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const early = new Set(steps.filter(({ target }) => target.region !== GLOBAL));
  for (const { after } of early)
    for (const id of after) {
      const before = byId.get(id);
      if (before) early.add(before);
    }
  return steps.map((step) => (early.has(step) ? step : { ...step, stage: step.stage + 1 }));
}
