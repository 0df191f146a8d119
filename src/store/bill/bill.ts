import { dayOf } from "../../model/calendar.ts";
import { EvenkeelError } from "../../model/errors.ts";
import type { Bill } from "./contract.ts";
import { type Duck, openDuck } from "./duck.ts";
import { billFiles } from "./files.ts";
import { hoursOf } from "./hours.ts";
import { accountsOf, checkColumns, linesSql, type OpenBill } from "./lines.ts";
import { rangesOf } from "./ranges.ts";
import { readable } from "./readable.ts";
import { shapesOf } from "./shapes.ts";
import { split } from "./split.ts";

export type { Bill } from "./contract.ts";

/** As many names are judged at a time: enough to ask seldom, and some megabytes. */
const BLOCK = 65_536;

/**
 * Opens bill files: one or many, patterns too, csv (also gzipped) or parquet, told by what is in them.
 * @param block how many names are judged at a time; for tests
 * @throws EvenkeelError USAGE for what is no bill, can't be read, or without DuckDB
 */
export async function openBills(
  paths: readonly string[],
  { signal, block = BLOCK }: { readonly signal?: AbortSignal; readonly block?: number } = {},
): Promise<Bill> {
  const duck = await openDuck(signal);
  try {
    const open = await readable(() => look(duck, paths));
    return {
      format: open.shapes[0]?.format.name ?? "",
      files: open.shapes.flatMap(({ files }) => files.map(({ name }) => name)),
      span: { start: dayOf(open.first), end: dayOf(open.last) },
      split: (query, judge) => readable(() => split(open, query, judge, block)),
      accounts: () => readable(() => accountsOf(open)),
      hoursOf: (resources, between, metric) => readable(() => hoursOf(open, resources, between, metric)),
      close: duck.close,
    };
  } catch (error) {
    await duck.close();
    throw error;
  }
}

async function look(duck: Duck, paths: readonly string[]): Promise<OpenBill> {
  const files = await billFiles(duck, paths);
  await duck.lock(files.map(({ path }) => path));
  const shapes = await shapesOf(duck, files);
  checkColumns(shapes);
  const [row = []] = await duck.rows(
    `SELECT epoch_ms(min(started)), epoch_ms(max(started)), count(*) - count(started) FROM (${linesSql(shapes, { members: ["started"] })})`,
  );
  const [first, last, undated] = row.map((value) => (value === null ? undefined : Number(value)));
  if (first === undefined || last === undefined)
    throw new EvenkeelError("USAGE", "the bill has no line with a date", {
      hint: `what was read: ${files.map(({ name }) => name).join(", ")}`,
    });
  return { duck, shapes, first, last, undated: undated ?? 0, ranges: await rangesOf(duck, shapes) };
}
