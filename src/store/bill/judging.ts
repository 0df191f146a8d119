import type { Charged, CostPart, Day, Verdict } from "../../model/cost.ts";
import { amount } from "../../model/money.ts";
import type { BillQuery } from "./contract.ts";
import type { Duck } from "./duck.ts";
import { groupColumn } from "./sums.ts";

/** What is told besides the resource. There are few of these, so that each has a number, and numbers stand for them. */
const CONTEXT = ["product", "account", "region", "kind", "scaling"] as const;

/** Judges each distinct `Charged` of the table `sums`, and sums up by what was said. @param block how many at a time */
export async function judged(
  duck: Duck,
  query: BillQuery,
  judge: (charged: Charged) => Verdict,
  block: number,
): Promise<CostPart[]> {
  const context = CONTEXT.join(", ");
  const tags = query.groupBy.map(groupColumn).filter((column) => column?.startsWith("tag"));
  await duck.rows(`
    CREATE OR REPLACE TEMP TABLE contexts AS SELECT CAST(row_number() OVER () AS INTEGER) AS context, *
      FROM (SELECT DISTINCT ${context} FROM sums);
    CREATE OR REPLACE TEMP TABLE numbered AS SELECT ${["period", "amount", "context", "resource", ...tags].join(", ")}
      FROM sums JOIN contexts USING (${context});
    CREATE OR REPLACE TEMP TABLE charged AS SELECT CAST(row_number() OVER () AS INTEGER) AS id, *
      FROM (SELECT DISTINCT context, resource FROM numbered);
    CREATE OR REPLACE TEMP TABLE verdicts (id INTEGER, verdict INTEGER)`);
  const said = await verdictsOf(duck, judge, { block, byType: query.groupBy.includes("type") });
  const groups = query.groupBy.map(groupColumn);
  const columns = groups.flatMap((column, index) => (column === undefined ? [] : [`${column} AS g${index}`]));
  const rows = await duck.rows(`
    SELECT CAST(period AS VARCHAR), verdict, CAST(sum(amount) AS VARCHAR)${columns.map((each) => `, ${each}`).join("")}
    FROM numbered JOIN charged USING (context, resource) JOIN verdicts USING (id) JOIN contexts USING (context)
    WHERE amount IS NOT NULL GROUP BY ALL ORDER BY ALL`);
  return rows.map(([period, number, text, ...told]) => {
    const { side, reason, type } = said[Number(number)] as Verdict;
    const group = groups.map((column) => (column === undefined ? (type ?? "") : String(told.shift())));
    return {
      period: period as Day,
      group,
      side,
      ...(reason === undefined ? {} : { reason }),
      amount: amount(String(text)),
    };
  });
}

/** Fills the table `verdicts` with numbers of the verdicts that are returned. */
async function verdictsOf(
  duck: Duck,
  judge: (charged: Charged) => Verdict,
  { block, byType }: { readonly block: number; readonly byType: boolean },
): Promise<Verdict[]> {
  const rows = await duck.rows(`SELECT ${CONTEXT.join(", ")} FROM contexts ORDER BY context`);
  const contexts = rows.map((texts) => contextOf(texts as readonly string[]));
  const numbers = new Map<string, number>();
  const said: Verdict[] = [];
  for (let first = 1; ; first += block) {
    // Many values one by one take long to fetch; as one text they don't.
    const [[resources, of] = []] =
      await duck.rows(`SELECT to_json(list(resource ORDER BY id)), to_json(list(context ORDER BY id))
      FROM charged WHERE id BETWEEN ${first} AND ${first + block - 1}`);
    if (typeof resources !== "string") return said;
    const names = JSON.parse(resources) as string[];
    const within = JSON.parse(String(of)) as number[];
    const verdicts = names.map((resource, index) => {
      const context = contexts[Number(within[index]) - 1] as Charged;
      // A spread would take ten times as long.
      const verdict = judge(resource === "" ? context : Object.assign({ resource }, context));
      const key = `${verdict.side} ${byType ? verdict.type : ""} ${verdict.reason}`;
      const number = numbers.get(key) ?? said.push(verdict) - 1;
      numbers.set(key, number);
      return number;
    });
    await duck.append("verdicts", [names.map((_, index) => first + index), verdicts]);
  }
}

/** Of texts of which an empty one is what is not told. */
function contextOf([product = "", account, region, kind, scalingGroup]: readonly string[]): Charged {
  return {
    product,
    kind: kind as Charged["kind"],
    ...(account ? { account } : {}),
    ...(region ? { region } : {}),
    ...(scalingGroup ? { scalingGroup } : {}),
  };
}
