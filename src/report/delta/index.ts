import type { DeltaResult } from "../../verbs/delta/result.ts";
import type { RenderOptions } from "../format.ts";

/** The forms a delta can be printed in: for people, for scripts, for a pull request, for CI. */
export const DELTA_FORMATS = ["table", "json", "yaml", "csv", "html", "markdown", "junit", "sarif"] as const;
export type DeltaFormat = (typeof DELTA_FORMATS)[number];

/** A delta in one form, ending in a line feed. Only that form's code is loaded; `options` matter to the table alone. */
export async function renderDelta(result: DeltaResult, format: DeltaFormat, options: RenderOptions): Promise<string> {
  switch (format) {
    case "table":
      return (await import("./table.ts")).renderDeltaTable(result, options);
    case "json": {
      const [{ renderJson }, { deltaDocument }] = await Promise.all([import("../json.ts"), import("./item.ts")]);
      return renderJson(deltaDocument(result));
    }
    case "yaml": {
      const [{ renderYaml }, { deltaDocument }] = await Promise.all([import("../yaml.ts"), import("./item.ts")]);
      return renderYaml(deltaDocument(result));
    }
    case "csv":
      return (await import("./csv.ts")).renderDeltaCsv(result);
    case "html":
      return (await import("./html/index.ts")).renderDeltaPage(result);
    case "markdown":
      return (await import("./markdown.ts")).renderDeltaMarkdown(result);
    case "junit":
      return (await import("./junit.ts")).renderDeltaJunit(result);
    case "sarif":
      return (await import("./sarif.ts")).renderDeltaSarif(result);
  }
}
