import type { SimulationResult } from "../../verbs/shed/simulate/result.ts";
import { type Format, type RenderOptions, renderReport } from "../format.ts";
import { outcomeRecord, RECORD_COLUMNS, simulationDocument } from "./document.ts";
import { simulationText } from "./text.ts";

/** The forms a simulation can be printed in: for people, for scripts, for a spreadsheet, as a page with charts. */
export type SimulationFormat = Format | "html";

/** A simulation in one form, ending in a line feed. The page is loaded where it is wanted. */
export async function renderSimulation(
  result: SimulationResult,
  format: SimulationFormat,
  options: RenderOptions,
): Promise<string> {
  if (format === "html") return (await import("./page.ts")).renderSimulationPage(result);
  const report = {
    text: (render: RenderOptions) => simulationText(result, render),
    data: () => simulationDocument(result),
    csv: {
      titles: RECORD_COLUMNS,
      records: () => result.runs.map((run) => Object.values(outcomeRecord(run, result))),
    },
  };
  return renderReport(report, format, options);
}
