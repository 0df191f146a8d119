import type { Charged, SourceSplit, Verdict } from "../../model/cost.ts";
import { EvenkeelError } from "../../model/errors.ts";
import { amount, sum } from "../../model/money.ts";
import { checkCharges, columnOf, laneOf, missing } from "./amounts.ts";
import type { BillQuery } from "./contract.ts";
import { currencyOf, onlyCurrency } from "./currency.ts";
import { judged } from "./judging.ts";
import { isTold, type OpenBill } from "./lines.ts";
import { FORGET, rejected, together, untold } from "./malformed.ts";
import { type Question, sumsSql, totalSql } from "./sums.ts";

/**
 * DuckDB sums up the lines once, exactly; each distinct `Charged` among the sums is judged, and the sums are summed up by what
 * was said.
 * @param block how many are judged at a time
 */
export async function split(
  open: OpenBill,
  query: BillQuery,
  judge: (charged: Charged) => Verdict,
  block: number,
): Promise<SourceSplit> {
  const { duck } = open;
  const question = await prepared(open, query);
  await duck.rows(`${FORGET}; CREATE OR REPLACE TEMP TABLE sums AS ${sumsSql(question)}`);
  const noted = await rejected(question);
  const currency = await currencyOf(question);
  // Judging leaves a core idle.
  const totalled = duck.beside(totalSql(question));
  const judging = judged(duck, query, judge, block);
  // Neither goes on when the other has failed and the bill is closed.
  const done = await Promise.allSettled([judging, totalled]);
  const failed = done.find((each) => each.status === "rejected");
  if (failed) throw failed.reason;
  const [parts, [[total = "0", unpriced] = []]] = [await judging, await totalled];
  const told = amount(String(total));
  const added = sum(parts.map((part) => part.amount));
  if (added !== told) throw new EvenkeelError("BUG", `the parts of the bill add up to ${added}, its lines to ${told}`);
  const lacking = Number(unpriced) + open.undated;
  const samples = lacking > 0 ? await untold(open, { metric: query.metric, lane: question.lane }) : [];
  return { parts, total: told, currency, malformed: together(noted, lacking, samples), notes: await notes(question) };
}

async function prepared(open: OpenBill, query: BillQuery): Promise<Question> {
  const { duck, shapes } = open;
  for (const member of ["account", "region"] as const)
    if (query.groupBy.includes(member) && !isTold(shapes, member)) {
      const [shape] = shapes as readonly [OpenBill["shapes"][number]];
      throw missing(shape, shape.format.members[member]?.[0] ?? member, `costs can't be told by ${member} without it`);
    }
  await checkCharges(duck, shapes, query.metric);
  const lane = await laneOf(duck, shapes, query.metric);
  const currency = await onlyCurrency(open, query);
  return currency === undefined ? { open, query, lane } : { open, query, lane, currency };
}

async function notes({ open, query }: Question): Promise<string[]> {
  const { duck, shapes } = open;
  const said: string[] = [];
  for (const [index, key] of query.groupBy.entries()) {
    if (!key.startsWith("tag:")) continue;
    const [row] = await duck.rows(`SELECT count(*) FROM sums WHERE tag${index} <> ''`);
    if (Number(row?.[0]) === 0)
      said.push(
        `no line of these days has the tag ${key.slice(4)}: it may not be a cost allocation tag (Billing console), or the export leaves tags out`,
      );
  }
  const [first, ...others] = shapes[0]?.format.amounts[query.metric].columns ?? [];
  if (others.length > 0 && shapes.some((shape) => !columnOf(shape, first ?? "")))
    said.push(
      `without the column ${first}, which AWS writes for accounts with discounts only, ${query.metric} is what is charged`,
    );
  if (shapes[0]?.format.name === "FOCUS" && query.metric === "unblended")
    said.push("FOCUS tells billed costs, which are after discounts: unblended is the same as net");
  return said;
}
