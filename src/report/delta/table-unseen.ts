import { painter } from "../../io/colour.ts";
import type { CoverageCell } from "../../model/coverage.ts";
import type { RenderOptions } from "../format.ts";
import { count } from "../humanise.ts";
import { narrower, tableLines } from "./table-listing.ts";
import { visible } from "./value.ts";
import { shortType, UNSEEN_MEANING } from "./wording.ts";

/** What the delta can't speak of: types and regions that were not completely seen, the missing permission, and why. */
export function unseenBlock(unseen: readonly CoverageCell[], options: RenderOptions): string {
  if (unseen.length === 0) return "";
  const [heading = "", ...cells] = tableLines<CoverageCell>(
    [
      { title: "type", value: (cell) => shortType(cell.type), min: 24 },
      { title: "region", value: (cell) => cell.region },
      { title: "status", value: (cell) => cell.status, style: () => "warning" },
      { title: "missing permission", value: (cell) => visible(cell.action ?? "") },
    ],
    unseen,
    narrower(options, 2),
  );
  // Reasons are AWS's own words, and never cut: they are what a person searches for.
  const lines = unseen.flatMap(({ reason }, index) => [
    `  ${cells[index] ?? ""}`,
    ...(reason ? [`    ${visible(reason)}`] : []),
  ]);
  const title = painter(options.colour)("warning", `Not completely seen (${count(unseen.length)})`);
  return [title, `  ${UNSEEN_MEANING}`, `  ${heading}`, ...lines].map((line) => `${line}\n`).join("");
}
