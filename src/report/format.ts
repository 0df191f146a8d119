import { type CsvCell, renderCsv } from "./csv.ts";
import { renderJson } from "./json.ts";

/** The formats that every listing verb knows. */
export const FORMATS = ["table", "json", "yaml", "csv"] as const;
export type Format = (typeof FORMATS)[number];

export interface RenderOptions {
  /** The terminal's width; absent = no terminal, nothing is cut. */
  readonly width?: number | undefined;
  readonly colour: boolean;
  /** The terminal can't show more than ASCII. */
  readonly ascii?: boolean | undefined;
}

/** One result in all its forms; only the wanted one is made. */
export interface Report {
  /** For people. */
  text(options: RenderOptions): string | Promise<string>;
  /** For machines: always an object on top, with exact numbers. */
  data(): object;
  readonly csv: { readonly titles: readonly string[]; records(): readonly (readonly CsvCell[])[] };
}

export async function renderReport(report: Report, format: Format, options: RenderOptions): Promise<string> {
  switch (format) {
    case "table":
      return report.text(options);
    case "json":
      return renderJson(report.data());
    case "yaml":
      return (await import("./yaml.ts")).renderYaml(report.data());
    case "csv":
      return renderCsv(report.csv.titles, report.csv.records());
  }
}
