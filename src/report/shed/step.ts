import type { Json, JsonObject } from "../../model/json.ts";
import type { Kept, Step } from "../../model/plan.ts";
import type { ShedState } from "../../model/shed.ts";
import type { Weights } from "../../model/weights.ts";
import type { Foreseen } from "../../verbs/shed/foresee.ts";
import type { Level } from "../../verbs/shed/levels.ts";
import type { RenderOptions, Report } from "../format.ts";
import { countOf } from "../humanise.ts";
import { renderTable } from "../table.ts";
import { wrapLines } from "../wrap.ts";
import { degreeText, listenerName, phaseText, shortRule, weightsText } from "./words.ts";

/** Further levels, and why no more follow. */
interface Ahead {
  readonly levels: readonly Level[];
  readonly end: string;
}

/** What a step is going to do: its writes, what is left alone and why, and what comes after it. */
export function foreseenReport({ basis, decision, plan }: Foreseen, ahead?: Ahead): Report {
  const { stand, settings } = basis;
  return {
    text: (options) => {
      const to = decision.forgets ? "its state is dropped" : phaseText(decision.phase, decision.degree);
      const head = `Listener ${listenerName(settings.listener)}: ${phaseText(stand.phase, stand.degree)} -> ${to}\n`;
      const count = plan.steps.length === 0 ? "no rule" : countOf(plan.steps.length, "rule");
      const why = `Because ${decision.why}: ${count} to write.\n`;
      return [
        wrapLines(head + why, options.width),
        stepsText(plan.steps, options),
        keptText(plan.kept, options),
        aheadText(ahead, options),
      ]
        .filter((part) => part !== "")
        .join("\n");
    },
    data: () => ({ changes: plan.steps.length, decision, plan, ...(ahead ? { ahead } : {}) }),
    csv: csvOf(plan.steps),
  };
}

/** What became of an order. */
export function stepReport(
  state: ShedState,
  { steps, written }: { readonly steps: readonly Step[]; readonly written: number },
): Report {
  return {
    text: (options) => {
      const done = written === 0 ? "No weight was changed." : `${countOf(written, "rule")} written and read back.`;
      const head = `Listener ${listenerName(state.listener)}: ${phaseText(state.phase, state.degree)}\n${done} ${sentence(state.why)}\n`;
      return wrapLines(head, options.width);
    },
    data: () => ({ changes: written, state }),
    csv: csvOf(steps),
  };
}

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

const weightsIn = (state: JsonObject | undefined) => state?.weights as Weights | undefined;

function stepsText(steps: readonly Step[], options: RenderOptions): string {
  if (steps.length === 0) return "";
  return renderTable<Step>(
    [
      { title: "RULE", value: ({ target }) => shortRule(target.arn), whole: true },
      { title: "BASELINE", value: ({ saves }) => weightsText(weightsIn(saves)), spare: 1 },
      { title: "NOW", value: ({ expects }) => weightsText(weightsIn(expects)) },
      { title: "THEN", value: ({ sets }) => weightsText(weightsIn(sets)) },
    ],
    steps,
    options,
  );
}

function keptText(kept: readonly Kept[], options: RenderOptions): string {
  const lines = kept.map(({ target, reason }) => `Rule ${shortRule(target.arn)} is left alone: ${reason}.\n`);
  return wrapLines(lines.join(""), options.width);
}

function aheadText(ahead: Ahead | undefined, options: RenderOptions): string {
  if (!ahead) return "";
  const rows = ahead.levels.flatMap(({ degree, rules }) => rules.map((rule, index) => ({ degree, index, ...rule })));
  const table = renderTable<(typeof rows)[number]>(
    [
      { title: "SHED", value: ({ degree, index }) => (index === 0 ? degreeText(degree) : ""), align: "right" },
      { title: "RULE", value: ({ rule }) => shortRule(rule), whole: true },
      { title: "WEIGHTS", value: ({ weights }) => weightsText(weights) },
    ],
    rows,
    options,
  );
  const title = "Further steps of shedding, as things are:\n";
  return `${rows.length > 0 ? title + table : ""}${wrapLines(`No ${rows.length > 0 ? "more" : "step of shedding"} after that: ${ahead.end}.\n`, options.width)}`;
}

function csvOf(steps: readonly Step[]): Report["csv"] {
  return {
    titles: ["rule", "group", "baseline", "now", "then"],
    records: () =>
      steps.flatMap(({ target, saves, expects, sets }) =>
        Object.entries(weightsIn(sets) ?? {}).map(([group, weight]) => [
          target.arn,
          group,
          numberIn(saves, group),
          numberIn(expects, group),
          weight,
        ]),
      ),
  };
}

function numberIn(state: JsonObject, group: string): Extract<Json, number> | undefined {
  return weightsIn(state)?.[group];
}
