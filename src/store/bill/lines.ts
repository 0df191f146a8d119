import type { CostMetric } from "../../model/cost.ts";
import { amountSql, columnOf, type Lane, missing } from "./amounts.ts";
import type { Duck } from "./duck.ts";
import { MEMBERS, type Member } from "./formats.ts";
import type { Ranges } from "./ranges.ts";
import type { Column, Shape } from "./shapes.ts";
import { filled } from "./sql.ts";
import { tagSql } from "./tags.ts";

/** What was found when a bill was opened. */
export interface OpenBill {
  readonly duck: Duck;
  readonly shapes: readonly Shape[];
  /** When the first and the last thing that is charged began; milliseconds since the epoch. */
  readonly first: number;
  readonly last: number;
  /** Lines that tell no date, and so are of no period. */
  readonly undated: number;
  readonly ranges: Ranges;
}

/** What is read of each line. */
export interface Wanted {
  readonly amount?: { readonly metric: CostMetric; readonly lane: Lane };
  readonly members: readonly Member[];
  /** Tags by the names under which they are told. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly ranges?: Ranges;
}

/** @throws EvenkeelError USAGE that names a column that is missing, and what the export must include */
export function checkColumns(shapes: readonly Shape[]): void {
  for (const shape of shapes)
    for (const member of MEMBERS) {
      const include = shape.format.needed[member];
      const [column = member] = shape.format.members[member] ?? [];
      if (include !== undefined && memberSql(shape, member) === undefined)
        throw missing(shape, column, `the export must include ${include}`);
    }
}

/** Whether any of the files has it. */
export function isTold(shapes: readonly Shape[], member: Member): boolean {
  return shapes.some((shape) => memberSql(shape, member) !== undefined);
}

/** SQL of all lines. Texts are as the files have them: `filled` is for later, when there are fewer. */
export function linesSql(shapes: readonly Shape[], { amount, members, tags = {}, ranges = new Map() }: Wanted): string {
  const selects = shapes.map((shape) => {
    const columns = [
      ...(amount ? [[amountSql(shape, amount.metric, amount.lane), "amount"]] : []),
      ...members.map((member) => [memberSql(shape, member) ?? `CAST(NULL AS ${typeOf(member)})`, member]),
      ...Object.entries(tags).map(([name, key]) => [tagSql(shape, key, ranges) ?? "CAST(NULL AS VARCHAR)", name]),
    ];
    return `SELECT ${columns.map(([sql, name]) => `${sql} AS ${name}`).join(", ")} FROM ${shape.scan}`;
  });
  return selects.join(" UNION ALL ");
}

export function memberSql(shape: Shape, member: Member): string | undefined {
  const columns = (shape.format.members[member] ?? []).flatMap((key) => columnOf(shape, key) ?? []);
  const [first, ...others] = columns;
  if (!first) return undefined;
  if (typeOf(member) === "TIMESTAMP") return instantSql(first);
  const texts = columns.map(({ sql, type }) => (type === "VARCHAR" ? sql : `CAST(${sql} AS VARCHAR)`));
  return others.length === 0 ? texts[0] : `coalesce(${texts.map(filled).join(", ")})`;
}

function typeOf(member: Member): "TIMESTAMP" | "VARCHAR" {
  return member === "started" || member === "ended" ? "TIMESTAMP" : "VARCHAR";
}

/** In UTC. */
function instantSql({ sql, type }: Column): string {
  if (type === "TIMESTAMP") return sql;
  if (type === "VARCHAR") return `CAST(TRY_CAST(${filled(sql)} AS TIMESTAMPTZ) AS TIMESTAMP)`;
  return `CAST(${sql} AS TIMESTAMP)`;
}

/** Whose lines there are; none where the files do not tell. */
export async function accountsOf({ duck, shapes }: OpenBill): Promise<string[]> {
  if (!isTold(shapes, "account")) return [];
  const lines = linesSql(shapes, { members: ["account"] });
  const rows = await duck.rows(`SELECT DISTINCT account FROM (${lines}) WHERE account <> '' ORDER BY 1`);
  return rows.map(([account]) => String(account));
}
