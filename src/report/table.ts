import stringWidth from "string-width";
import { painter, type Style } from "../io/colour.ts";

/** A column of a table for people. */
export interface Column<Row> {
  readonly title: string;
  /** Numbers stand right. */
  readonly align?: "left" | "right";
  /** The cell's plain text, without colour and without line breaks (both would be taken out). */
  value(row: Row): string | number | undefined;
  /** The cell's colour. */
  style?(row: Row): Style | undefined;
  /** Cells are never cut to less than this many columns of the terminal; default 8, or the title's width where less. */
  readonly min?: number;
  /** Never cut: what a person types or copies. */
  readonly whole?: boolean;
  /** Left out where a terminal has no room for all columns; the lowest number goes first. */
  readonly spare?: number;
}

export interface TableOptions {
  /** The terminal's width; absent = no terminal, nothing is cut. */
  readonly width?: number | undefined;
  readonly colour: boolean;
  /** Cut texts end in "..." instead of "…". */
  readonly ascii?: boolean | undefined;
}

const GAP = "  ";
const LEAST = 8;

/**
 * Aligned columns with a heading; each line ends in a line feed. Where the table is wider than the terminal, spare columns
 * are left out, then the widest are cut. No rows give the heading alone.
 */
export function renderTable<Row>(all: readonly Column<Row>[], rows: readonly Row[], options: TableOptions): string {
  const paint = painter(options.colour);
  const columns = withRoom(all, rows, options.width);
  const cells = rows.map((row) => columns.map((column) => printable(column.value(row))));
  const widths = fitWidths(columns, cells, options.width);
  const ellipsis = options.ascii ? "..." : "…";

  const line = (texts: readonly string[], style: (index: number) => Style | undefined): string =>
    texts
      .map((text, index) => {
        const width = widths[index] ?? 0;
        const cut = cutToWidth(text, width, ellipsis);
        const pad = " ".repeat(Math.max(0, width - stringWidth(cut)));
        const chosen = style(index);
        const shown = chosen ? paint(chosen, cut) : cut;
        if (columns[index]?.align === "right") return pad + shown;
        // Nothing is gained by blanks at a line's end, and they show when pasted.
        return index === texts.length - 1 ? shown : shown + pad;
      })
      .join(GAP)
      .trimEnd();

  const heading = line(
    columns.map((column) => column.title),
    () => "dim",
  );
  const body = cells.map((texts, at) => line(texts, (index) => columns[index]?.style?.(rows[at] as Row)));
  return [heading, ...body].map((each) => `${each}\n`).join("");
}

/** A cell's text on one line, without what would move the cursor or colour the terminal. */
export function printable(value: string | number | undefined): string {
  if (value === undefined) return "";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return String(value).replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ");
}

/** Cuts a text to a number of terminal columns, with an ellipsis as its end; a wide character is never halved. */
export function cutToWidth(text: string, width: number, ellipsis = "…"): string {
  if (stringWidth(text) <= width) return text;
  const room = width - stringWidth(ellipsis);
  if (room <= 0) return ellipsis.slice(0, Math.max(0, width));
  let cut = "";
  let used = 0;
  for (const { segment } of new Intl.Segmenter("en").segment(text)) {
    used += stringWidth(segment);
    if (used > room) break;
    cut += segment;
  }
  return cut + ellipsis;
}

/** The columns without the spare ones for which there is no room. */
function withRoom<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  width: number | undefined,
): readonly Column<Row>[] {
  const [first] = columns
    .filter(({ spare }) => spare !== undefined)
    .sort((a, b) => (a.spare as number) - (b.spare as number));
  if (width === undefined || first === undefined) return columns;
  const cells = rows.map((row) => columns.map((column) => printable(column.value(row))));
  const needed = sum(fitWidths(columns, cells, undefined)) + GAP.length * (columns.length - 1);
  if (needed <= width) return columns;
  return withRoom(
    columns.filter((column) => column !== first),
    rows,
    width,
  );
}

function fitWidths<Row>(
  columns: readonly Column<Row>[],
  cells: readonly (readonly string[])[],
  width: number | undefined,
): number[] {
  const natural = columns.map((column, index) =>
    cells.reduce((widest, row) => Math.max(widest, stringWidth(row[index] ?? "")), stringWidth(column.title)),
  );
  if (width === undefined) return natural;
  const room = width - GAP.length * (columns.length - 1);
  const least = columns.map((column, index) =>
    Math.min(
      natural[index] ?? 0,
      column.whole ? Number.POSITIVE_INFINITY : (column.min ?? Math.max(LEAST, stringWidth(column.title))),
    ),
  );
  const capped = (cap: number) => natural.map((each, index) => Math.min(each, Math.max(cap, least[index] ?? 0)));
  let low = 0;
  let high = Math.max(0, ...natural);
  // The largest cap with which everything fits.
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (sum(capped(middle)) <= room) low = middle;
    else high = middle - 1;
  }
  return widen(capped(low), natural, room);
}

/** Gives the columns that were left over by the cap to the cut ones, from the left. */
function widen(widths: number[], natural: readonly number[], room: number): number[] {
  let left = room - sum(widths);
  return widths.map((width, index) => {
    if (left <= 0 || width >= (natural[index] ?? 0)) return width;
    left -= 1;
    return width + 1;
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
