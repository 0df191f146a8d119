import stringWidth from "string-width";
import type { PropertyChange } from "../../model/delta.ts";
import type { RenderOptions } from "../format.ts";
import { type Column, renderTable } from "../table.ts";
import { isGrave } from "./gravity.ts";
import { type ShortValues, shortValues, visible, withoutArnHead } from "./value.ts";

/** The most of one value that is worth a line; every other format has all of it. */
const VALUE_ROOM = 100;
/** "security exposure", the longest category, and the gaps and marks between a property's columns. */
const FIXED = 17 + 8;
/** How far values stand in, where they have lines of their own. */
const INDENT = "      ";

/**
 * The lines of each property: `! path  before -> after  category`, aligned with each other. Values too long to stand
 * beside the path stand below it.
 */
export function propertyLines(properties: readonly PropertyChange[], options: RenderOptions): string[][] {
  const ascii = options.ascii ?? false;
  const arrow = ascii ? "->" : "→";
  const room = Math.min(VALUE_ROOM, Math.max(20, (options.width ?? Number.POSITIVE_INFINITY) - INDENT.length - 3));
  const beside = besideRoom(properties, options.width);
  const shown = properties.map((property) => {
    const values = shortValues(property.before, property.after, room, ascii);
    return { property, values, pair: `${values.before} ${arrow} ${values.after}` };
  });
  const rows = shown.map((each) => ({ ...each, fits: stringWidth(each.pair) <= beside }));
  const [, ...lines] = renderTable(columns(beside), rows, options).split("\n");
  return rows.map(({ values, fits }, index) => {
    const below = fits ? [] : [INDENT + values.before, `${INDENT}${arrow} ${values.after}`];
    return [lines[index] ?? "", ...below];
  });
}

interface Row {
  readonly property: PropertyChange;
  readonly values: ShortValues;
  readonly pair: string;
  readonly fits: boolean;
}

/** Grave properties begin with `!` and are red, so that they stand out with and without colour. */
function columns(beside: number): Column<Row>[] {
  const grave = ({ property }: Row) => (isGrave(property) ? "bad" : undefined);
  return [
    {
      title: "",
      value: ({ property }) => `${isGrave(property) ? "!" : " "} ${visible(withoutArnHead(property.path))}`,
      style: grave,
      min: 16,
    },
    { title: "", value: ({ pair, fits }) => (fits ? pair : ""), min: beside },
    { title: "", value: ({ property }) => property.category, style: (row) => grave(row) ?? "dim", min: 17 },
  ];
}

/** How wide a pair of values beside its path may be: what the paths, cut to half of the line, leave of it. */
function besideRoom(properties: readonly PropertyChange[], width: number | undefined): number {
  if (width === undefined) return 60;
  const longest = properties.reduce(
    (most, { path }) => Math.max(most, stringWidth(visible(withoutArnHead(path))) + 2),
    0,
  );
  return Math.max(16, width - FIXED - Math.min(longest, Math.floor(width / 2)));
}
