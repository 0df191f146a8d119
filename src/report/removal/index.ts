import { type Format, type RenderOptions, type Report, renderReport } from "../format.ts";
import { removalCsv } from "./csv.ts";
import { removalDocument } from "./document.ts";
import type { RemovalReport } from "./model.ts";
import { removalText } from "./text.ts";

/** The forms a removal can be printed in: for people, for scripts, as a page, for a ticket. */
export type RemovalFormat = Format | "html" | "markdown";

/** The usual four forms. @param all also what a long list would only count */
export function reportOfRemoval(report: RemovalReport, all = false): Report {
  return {
    text: (options) => removalText(report, options, all),
    data: () => removalDocument(report),
    csv: removalCsv(report),
  };
}

/** A removal in one form, ending in a line feed. Pages and comments are loaded where they are wanted. */
export async function renderRemoval(
  report: RemovalReport,
  format: RemovalFormat,
  options: RenderOptions & { readonly all?: boolean },
): Promise<string> {
  if (format === "html") return (await import("./page.ts")).renderRemovalPage(report);
  if (format === "markdown") return (await import("./markdown.ts")).renderRemovalMarkdown(report);
  return renderReport(reportOfRemoval(report, options.all), format, options);
}
