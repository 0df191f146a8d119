import { EvenkeelError } from "../../model/errors.ts";
import type { Duck } from "./duck.ts";
import { type BillFile, unusable } from "./files.ts";
import { type Format, formatOf } from "./formats.ts";
import { csvHeadings } from "./headings.ts";
import { list, literal, quoted } from "./sql.ts";

/** A column of a file. */
export interface Column {
  /** As the file names it. */
  readonly heading: string;
  /** As SQL names it. */
  readonly sql: string;
  /** DuckDB's type of it. */
  readonly type: string;
}

/** Files with the same columns, which are read by one scan. Exports of several months need not have the same. */
export interface Shape {
  readonly format: Format;
  readonly files: readonly BillFile[];
  readonly columns: readonly Column[];
  /** SQL: all lines of the files. */
  readonly scan: string;
}

/** A number as csv has it. More digits than any export writes on both sides: AWS writes ten behind the point. */
export const WIDE = "DECIMAL(38, 18)";

/** @throws EvenkeelError USAGE when a file is no bill, or they are not all of one format */
export async function shapesOf(duck: Duck, files: readonly BillFile[]): Promise<Shape[]> {
  const shapes = new Map<string, Shape>();
  for (const file of files) {
    const columns = file.form === "parquet" ? await parquetColumns(duck, file) : await csvColumns(file);
    const key = JSON.stringify([file.form, columns]);
    const alike = shapes.get(key);
    shapes.set(key, shapeOf([...(alike?.files ?? []), file], columns));
  }
  const found = [...shapes.values()];
  const formats = new Map(found.map((shape) => [shape.format.name, shape.files[0]?.name]));
  if (formats.size > 1)
    throw new EvenkeelError(
      "USAGE",
      "the bill's files are of several formats, which would count the same costs twice",
      {
        hint: `read one format at a time: ${[...formats].map(([format, name]) => `${name} is ${format}`).join(", ")}`,
      },
    );
  return found;
}

function shapeOf(files: readonly BillFile[], found: readonly Column[]): Shape {
  const [first] = files as readonly [BillFile, ...BillFile[]];
  const headings = found.map(({ heading }) => heading);
  const format = formatOf(headings);
  if (!format) {
    const some = headings.slice(0, 5).join(", ");
    throw unusable(
      first.name,
      `is no bill: its ${headings.length} columns are ${some}${headings.length > 5 ? ", …" : ""}`,
    );
  }
  const paths = files.map(({ path }) => path);
  if (first.form === "parquet") return { format, files, columns: found, scan: `read_parquet(${list(paths)})` };
  const columns = typed(format, found);
  return { format, files, columns, scan: csvScan(paths, columns, first.form === "csv.gz") };
}

/** Dates and amounts are read as such, so that DuckDB knows the lines in which they are none. */
function typed(format: Format, columns: readonly Column[]): Column[] {
  const amounts = Object.values(format.amounts).flatMap((each) => [
    ...each.columns,
    ...(each.charges ?? []).flatMap(({ plus, minus = [] }) => [...plus, ...minus]),
  ]);
  const dates = [...(format.members.started ?? []), ...(format.members.ended ?? [])];
  const typeOf = (key: string) => (amounts.includes(key) ? WIDE : dates.includes(key) ? "TIMESTAMPTZ" : "VARCHAR");
  return columns.map((column) => ({ ...column, type: typeOf(format.key(column.heading)) }));
}

function csvScan(paths: readonly string[], columns: readonly Column[], gzipped: boolean): string {
  const types = columns.map(({ sql, type }) => `${literal(sql)}: ${literal(type)}`).join(", ");
  // Nothing is guessed, and nothing is forgiven: what RFC 4180 does not have is a malformed line.
  return `read_csv(${list(paths)}, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"',
    compression = '${gzipped ? "gzip" : "none"}', columns = {${types}}, nullstr = ['', 'NULL'], store_rejects = true)`;
}

async function parquetColumns(duck: Duck, { name, path }: BillFile): Promise<Column[]> {
  try {
    const rows = await duck.rows(`DESCRIBE FROM read_parquet(${literal(path)})`);
    return rows.map(([heading, type]) => ({
      heading: String(heading),
      sql: quoted(String(heading)),
      type: String(type),
    }));
  } catch (error) {
    throw new EvenkeelError("USAGE", `${name} can't be read as parquet: ${(error as Error).message.split("\n", 1)}`, {
      hint: "download it again: it may have been cut off",
      cause: error,
    });
  }
}

/** Columns are named by their place: headings may differ in case only. */
async function csvColumns(file: BillFile): Promise<Column[]> {
  const headings = await csvHeadings(file);
  return headings.map((heading, index) => ({ heading, sql: `c${index}`, type: "VARCHAR" }));
}
