import { painter } from "../../io/colour.ts";
import type { StatusResult, StatusRow } from "../../verbs/status/result.ts";
import type { RenderOptions } from "../format.ts";
import { count, countOf, minute, sentenceList } from "../humanise.ts";
import { hourlyPrice, rateText } from "../money.ts";
import { type Column, renderTable } from "../table.ts";
import { renderUnseen } from "../unseen.ts";
import { wrapLines } from "../wrap.ts";
import { adviceBlock } from "./advice.ts";
import { recordsBlock } from "./records.ts";
import { rowsTable, totalText } from "./rows.ts";

interface Line {
  readonly title: string;
  readonly total: StatusResult["total"];
}

/** A status for people: group by group, then the sums, what could be done, what is paused, and what was not seen. */
export function statusText(result: StatusResult, options: RenderOptions): string {
  const { bold } = styles(options);
  const head = `${bold(`Account ${result.account}`)}, ${minute(result.at)}: ${countsText(result.total)}\n`;
  if (result.total.resources === 0 && result.records.length === 0 && result.unseen.length === 0)
    return `${head}Nothing here can be paused or costs by the hour.\n`;
  return [
    wrapLines(head, options.width),
    result.groups.length > 0 ? rowsTable(result, options) : "",
    keptBlock(result, options),
    sums(result, options),
    unpricedBlock(result, options),
    coveredBlock(result, options),
    adviceBlock(result, options),
    recordsBlock(result, options),
    result.unseen.length > 0
      ? `${bold("Not completely read")}: what is there is not above and in no sum.\n${renderUnseen(result.unseen, options)}`
      : "",
  ]
    .filter((block) => block !== "")
    .join("\n");
}

function styles({ colour }: RenderOptions) {
  const paint = painter(colour);
  return { bold: (text: string) => paint("bold", text) };
}

/** `24 resources: 14 running, 2 paused, 8 kept; 1 idle`. */
export function countsText({ resources, states, idle }: StatusResult["total"]): string {
  const told = Object.entries(states)
    .filter(([, number]) => number > 0)
    .map(([state, number]) => `${count(number)} ${state}`);
  const parts = told.length > 0 ? `: ${sentenceList(told)}` : "";
  return `${countOf(resources, "resource")}${parts}${idle > 0 ? `; ${count(idle)} idle` : ""}`;
}

function sums({ groups, total, prices }: StatusResult, options: RenderOptions): string {
  if (!prices) return "";
  const { currency, pricesOf } = prices;
  const lines: Line[] = [
    ...groups.map(({ group, total: ofGroup }) => ({ title: group, total: ofGroup })),
    { title: "all", total },
  ];
  const columns: Column<Line>[] = [
    { title: "COSTS", value: ({ title }) => title },
    { title: "AN HOUR", align: "right", value: (line) => totalText(line.total, "hour", currency) },
    { title: "A DAY", align: "right", value: (line) => totalText(line.total, "day", currency) },
    { title: "A MONTH", align: "right", value: (line) => totalText(line.total, "month", currency) },
    {
      title: "PAUSED, AN HOUR",
      align: "right",
      value: (line) => line.total.remains && hourlyPrice(line.total.remains.hour, currency),
    },
    {
      title: "NO PRICE",
      align: "right",
      value: (line) => (line.total.unpriced > 0 ? countOf(line.total.unpriced, "part") : ""),
    },
  ];
  const dates = [...new Set([pricesOf?.oldest, pricesOf?.newest].map((each) => minute(each ?? "")))];
  const dated = [
    total.cost ? `Now ${rateText(total.cost, currency)}; a day has 24 hours and a month 730.\n` : "",
    pricesOf
      ? `Prices: ${prices.source}, read ${dates.join(" to ")}. Discounts and Savings Plans are not looked at.\n`
      : "No price is known.\n",
  ].join("");
  return renderTable(columns, lines, options) + wrapLines(dated, options.width);
}

function keptBlock(result: StatusResult, options: RenderOptions): string {
  const said = rowsIn(result).map(({ facts, reason }) => (reason === undefined ? [] : [`${facts.title}: ${reason}`]));
  return list("A pause leaves", said.flat(), options);
}

function unpricedBlock(result: StatusResult, options: RenderOptions): string {
  const said = rowsIn(result).flatMap(({ facts, money }) =>
    (money?.unpriced ?? []).map(({ part, reason }) => `${facts.title}, ${part}: ${reason}`),
  );
  return list("Without a price, and in no sum", said, options);
}

function coveredBlock(result: StatusResult, options: RenderOptions): string {
  const said = rowsIn(result).flatMap(({ money }) => money?.coveredBy ?? []);
  return list("Paid for by reservations, it may be", said, options);
}

function rowsIn({ groups }: StatusResult): readonly StatusRow[] {
  return groups.flatMap(({ rows }) => rows);
}

/** Each text once, with how many times it is said. */
function list(title: string, texts: readonly string[], options: RenderOptions): string {
  if (texts.length === 0) return "";
  const times = new Map<string, number>();
  for (const text of texts) times.set(text, (times.get(text) ?? 0) + 1);
  const lines = [...times].map(([text, number]) => `  ${text}${number > 1 ? ` (${count(number)} times)` : ""}\n`);
  return `${styles(options).bold(title)}\n${wrapLines(lines.join(""), options.width)}`;
}
