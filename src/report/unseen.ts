import type { CoverageCell } from "../model/coverage.ts";
import type { RenderOptions } from "./format.ts";
import { type Column, renderTable } from "./table.ts";

/** What was not completely seen, each with the API's words. */
export function renderUnseen(cells: readonly CoverageCell[], options: RenderOptions): string {
  const columns: Column<CoverageCell>[] = [
    { title: "TYPE", value: ({ type }) => type },
    { title: "REGION", value: ({ region }) => region },
    { title: "STATUS", value: ({ status }) => status, style: () => "warning" },
    { title: "MISSING ACTION", value: ({ action }) => action },
    { title: "REASON", value: ({ reason }) => reason },
  ];
  const used = columns.filter(({ title, value }) => title !== "MISSING ACTION" || cells.some((cell) => value(cell)));
  return renderTable(used, cells, options);
}
