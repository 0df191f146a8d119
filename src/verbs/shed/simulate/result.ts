import { EvenkeelError } from "../../../model/errors.ts";
import { measure, type Outcome } from "./measure.ts";
import type { Profile } from "./profile.ts";
import type { Scenario } from "./scenario.ts";
import { simulate, type Tick } from "./simulate.ts";

/** One load, lived through with each set of parameters. */
export interface SimulationResult {
  readonly profile: string;
  readonly runs: readonly Run[];
  /** Name of the best, where there are several. */
  readonly best?: string;
}

export interface Run {
  readonly scenario: Scenario;
  readonly ticks: readonly Tick[];
  readonly outcome: Outcome;
}

/** @throws EvenkeelError USAGE for two runs of one name */
export function simulateAll(scenarios: readonly Scenario[], profile: Profile): SimulationResult {
  const names = scenarios.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined)
    throw new EvenkeelError("USAGE", `two runs are named "${twice}"`, { hint: "name each otherwise" });
  const runs = scenarios.map((scenario): Run => {
    const ticks = simulate(scenario, profile);
    return { scenario, ticks, outcome: measure(ticks) };
  });
  const [best] = [...runs].sort((a, b) => compareOutcomes(a.outcome, b.outcome));
  return { profile: profile.name, runs, ...(best && runs.length > 1 ? { best: best.scenario.name } : {}) };
}

/** Fewest rejected first; of those that differ by less than a thousandth of the load, least overshoot, then fewest turns, then the soonest back. */
function compareOutcomes(a: Outcome, b: Outcome): number {
  const thousandths = (share: number) => Math.round(share * 1000);
  const recovery = ({ recoverSeconds }: Outcome) =>
    recoverSeconds === "not by the end" ? Number.MAX_SAFE_INTEGER : (recoverSeconds ?? 0);
  return (
    thousandths(a.rejectedShare) - thousandths(b.rejectedShare) ||
    thousandths(a.overshootShare) - thousandths(b.overshootShare) ||
    a.turns - b.turns ||
    recovery(a) - recovery(b)
  );
}
