import type { RuleWeights, ShedReading, ShedState } from "../../model/shed.ts";
import { type Degree, sameWeights, shedWeights, type Weights } from "../../model/weights.ts";
import { decide } from "./decide.ts";
import { type StepBasis, wanted } from "./plan.ts";
import { baselineOf } from "./receivers.ts";

/** A degree that would be come to, and the weights of all rules at it. */
export interface Level {
  readonly degree: Degree;
  readonly rules: readonly RuleWeights[];
}

/** The levels that further steps of shedding would come to as things stand now, and why no more follow. */
export function levelsAhead({ stand, settings, reading, kept }: StepBasis): {
  readonly levels: readonly Level[];
  readonly end: string;
} {
  const levels: Level[] = [];
  let state: ShedState = stand;
  let seen: ShedReading = reading;
  // A step is at least one percent, and so is one towards another cap.
  for (let step = 0; step <= 200; step++) {
    const decision = decide(state, settings, seen, { kind: "shed" });
    const { degree, phase, why } = decision;
    const isSame = degree.level === state.degree.level && degree.cap === state.degree.cap;
    const isEnd = phase === "lost" || phase === "idle" || decision.forgets || isSame;
    if (isEnd)
      return { levels, end: degree.level >= settings.maxShedPercent ? `the cap of ${settings.maxShedPercent} %` : why };
    const rules = wanted({ stand: state, settings, reading: seen, kept }, decision);
    levels.push({ degree, rules });
    const { pending: _, ...before } = state;
    state = { ...before, degree, phase, baseline: baselineOf(state, seen), written: rules };
    seen = { ...seen, rules };
  }
  return { levels, end: "" };
}

/** Why a step changes nothing, or only now and then, about a rule; undefined = each step does. */
export function whyCoarse(baseline: Weights, primary: string, shedPercent: number): string | undefined {
  const total = Object.values(baseline).reduce((sum, each) => sum + each, 0);
  if ((baseline[primary] ?? 0) === 0) return "the primary group has no weight in it: there is nothing to shed";
  const first = shedWeights(baseline, primary, { level: shedPercent, cap: 100 }, "evenly");
  if (!sameWeights(first, baseline)) return undefined;
  return `its weights add up to ${total}, so that a first step of ${shedPercent} % changes nothing: multiply all of them, for example by 100`;
}
