import type { CostMetric } from "../../model/cost.ts";
import { EvenkeelError } from "../../model/errors.ts";
import type { Duck } from "./duck.ts";
import type { ChargeAmount } from "./formats.ts";
import { type Column, type Shape, WIDE } from "./shapes.ts";
import { filled, literal } from "./sql.ts";

/**
 * What a line's amount is counted in. Parquet has AWS's decimals as doubles, which are never added up: each becomes the decimal
 * that it was written as. Below a thousand a double tells twelve digits behind the point (AWS writes ten), and such a number
 * fits into 64 bits; any larger one, and what is no double, needs 128.
 */
const NARROW = "DECIMAL(18, 12)";
const SMALL = 1000;

export type Lane = typeof NARROW | typeof WIDE;

/** The narrow lane is quicker by a fifth; it is taken where every amount of the files fits. */
export async function laneOf(duck: Duck, shapes: readonly Shape[], metric: CostMetric): Promise<Lane> {
  for (const shape of shapes) {
    const columns = amountColumns(shape, metric);
    if (columns.some(({ type }) => type !== "DOUBLE")) return WIDE;
    const ends = columns.flatMap(({ sql }) => [`min(${sql})`, `max(${sql})`]);
    // A file's own statistics answer this.
    const [values = []] = await duck.rows(`SELECT ${ends.join(", ")} FROM ${shape.scan}`);
    if (!values.every((value) => value === null || Math.abs(Number(value)) < SMALL)) return WIDE;
  }
  return NARROW;
}

function amountColumns(shape: Shape, metric: CostMetric): Column[] {
  const { columns, charges = [] } = shape.format.amounts[metric];
  const keys = [...columns, ...charges.flatMap(({ plus, minus = [] }) => [...plus, ...minus])];
  return keys.flatMap((key) => columnOf(shape, key) ?? []);
}

export function columnOf({ format, columns }: Shape, key: string): Column | undefined {
  return columns.find(({ heading }) => format.key(heading) === key);
}

/** SQL: what a line amounts to; null where it does not tell. */
export function amountSql(shape: Shape, metric: CostMetric, lane: Lane): string {
  const { columns, charges = [] } = shape.format.amounts[metric];
  const last = columns.at(-1) ?? "";
  if (!columnOf(shape, last)) throw missing(shape, last, `--metric ${metric} counts it`);
  const told = columns.flatMap((key) => columnOf(shape, key) ?? []).map((column) => decimal(column, lane));
  const common = told.length === 1 ? String(told[0]) : `coalesce(${told.join(", ")})`;
  const known = charges.filter((each) => missingFor(shape, each).length === 0);
  if (known.length === 0) return common;
  const charge = columnOf(shape, shape.format.members.charge?.[0] ?? "")?.sql;
  const cases = known.map((each) => {
    const where =
      each.where === undefined ? "" : ` AND ${filled(columnOf(shape, each.where)?.sql ?? "NULL")} IS NOT NULL`;
    return `WHEN ${charge} = ${literal(each.charge)}${where} THEN ${sumSql(shape, each, lane)}`;
  });
  return `CASE ${cases.join(" ")} ELSE ${common} END`;
}

function sumSql(shape: Shape, { plus, minus = [] }: ChargeAmount, lane: Lane): string {
  const sql = (key: string) => decimal(columnOf(shape, key) as Column, lane);
  const parts = [...plus.map((key) => `+ ${sql(key)}`), ...minus.map((key) => `- ${sql(key)}`)];
  return `CAST(0 ${parts.join(" ")} AS ${lane})`;
}

function missingFor(shape: Shape, { plus, minus = [], where }: ChargeAmount): string[] {
  return [...plus, ...minus, ...(where === undefined ? [] : [where])].filter((key) => !columnOf(shape, key));
}

function decimal({ sql, type }: Column, lane: Lane): string {
  if (type === lane) return sql;
  if (lane === NARROW) return `TRY_CAST(${sql} AS ${NARROW})`;
  if (type === "DOUBLE")
    return `CASE WHEN abs(${sql}) < ${SMALL} THEN CAST(TRY_CAST(${sql} AS ${NARROW}) AS ${WIDE}) ELSE TRY_CAST(CAST(${sql} AS VARCHAR) AS ${WIDE}) END`;
  // The text of a float is the shortest that means it.
  return `TRY_CAST(CAST(${sql} AS VARCHAR) AS ${WIDE})`;
}

/**
 * An account without reservations has no columns for them. Without the columns and with such charges nothing could be said.
 * @throws EvenkeelError USAGE
 */
export async function checkCharges(duck: Duck, shapes: readonly Shape[], metric: CostMetric): Promise<void> {
  for (const shape of shapes) {
    // A fee without the column that names a reservation is one of no reservation.
    const lacking = (shape.format.amounts[metric].charges ?? []).filter(
      (each) => each.where === undefined && missingFor(shape, each).length > 0,
    );
    const charge = columnOf(shape, shape.format.members.charge?.[0] ?? "");
    if (lacking.length === 0 || !charge) continue;
    const rows = await duck.rows(`SELECT DISTINCT ${charge.sql} FROM ${shape.scan}`);
    const found = lacking.find((each) => rows.some(([type]) => type === each.charge));
    if (found) throw missing(shape, String(missingFor(shape, found)[0]), `${found.charge} lines are ${metric} by it`);
  }
}

export function missing(shape: Shape, column: string, why: string): EvenkeelError {
  return new EvenkeelError("USAGE", `${shape.files[0]?.name} has no column ${column}`, {
    hint: `${why}; make an export that includes it`,
  });
}
