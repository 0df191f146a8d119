import { columnOf } from "./amounts.ts";
import type { Duck } from "./duck.ts";
import type { Column, Shape } from "./shapes.ts";
import { list, literal } from "./sql.ts";
import { isMap, tagColumns } from "./tags.ts";

/** The first and the last text of a column; of a map, of its keys. */
export interface Range {
  readonly first: string;
  readonly last: string;
  /** Whether each line has one. */
  readonly filled: boolean;
}

/** By column; absent = the files do not tell. */
export type Ranges = ReadonlyMap<Column, Range>;

/**
 * What the statistics of parquet files tell without a look at their lines. Reading maps takes as long as all the rest, so they are
 * left alone where a key can't be; and a bill mostly is in one currency.
 */
export async function rangesOf(duck: Duck, shapes: readonly Shape[]): Promise<Ranges> {
  const ranges = new Map<Column, Range>();
  for (const shape of shapes.filter(({ files }) => files[0]?.form === "parquet")) {
    const columns = wanted(shape);
    const which = columns.map((column, index) => `WHEN ${placeSql(column)} THEN ${index}`);
    if (which.length === 0) continue;
    const rows = await duck.rows(`
      SELECT CASE ${which.join(" ")} END AS which, min(stats_min_value), max(stats_max_value), bool_and(coalesce(stats_null_count = 0, false))
      FROM parquet_metadata(${list(shape.files.map(({ path }) => path))}) WHERE which IS NOT NULL
      GROUP BY which HAVING bool_and(stats_min_value IS NOT NULL AND stats_max_value IS NOT NULL)`);
    for (const [index, first, last, filled] of rows)
      ranges.set(columns[Number(index)] as Column, {
        first: String(first),
        last: String(last),
        filled: filled === true,
      });
  }
  return ranges;
}

function wanted(shape: Shape): Column[] {
  const currencies = (shape.format.members.currency ?? []).flatMap((key) => columnOf(shape, key) ?? []);
  return [...currencies, ...tagColumns(shape).filter(isMap)];
}

/** SQL over `parquet_metadata`, where what a column holds has a path of its own. */
function placeSql(column: Column): string {
  if (!isMap(column)) return `path_in_schema = ${literal(column.heading)}`;
  return `starts_with(path_in_schema, ${literal(`${column.heading}, `)}) AND ends_with(path_in_schema, ', key')`;
}
