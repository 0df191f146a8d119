import type { CostMetric, Malformed } from "../../model/cost.ts";
import { amountSql, type Lane } from "./amounts.ts";
import type { OpenBill } from "./lines.ts";
import { memberSql } from "./lines.ts";

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

/** Where DuckDB notes the lines of csv that it could not read. */
const NOTED = "reject_errors JOIN reject_scans USING (scan_id, file_id)";

/** Forgets what earlier scans have noted: each scan notes all of its lines again. */
export const FORGET = "DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans";

/** What the last scan since `FORGET` has noted. */
export async function rejected({ duck, shapes }: OpenBill): Promise<Malformed> {
  const [tables] = await duck.rows("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'reject_errors'");
  if (Number(tables?.[0]) === 0) return { lines: 0, samples: [] };
  // An open quote takes along the lines up to the next one.
  const lines = `SELECT file_path, line, arg_min(error_type, column_idx) AS problem, arg_min(column_name, column_idx) AS column_name,
      max(CASE WHEN error_type = 'UNQUOTED VALUE' THEN length(regexp_replace(rtrim(csv_line, chr(13) || chr(10)), '[^\\n]', '', 'g')) ELSE 0 END) + 1 AS lines
    FROM ${NOTED} GROUP BY file_path, line`;
  const [sum] = await duck.rows(`SELECT coalesce(sum(lines), 0) FROM (${lines})`);
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
  return { lines: Number(sum?.[0]), samples };
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
