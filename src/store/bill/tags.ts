import { snake } from "./cur.ts";
import type { Ranges } from "./ranges.ts";
import type { Column, Shape } from "./shapes.ts";
import { literal } from "./sql.ts";

/** The tag by which an instance names its group. */
export const SCALING_GROUP = "aws:autoscaling:groupName";

/** SQL: the value of a tag in a line; undefined = no line of the files has it. */
export function tagSql(shape: Shape, key: string, ranges: Ranges): string | undefined {
  // AWS puts `user:` before the keys of people, and `aws:` is its own.
  const full = key.startsWith("aws:") ? key : `user:${key}`;
  const flat = shape.columns.filter(({ heading }) =>
    // Legacy csv has the key as it is, in which case counts; parquet and CUR 2.0 have it rewritten.
    [`resourceTags/${full}`, `resource_tags_${snake(full)}`].includes(heading),
  );
  const spelled = [full, snake(full), full.replace(":", "_"), key];
  const nested = tagColumns(shape).flatMap((column) => {
    const prefix = shape.format.tags[shape.format.key(column.heading)] ?? "";
    const keys = [...new Set(spelled.map((each) => prefix + each))];
    const { first = "", last = "\u{10ffff}" } = ranges.get(column) ?? {};
    if (!isMap(column)) return keys.map((each) => inJson(column.sql, each));
    return keys.filter((each) => first <= each && each <= last).map((each) => `${column.sql}[${literal(each)}]`);
  });
  const places = [...flat.map(({ sql }) => sql), ...nested];
  return places.length > 1 ? `coalesce(${places.join(", ")})` : places[0];
}

export function tagColumns({ format, columns }: Shape): Column[] {
  return columns.filter(({ heading }) => format.key(heading) in format.tags);
}

export function isMap({ type }: Column): boolean {
  return type.startsWith("MAP(");
}

/** What is no JSON has no tags. */
function inJson(json: string, key: string): string {
  const text = `CAST(${json} AS VARCHAR)`;
  const pointer = `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
  return `CASE WHEN json_valid(${text}) THEN json_extract_string(${text}, ${literal(pointer)}) END`;
}
