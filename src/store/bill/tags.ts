import type { Duck } from "./duck.ts";
import { snake } from "./formats.ts";
import type { Column, Shape } from "./shapes.ts";
import { list, literal } from "./sql.ts";

/** The tag by which an instance names its group. */
export const SCALING_GROUP = "aws:autoscaling:groupName";

/** The first and last key of a map of tags in files, by the map's column; absent = the files do not tell. */
export type KeyRanges = ReadonlyMap<Column, readonly [first: string, last: string]>;

/** As the statistics of parquet files tell. Reading maps takes as long as all the rest, so they are left alone where a key can't be. */
export async function keyRanges(duck: Duck, shapes: readonly Shape[]): Promise<KeyRanges> {
  const ranges = new Map<Column, readonly [string, string]>();
  for (const shape of shapes)
    for (const column of tagColumns(shape).filter(isMap)) {
      const [row] =
        await duck.rows(`SELECT min(stats_min_value), max(stats_max_value), bool_and(stats_min_value IS NOT NULL)
        FROM parquet_metadata(${list(shape.files.map(({ path }) => path))})
        WHERE starts_with(path_in_schema, ${literal(`${column.heading}, `)}) AND ends_with(path_in_schema, ', key')`);
      if (row?.[2] === true) ranges.set(column, [String(row[0]), String(row[1])]);
    }
  return ranges;
}

/** SQL: the value of a tag in a line; undefined = no line of the files has it. */
export function tagSql(shape: Shape, key: string, ranges: KeyRanges): string | undefined {
  // AWS puts `user:` before the keys of people, and `aws:` is its own.
  const full = key.startsWith("aws:") ? key : `user:${key}`;
  const flat = shape.columns.filter(({ heading }) =>
    // Legacy csv has the key as it is, in which case counts; parquet and CUR 2.0 have it rewritten.
    [`resourceTags/${full}`, `resource_tags_${snake(full)}`].includes(heading),
  );
  const keys = [...new Set([full, snake(full), full.replace(":", "_"), key])];
  const nested = tagColumns(shape).flatMap((column) => {
    const [first = "", last = "\u{10ffff}"] = ranges.get(column) ?? [];
    if (!isMap(column)) return keys.map((each) => inJson(column.sql, each));
    return keys.filter((each) => first <= each && each <= last).map((each) => `${column.sql}[${literal(each)}]`);
  });
  const places = [...flat.map(({ sql }) => sql), ...nested];
  return places.length > 1 ? `coalesce(${places.join(", ")})` : places[0];
}

function tagColumns({ format, columns }: Shape): Column[] {
  return columns.filter(({ heading }) => format.tags.includes(format.key(heading)));
}

function isMap({ type }: Column): boolean {
  return type.startsWith("MAP(");
}

/** What is no JSON has no tags. */
function inJson(json: string, key: string): string {
  const text = `CAST(${json} AS VARCHAR)`;
  const pointer = `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
  return `CASE WHEN json_valid(${text}) THEN json_extract_string(${text}, ${literal(pointer)}) END`;
}
