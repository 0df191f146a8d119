import type { Run, SimulationResult } from "../../verbs/shed/simulate/result.ts";
import { bucketed } from "./series.ts";

/** One record of a run for a spreadsheet, in the order of its columns. Requests are whole, shares from 0 to 1, times in seconds. */
export const RECORD_COLUMNS = [
  "run",
  "best",
  "control",
  "offered",
  "servedByPrimary",
  "servedByOthers",
  "rejectedByPrimary",
  "rejectedByOthers",
  "rejectedShare",
  "overshoot",
  "overshootShare",
  "overshootLevel",
  "turns",
  "protectSeconds",
  "recoverSeconds",
  "recovered",
  "strandedSeconds",
  "highestLevel",
] as const;

type RecordOf = Readonly<Record<(typeof RECORD_COLUMNS)[number], string | number | boolean | null>>;

/** Times that there are none of are null: there was no overload, nothing to recover from, or it was not recovered (`recovered`). */
export function outcomeRecord({ scenario, outcome }: Run, { best }: SimulationResult): RecordOf {
  const { recoverSeconds, protectSeconds, ...numbers } = outcome;
  return {
    run: scenario.name,
    best: scenario.name === best,
    control: scenario.control,
    offered: Math.round(numbers.offered),
    servedByPrimary: Math.round(numbers.servedByPrimary),
    servedByOthers: Math.round(numbers.servedByOthers),
    rejectedByPrimary: Math.round(numbers.rejectedByPrimary),
    rejectedByOthers: Math.round(numbers.rejectedByOthers),
    rejectedShare: sixDigits(numbers.rejectedShare),
    overshoot: Math.round(numbers.overshoot),
    overshootShare: sixDigits(numbers.overshootShare),
    overshootLevel: Math.round(numbers.overshootLevel),
    turns: numbers.turns,
    protectSeconds: protectSeconds ?? null,
    recoverSeconds: typeof recoverSeconds === "number" ? recoverSeconds : null,
    recovered: recoverSeconds === undefined ? null : recoverSeconds !== "not by the end",
    strandedSeconds: numbers.strandedSeconds,
    highestLevel: numbers.highestLevel,
  };
}

const SERIES_SECONDS = 60;

/** All of it, with what each run was made of and what happened in each minute. */
export function simulationDocument(result: SimulationResult): object {
  return {
    profile: result.profile,
    best: result.best ?? null,
    runs: result.runs.map((run) => {
      const { alarm, primary, receivers, baseline, propagationSeconds, settings } = run.scenario;
      const { listener: _listener, primary: _primary, alarm: _alarm, ...shed } = settings;
      return {
        ...outcomeRecord(run, result),
        parameters: { ...shed, alarm, primary, receivers, baseline, propagationSeconds },
        series: bucketed(run.ticks, SERIES_SECONDS).map(({ seconds, level, alarm: state, rates }) => {
          const rounded = Object.entries(rates).map(([name, rps]) => [name, Math.round(rps * 1000) / 1000]);
          return { seconds, level, alarm: state, ...Object.fromEntries(rounded) };
        }),
      };
    }),
  };
}

function sixDigits(share: number): number {
  return Math.round(share * 1e6) / 1e6;
}
