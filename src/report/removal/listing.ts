import { painter } from "../../io/colour.ts";
import { narrower, tableLines } from "../delta/table-listing.ts";
import type { RenderOptions } from "../format.ts";
import { count } from "../humanise.ts";
import type { Column } from "../table.ts";
import { wrapLines } from "../wrap.ts";

/** Rows of a table under lines of their own. */
export interface Group<Row> {
  /** The first says what they are, the others what is true of all of them. */
  readonly title: readonly string[];
  readonly rows: readonly { readonly row: Row; readonly details: readonly string[] }[];
  /** Rows that are not shown. */
  readonly left?: number;
}

/** Beyond as many rows, lists that are only to be told of are shortened. */
const MANY = 30;
const ROWS = 3;
const GROUPS = 20;

/** The first rows of each group, and how many are left; the largest groups first. Short lists are left as they are. */
export function shortened<Row>(groups: readonly Group<Row>[], all: boolean): readonly Group<Row>[] {
  const size = groups.reduce((sum, { rows }) => sum + rows.length, 0);
  if (all || size <= MANY) return groups;
  const sorted = [...groups].sort((a, b) => b.rows.length - a.rows.length);
  const left = sorted.slice(GROUPS);
  return [
    ...sorted
      .slice(0, GROUPS)
      .map(({ title, rows }) => ({ title, rows: rows.slice(0, ROWS), left: Math.max(0, rows.length - ROWS) })),
    ...(left.length > 0
      ? [{ title: ["for other reasons"], rows: [], left: left.reduce((sum, { rows }) => sum + rows.length, 0) }]
      : []),
  ];
}

/** Aligned rows below the titles of their groups; a column in which nothing stands, or nothing but `?`, is left out. */
export function groupedTable<Row>(
  columns: readonly Column<Row>[],
  groups: readonly Group<Row>[],
  options: RenderOptions,
): string {
  const paint = painter(options.colour);
  const rows = groups.flatMap((group) => group.rows.map(({ row }) => row));
  const used = columns.filter(({ value }) => rows.some((row) => !["", "?"].includes(String(value(row) ?? ""))));
  const [heading = "", ...lines] = tableLines(used, rows, narrower(options, ROW.length));
  const next = lines.values();
  const wrapped = (indent: string, text: string) => wrapLines(indent + text, options.width);
  const body = groups.flatMap(({ title: [title = "", ...more], rows: own, left = 0 }) => [
    paint("bold", wrapped(TITLE, title)),
    ...more.map((text) => wrapped(ROW, text)),
    ...own.flatMap(({ details }) => [ROW + (next.next().value ?? ""), ...details.map((text) => wrapped(DETAIL, text))]),
    ...(left > 0 ? [`${ROW}and ${count(left)} more: --verbose shows them`] : []),
  ]);
  return [ROW + heading, ...body].map((line) => `${line}\n`).join("");
}

const TITLE = "  ";
const ROW = "    ";
const DETAIL = "      ";
