import type { Charged, CostPart, Day, SourceSplit, Verdict } from "../../model/cost.ts";
import { EvenkeelError } from "../../model/errors.ts";
import { type Amount, amount, sum } from "../../model/money.ts";
import { checkCharges, columnOf, laneOf, missing } from "./amounts.ts";
import type { BillQuery } from "./contract.ts";
import type { Duck } from "./duck.ts";
import { isTold, linesSql, type OpenBill } from "./lines.ts";
import { FORGET, rejected, together, untold } from "./malformed.ts";
import { groupColumn, type Question, sumsSql, tidySql, totalSql } from "./sums.ts";

/** What is told of a resource to who judges. */
const CHARGED = ["product", "resource", "account", "region", "kind", "scaling"] as const;

/**
 * DuckDB sums up the lines once, exactly; each distinct `Charged` among the sums is judged, and the sums are summed up by what
 * was said.
 */
export async function split(
  open: OpenBill,
  query: BillQuery,
  judge: (charged: Charged) => Verdict,
): Promise<SourceSplit> {
  const { duck } = open;
  const question = await prepared(open, query);
  await duck.rows(`${FORGET}; CREATE OR REPLACE TEMP TABLE sums AS ${sumsSql(question)}`);
  const noted = await rejected(open);
  await duck.rows(`CREATE OR REPLACE TEMP TABLE tidy AS ${tidySql(question, "sums")}; DROP TABLE sums`);
  const currency = await currencyOf(question);
  const parts = await judged(duck, query, judge);
  const [[total = "0", unpriced] = []] = await duck.rows(totalSql(question));
  const told = amount(String(total));
  const added = sum(parts.map((part) => part.amount));
  if (added !== told) throw new EvenkeelError("BUG", `the parts of the bill add up to ${added}, its lines to ${told}`);
  const lacking = Number(unpriced) + open.undated;
  const samples = lacking > 0 ? await untold(open, { metric: query.metric, lane: question.lane }) : [];
  return { parts, total: told, currency, malformed: together(noted, lacking, samples), notes: await notes(question) };
}

async function prepared(open: OpenBill, query: BillQuery): Promise<Question> {
  const { duck, shapes } = open;
  const asked = [...query.groupBy, ...(query.account === undefined ? [] : (["account"] as const))];
  for (const member of ["account", "region"] as const)
    if (asked.includes(member) && !isTold(shapes, member)) {
      const [shape] = shapes as readonly [OpenBill["shapes"][number]];
      throw missing(shape, shape.format.members[member]?.[0] ?? member, `costs can't be told by ${member} without it`);
    }
  await checkCharges(duck, shapes, query.metric);
  const lane = await laneOf(duck, shapes, query.metric);
  // To a csv it would be one more scan.
  const isParquet = shapes.every(({ files }) => files[0]?.form === "parquet");
  const [only, ...others] = isParquet ? await currencies(open) : [];
  if (only === undefined || others.length > 0) return { open, query, lane };
  if (query.currency !== undefined && query.currency !== only) throw notIn(query.currency, [only]);
  return { open, query, lane, currency: only };
}

async function currencies({ duck, shapes }: OpenBill): Promise<string[]> {
  const rows = await duck.rows(
    `SELECT DISTINCT currency FROM (${linesSql(shapes, { members: ["currency"] })}) ORDER BY 1`,
  );
  return rows.map(([currency]) => (currency === null ? "" : String(currency)));
}

/** @throws EvenkeelError USAGE when the lines are in several, or in none that was asked for */
async function currencyOf({ open, query, currency }: Question): Promise<string> {
  if (currency !== undefined) return currency;
  const rows = await open.duck.rows("SELECT DISTINCT currency FROM tidy ORDER BY 1");
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

async function judged(duck: Duck, query: BillQuery, judge: (charged: Charged) => Verdict): Promise<CostPart[]> {
  const charged = CHARGED.join(", ");
  await duck.rows(`CREATE OR REPLACE TEMP TABLE charged AS SELECT CAST(row_number() OVER () AS INTEGER) AS id, *
      FROM (SELECT DISTINCT ${charged} FROM tidy);
    CREATE OR REPLACE TEMP TABLE verdicts (id INTEGER, verdict INTEGER)`);
  const byType = query.groupBy.includes("type");
  const verdicts = new Map<string, { readonly number: number; readonly verdict: Verdict }>();
  const ids: number[] = [];
  const numbers: number[] = [];
  for await (const [id = [], ...texts] of duck.stream(`SELECT id, ${charged} FROM charged`))
    for (const [row, each] of id.entries()) {
      const verdict = judge(chargedOf(texts.map((column) => column[row] as string)));
      const key = `${verdict.side} ${byType ? verdict.type : ""} ${verdict.reason}`;
      const known = verdicts.get(key) ?? { number: verdicts.size, verdict };
      verdicts.set(key, known);
      ids.push(each as number);
      numbers.push(known.number);
    }
  await duck.append("verdicts", [ids, numbers]);
  const groups = query.groupBy.map(groupColumn);
  const columns = groups.flatMap((column, index) => (column === undefined ? [] : [`${column} AS g${index}`]));
  const rows =
    await duck.rows(`SELECT CAST(period AS VARCHAR), verdict, CAST(sum(amount) AS VARCHAR)${columns.map((each) => `, ${each}`).join("")}
    FROM tidy JOIN charged USING (${charged}) JOIN verdicts USING (id) WHERE amount IS NOT NULL
    GROUP BY ALL ORDER BY ALL`);
  const said = [...verdicts.values()].map(({ verdict }) => verdict);
  return rows.map(([period, number, text, ...told]) => {
    const { side, reason, type } = said[Number(number)] as Verdict;
    const group = groups.map((column) => (column === undefined ? (type ?? "") : String(told.shift())));
    return {
      period: period as Day,
      group,
      side,
      ...(reason === undefined ? {} : { reason }),
      amount: amount(String(text)) satisfies Amount,
    };
  });
}

/** Of texts of which an empty one is what is not told. */
function chargedOf([product = "", resource, account, region, kind, scalingGroup]: readonly string[]): Charged {
  const charged: { -readonly [Each in keyof Charged]: Charged[Each] } = { product, kind: kind as Charged["kind"] };
  if (resource) charged.resource = resource;
  if (account) charged.account = account;
  if (region) charged.region = region;
  if (scalingGroup) charged.scalingGroup = scalingGroup;
  return charged;
}

async function notes({ open, query }: Question): Promise<string[]> {
  const { duck, shapes } = open;
  const said: string[] = [];
  for (const [index, key] of query.groupBy.entries()) {
    if (!key.startsWith("tag:")) continue;
    const [row] = await duck.rows(`SELECT count(*) FROM tidy WHERE tag${index} <> ''`);
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
