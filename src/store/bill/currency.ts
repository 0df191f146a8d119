import { EvenkeelError } from "../../model/errors.ts";
import { columnOf } from "./amounts.ts";
import type { BillQuery } from "./contract.ts";
import { linesSql, type OpenBill } from "./lines.ts";
import type { Column } from "./shapes.ts";
import type { Question } from "./sums.ts";

/**
 * The one currency of all lines; undefined = there are several, or it takes a scan of csv to know.
 * @throws EvenkeelError USAGE when it is not the one that was asked for
 */
export async function onlyCurrency(open: OpenBill, { currency }: BillQuery): Promise<string | undefined> {
  const isParquet = open.shapes.every(({ files }) => files[0]?.form === "parquet");
  const [only, ...others] = isParquet ? await currencies(open) : [];
  if (only === undefined || others.length > 0) return undefined;
  if (currency !== undefined && currency !== only) throw notIn(currency, [only]);
  return only;
}

async function currencies({ duck, shapes, ranges }: OpenBill): Promise<string[]> {
  const told = shapes.map((shape) => {
    const range = (shape.format.members.currency ?? []).map((key) => ranges.get(columnOf(shape, key) as Column))[0];
    return range?.filled && range.first === range.last ? range.first : undefined;
  });
  if (told.every((each) => each !== undefined)) return [...new Set(told)].sort();
  const rows = await duck.rows(
    `SELECT DISTINCT currency FROM (${linesSql(shapes, { members: ["currency"] })}) ORDER BY 1`,
  );
  return rows.map(([currency]) => (currency === null ? "" : String(currency)));
}

/** @throws EvenkeelError USAGE when the lines are in several, or in none that was asked for */
export async function currencyOf({ open, query, currency }: Question): Promise<string> {
  if (currency !== undefined) return currency;
  const rows = await open.duck.rows("SELECT DISTINCT currency FROM sums ORDER BY 1");
  const [found, ...others] = rows.map(([each]) => String(each));
  if (others.length > 0)
    throw new EvenkeelError("USAGE", `the bill has several currencies: ${[found, ...others].join(", ")}`, {
      hint: `choose one: --currency ${found}`,
    });
  if (found !== undefined) return found;
  const all = await currencies(open);
  if (query.currency !== undefined && !all.includes(query.currency)) throw notIn(query.currency, all);
  return query.currency ?? all[0] ?? "USD";
}

function notIn(asked: string, found: readonly string[]): EvenkeelError {
  return new EvenkeelError("USAGE", `no line of the bill is in ${asked}`, { hint: `it has ${found.join(", ")}` });
}
