import { type CoverageCell, incomplete } from "../../model/coverage.ts";
import type { Selection } from "../../model/selection.ts";
import type { SeenSide } from "./scope.ts";

/** The cells in which a delta of two sides may be blind, each with the name of the side and its reason. */
export function unseenCells(before: SeenSide, after: SeenSide): CoverageCell[] {
  const found = new Map<string, CoverageCell>();
  const add = (cell: CoverageCell, reason: string) => {
    const former = found.get(keyOf(cell));
    found.set(keyOf(cell), { ...cell, reason: former?.reason === undefined ? reason : `${former.reason}; ${reason}` });
  };
  for (const [side, other] of [
    [before, after],
    [after, before],
  ] as const) {
    for (const cell of incomplete(side.coverage))
      if (looksAt(other.selection, cell)) add(cell, `${side.name}: ${cell.reason ?? cell.status}`);
    for (const cell of neverSeen(side, other)) add(cell, `${side.name}: it was never looked at`);
  }
  return [...found.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** Cells of the other side that this side's selection has, but its coverage says nothing of. */
function neverSeen(side: SeenSide, other: SeenSide): CoverageCell[] {
  const seen = new Set(side.coverage.map(keyOf));
  return other.coverage
    .filter((cell) => looksAt(side.selection, cell) && !seen.has(keyOf(cell)) && cell.status !== "unsupported")
    .map(({ type, region }) => ({ type, region, status: "failed", count: 0 }));
}

function looksAt(selection: Selection, { type, region }: CoverageCell): boolean {
  return selection.types.includes(type) && selection.regions.includes(region);
}

function keyOf({ type, region }: CoverageCell): string {
  return `${type}|${region}`;
}
