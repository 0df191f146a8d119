import type { CostMetric, Malformed } from "../../model/cost.ts";
import { amountSql, type Lane } from "./amounts.ts";
import type { OpenBill } from "./lines.ts";
import { memberSql } from "./lines.ts";
import { linesOf } from "./plain.ts";
import type { Shape } from "./shapes.ts";
import { literal } from "./sql.ts";
import { type Question, readableSql } from "./sums.ts";

/** As many are shown. */
const SAMPLES = 5;

type Sample = Malformed["samples"][number];

/* DuckDB's types of errors, in words. */
const PROBLEMS: Readonly<Record<string, string>> = {
  "MISSING COLUMNS": "too few fields",
  "TOO MANY COLUMNS": "too many fields",
  "UNQUOTED VALUE": "a quote that is not closed, or that stands inside of a field",
  "LINE SIZE OVER MAXIMUM": "longer than a line may be",
  "INVALID ENCODING": "not UTF-8",
};

/* Those of the problems that have no end before the next quote. */
const SWALLOWS = ["UNQUOTED VALUE", "LINE SIZE OVER MAXIMUM"];

/** Where DuckDB notes the lines of csv that it could not read. */
const NOTED = "reject_errors JOIN reject_scans USING (scan_id, file_id)";

/** Forgets what earlier scans have noted: each scan notes all of its lines again. */
export const FORGET = "DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans";

/** What the last scan since `FORGET` has noted. */
export async function rejected(question: Question): Promise<Malformed> {
  const { duck, shapes } = question.open;
  const [tables] = await duck.rows("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'reject_errors'");
  if (Number(tables?.[0]) === 0) return { lines: 0, samples: [] };
  // An error may have no column; `arg_min` leaves out what has none.
  const lines = `SELECT file_path, line, arg_min(error_type, coalesce(column_idx, 0)) AS problem, arg_min(column_name, coalesce(column_idx, 0)) AS column_name
    FROM ${NOTED} GROUP BY file_path, line`;
  const rows = await duck.rows(
    `SELECT file_path, line, problem, column_name FROM (${lines}) ORDER BY file_path, line LIMIT ${SAMPLES}`,
  );
  const samples = rows.map(([path, line, problem, column]): Sample => {
    const shape = shapes.find(({ files }) => files.some((file) => file.path === path));
    const file = shape?.files.find((each) => each.path === path)?.name ?? String(path);
    const heading = shape?.columns.find(({ sql }) => sql === column)?.heading;
    const said = PROBLEMS[String(problem)] ?? (heading === undefined ? String(problem) : `${heading} can't be read`);
    return { file, line: Number(line), problem: said };
  });
  const files = await duck.rows(
    `SELECT file_path, count(*), bool_or(problem IN (${SWALLOWS.map(literal).join(", ")})) FROM (${lines}) GROUP BY file_path`,
  );
  let all = 0;
  for (const [path, noted, swallows] of files)
    all += swallows === true ? await unread(question, String(path)) : Number(noted);
  return { lines: all, samples };
}

/** An open quote takes along lines that are not noted, megabytes of them: what can be read is counted, and what is there. */
async function unread(question: Question, path: string): Promise<number> {
  const { duck, shapes } = question.open;
  const shape = shapes.find(({ files }) => files.some((file) => file.path === path)) as Shape;
  const [row] = await duck.rows(readableSql(question, shape, path));
  return (await linesOf(path, shape.files[0]?.form === "csv.gz")) - 1 - Number(row?.[0]);
}

/** The first lines that tell no date or no amount. DuckDB knows their numbers only in parquet, where it counts rows. */
export async function untold(
  { duck, shapes }: OpenBill,
  { metric, lane }: { readonly metric: CostMetric; readonly lane: Lane },
): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const shape of shapes) {
    const isParquet = shape.files[0]?.form === "parquet";
    const scan = shape.scan.replace(/\)$/, `, filename = true${isParquet ? ", file_row_number = true" : ""})`);
    const started = memberSql(shape, "started");
    const amount = amountSql(shape, metric, lane);
    const rows =
      await duck.rows(`SELECT filename, ${isParquet ? "file_row_number + 1" : "NULL"}, ${started} IS NULL FROM ${scan}
      WHERE ${started} IS NULL OR (${amount}) IS NULL LIMIT ${SAMPLES}`);
    for (const [path, line, undated] of rows)
      samples.push({
        file: shape.files.find((each) => each.path === path)?.name ?? String(path),
        ...(line === null || line === undefined ? {} : { line: Number(line) }),
        problem: undated === true ? "no date" : "no amount",
      });
  }
  return samples;
}

export function together(one: Malformed, lines: number, samples: readonly Sample[]): Malformed {
  return { lines: one.lines + lines, samples: [...one.samples, ...samples].slice(0, SAMPLES) };
}
