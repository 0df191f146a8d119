import type { CostResult } from "../../model/cost.ts";
import { FORMATS, type RenderOptions, renderReport } from "../format.ts";
import { costColumns, costDocument, costRecord } from "./document.ts";
import { costText } from "./text.ts";

/** The forms costs can be printed in: for people, for scripts, for a spreadsheet, as a page with charts. */
export const COST_FORMATS = [...FORMATS, "html"] as const;
export type CostFormat = (typeof COST_FORMATS)[number];

/** Costs in one form, ending in a line feed. The page is loaded where it is wanted; `options` matter to the table alone. */
export async function renderCost(result: CostResult, format: CostFormat, options: RenderOptions): Promise<string> {
  if (format === "html") return (await import("./html/index.ts")).renderCostPage(result);
  const report = {
    text: (render: RenderOptions) => costText(result, render),
    data: () => costDocument(result),
    csv: {
      titles: costColumns(result),
      records: () => result.rows.map((row) => costRecord(row, result)),
    },
  };
  return renderReport(report, format, options);
}
