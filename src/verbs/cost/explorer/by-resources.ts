import { periodOf } from "../../../model/calendar.ts";
import type { Charged, CostPart, Day, Verdict } from "../../../model/cost.ts";
import type { CostKey, CostLine, CostQuestion } from "../../../model/cost-question.ts";
import { grouped } from "../../../model/grouped.ts";
import { type Amount, NOTHING, sum } from "../../../model/money.ts";
import type { Asking } from "./asking.ts";
import { type Cell, type Cells, filledUp } from "./cells.ts";
import { kindOf } from "./kinds.ts";
import { type ExplorerQuery, groupOf, questionOf, secondKey } from "./query.ts";
import { productOf } from "./services.ts";

export type Judge = (charged: Charged) => Verdict;

/** A line of a service, as AWS tells it with resources. */
interface Line {
  readonly period: Day;
  readonly second: string;
  readonly charged: Charged;
  readonly amount: Amount;
}

/**
 * Usage service by service and resource by resource, each judged. What a service's resources do not add up to against its cell
 * is a line without a resource.
 * @throws EvenkeelError ACCESS_DENIED when AWS tells no resources, and what the asking throws
 */
export async function byResources(
  query: ExplorerQuery,
  { cells, usageRecords, pages }: Cells,
  asking: Asking,
  judge: Judge,
): Promise<CostPart[]> {
  const isUsage = ({ kind }: Cell) => kind === "usage" || kind === "transfer";
  const usage = cells.filter(isUsage);
  const services = [...grouped(usage, ({ service }) => service)];
  const answers = await asking.answers(
    services.map(([service]) => resourceQuestion(query, service, usageRecords)),
    pages,
  );
  const lines = services.flatMap(([service, ofService], at) => {
    const found = linesOf(query, service, answers[at]?.lines ?? []);
    return wholeLines(query, service, found, ofService).map((line) => ({ ...line, service }));
  });
  const others = cells.filter((cell) => !isUsage(cell)).map((cell) => ({ ...cell, charged: chargedOf(query, cell) }));
  return [...lines, ...others].map(({ period, service, second, charged, amount }): CostPart => {
    const { type, ...verdict } = judge(charged);
    return { period, group: groupOf(query.groupBy, { service, second, type }), ...verdict, amount };
  });
}

/** What a cell is to a judge, who has no resource of it. */
export function chargedOf({ account, groupBy }: ExplorerQuery, { service, kind, second }: Cell): Charged {
  return { product: productOf(service), kind, ...placeOf(secondKey(groupBy), second, account) };
}

/** What the second key tells of a line. @param account the only one whose costs were asked for */
function placeOf(key: CostKey | undefined, value: string, account: string | undefined): Partial<Charged> {
  if (key === "REGION")
    return { ...(account === undefined ? {} : { account }), ...(value === "" ? {} : { region: value }) };
  const owner = key === "LINKED_ACCOUNT" && value !== "" ? value : account;
  return owner === undefined ? {} : { account: owner };
}

/**
 * Without another key by region, which costs no more and tells a judge more.
 * AWS has resources by the day only. Source: API reference, GetCostAndUsageWithResources.
 */
function resourceQuestion(query: ExplorerQuery, service: string, records: readonly string[]): CostQuestion {
  const second = secondKey(query.groupBy) ?? "REGION";
  const only = [
    { key: "SERVICE" as const, values: [service] },
    { key: "RECORD_TYPE" as const, values: records },
  ];
  return { ...questionOf({ ...query, granularity: "daily" }, ["RESOURCE_ID", second], only), withResources: true };
}

function linesOf(query: ExplorerQuery, service: string, lines: readonly CostLine[]): Line[] {
  const { granularity, account, groupBy } = query;
  const second = secondKey(groupBy);
  const alike = grouped(lines, ({ period, keys }) => JSON.stringify([periodOf(period, granularity), keys]));
  return [...alike.values()].map((days): Line => {
    const [{ period, keys }] = days;
    const [resource = "", value = ""] = keys;
    const charged: Charged = {
      product: productOf(service),
      kind: kindOf(service, "usage"),
      ...(resource === "" ? {} : { resource }),
      ...placeOf(second ?? "REGION", value, account),
    };
    const total = sum(days.map((each) => each.amount));
    return { period: periodOf(period, granularity), second: second === undefined ? "" : value, charged, amount: total };
  });
}

/** A service's lines with what they lack against its cells. What AWS tells only with resources is taken off again. */
function wholeLines(query: ExplorerQuery, service: string, lines: readonly Line[], cells: readonly Cell[]): Line[] {
  const keyOf = ({ period, second }: { readonly period: Day; readonly second: string }) => `${period} ${second}`;
  const found = grouped(lines, keyOf);
  const none = lines.map((line): Cell => ({ ...line, service, kind: kindOf(service, "usage"), amount: NOTHING }));
  return [...grouped([...cells, ...none], keyOf)].flatMap(([key, same]) => {
    const [cell] = same;
    const { period, second, kind } = cell;
    const charged = chargedOf(query, { ...cell, kind: kind === "usage" ? "other" : kind });
    const total = sum(same.map(({ amount }) => amount));
    return filledUp(found.get(key) ?? [], total, (amount): Line => ({ period, second, amount, charged }));
  });
}
