import { painter } from "../../io/colour.ts";
import type { Run, SimulationResult } from "../../verbs/shed/simulate/result.ts";
import { TICK_SECONDS } from "../../verbs/shed/simulate/simulate.ts";
import type { RenderOptions } from "../format.ts";
import { count, countOf, duration } from "../humanise.ts";
import { type Column, renderTable } from "../table.ts";
import { wrapLines } from "../wrap.ts";
import { FIGURES, isLeast, percent } from "./figures.ts";
import { picture } from "./picture.ts";

/** The first run as a picture, then the numbers: of a single run with what they mean, of several side by side. */
export function simulationText(result: SimulationResult, options: RenderOptions): string {
  const paint = painter(options.colour);
  const [first] = result.runs;
  if (!first) return "";
  const end = lengthOf(first);
  const title = `${result.profile}, ${duration(end * 1000)}: ${countOf(Math.round(first.outcome.offered), "request")}, run ${first.scenario.name}`;
  const numbers = result.runs.length === 1 ? single(first) : comparison(result, options);
  return [
    wrapLines(`${paint("bold", title)}\n`, options.width),
    picture(first.ticks, end, options),
    wrapLines(numbers, options.width),
  ].join("\n");
}

export function lengthOf({ ticks }: Run): number {
  return ticks.length * TICK_SECONDS;
}

function single({ outcome }: Run): string {
  const lines = FIGURES.map(
    ({ title, says, text }) => `${`${title}:`.padEnd(11)}${text(outcome).padEnd(12)} ${says}\n`,
  );
  return [...lines, `${whoRejected(outcome)}\n`, `${beyond(outcome)}\n`].join("");
}

function whoRejected({ rejectedByPrimary, rejectedByOthers }: Run["outcome"]): string {
  const [primary, others] = [Math.round(rejectedByPrimary), Math.round(rejectedByOthers)];
  if (primary + others === 0) return "Nothing was rejected.";
  return `${countOf(primary, "request")} rejected by the primary, ${count(others)} by the others.`;
}

function beyond({ highestLevel, overshootLevel }: Run["outcome"]): string {
  if (highestLevel === 0) return "Nothing was shed.";
  const needed = Math.round(highestLevel - overshootLevel);
  if (overshootLevel < 1) return `The level went to ${highestLevel} %, and not beyond what the primary needed.`;
  return `The level went to ${highestLevel} %; for the primary to reject nothing ${needed} % would have been enough.`;
}

function comparison({ runs, best }: SimulationResult, options: RenderOptions): string {
  const all = runs.map(({ outcome }) => outcome);
  const columns: Column<Run>[] = [
    {
      title: "RUN",
      value: ({ scenario }) => scenario.name,
      style: ({ scenario }) => (scenario.name === best ? "good" : undefined),
    },
    ...FIGURES.map(
      (figure): Column<Run> => ({
        title: figure.title.toUpperCase(),
        align: "right",
        value: ({ outcome }) => figure.text(outcome),
        style: ({ outcome }) => (isLeast(figure, outcome, all) ? "good" : undefined),
        ...(figure.spare === undefined ? {} : { spare: figure.spare }),
      }),
    ),
    { title: "", value: ({ scenario }) => (scenario.name === best ? (options.ascii ? "*" : "★") : "") },
  ];
  const winner = runs.find(({ scenario }) => scenario.name === best);
  const why = winner
    ? `Best: ${best}, with ${percent(winner.outcome.rejectedShare)} rejected. Fewest rejected counts first; then, of equals, overshoot, turns, recovery.\n`
    : "";
  return `${renderTable(columns, runs, options)}${why}`;
}
