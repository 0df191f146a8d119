import { painter, type Style } from "../../io/colour.ts";
import { type Period, rate } from "../../model/money.ts";
import type { StatusResult, StatusRow, StatusState, StatusTotal } from "../../verbs/status/result.ts";
import type { RenderOptions } from "../format.ts";
import { count } from "../humanise.ts";
import { hourlyPrice, price } from "../money.ts";
import { type Column, renderTable } from "../table.ts";

const STYLE: Readonly<Record<StatusState, Style | undefined>> = {
  running: "good",
  paused: "accent",
  moving: "warning",
  kept: undefined,
  unknown: "bad",
};

/** From here on the region has room, if other texts are cut. */
const WIDE = 110;

/** One line a resource: a group is a heading and its resources, all in the same columns. */
export function rowsTable({ groups, prices }: StatusResult, options: RenderOptions): string {
  const paint = painter(options.colour);
  const rows = groups.flatMap((group) => group.rows);
  const [heading = "", ...lines] = renderTable(columnsOf(rows, prices, options), rows, options)
    .trimEnd()
    .split("\n");
  const blocks = groups.map(({ group, rows: { length }, total }) => {
    const sum = prices ? `: ${totalText(total, "hour", prices.currency)} an hour` : "";
    return [paint("bold", `${group} (${count(length)})${sum}`), ...lines.splice(0, length)];
  });
  return `${[heading, ...blocks.flat()].join("\n")}\n`;
}

/** Where the terminal is narrow, what a person can best do without goes first: the day, the month, what remains, the region. */
function columnsOf(
  rows: readonly StatusRow[],
  prices: StatusResult["prices"],
  { width = Number.POSITIVE_INFINITY }: RenderOptions,
): Column<StatusRow>[] {
  return [
    { title: "STATE", value: ({ state }) => state, style: ({ state }) => STYLE[state], whole: true },
    { title: "TYPE", value: ({ facts }) => facts.short, min: 12 },
    { title: "NAME", value: ({ target }) => target.name ?? lastPart(target.id), min: 12 },
    { title: "REGION", value: ({ target }) => target.region, ...(width < WIDE ? { spare: 4 } : {}) },
    ...(prices ? moneyColumns(prices.currency) : []),
    ...(rows.some(({ idle }) => idle) ? [USED] : []),
    { title: "IS", value: wordsText, min: 12 },
  ];
}

/** An ARN's or a path's end is what tells it from its neighbours. */
function lastPart(id: string): string {
  return id.startsWith("arn:") ? (id.split(/[:/]/).at(-1) ?? id) : id;
}

const USED: Column<StatusRow> = {
  title: "USED",
  value: ({ idle }) => idle?.kind ?? "",
  style: ({ idle }) => (idle?.kind === "idle" ? "warning" : undefined),
  whole: true,
};

/** A sum; one that lacks parts without a price has a mark, so that it is not taken for all. */
export function totalText({ cost, unpriced }: StatusTotal, period: Period, currency: Currency): string {
  if (!cost) return "?";
  const shown = period === "hour" ? hourlyPrice(cost.hour, currency) : price(cost[period], currency);
  return `${shown}${unpriced > 0 ? " + ?" : ""}`;
}

type Currency = NonNullable<StatusResult["prices"]>["currency"];

function moneyColumns(currency: Currency): Column<StatusRow>[] {
  const cell = (shown: (row: StatusRow) => string) => (row: StatusRow) => {
    const { money } = row;
    if (!money || money.countedWith !== undefined) return "";
    if (money.parts.length === 0 && money.unpriced.length > 0) return "?";
    return `${shown(row)}${money.unpriced.length > 0 ? " + ?" : ""}`;
  };
  const of = (period: "day" | "month") =>
    cell(({ money }) => (money ? price(rate(money.gross)[period], currency) : ""));
  return [
    {
      title: "AN HOUR",
      align: "right",
      value: cell(({ money }) => (money ? hourlyPrice(money.gross, currency) : "")),
      whole: true,
    },
    { title: "A DAY", align: "right", value: of("day"), spare: 1 },
    { title: "A MONTH", align: "right", value: of("month"), spare: 2 },
    {
      title: "PAUSED",
      align: "right",
      value: ({ state, money }) =>
        state === "running" && money && money.countedWith === undefined && money.parts.length > 0
          ? hourlyPrice(money.remains, currency)
          : "",
      spare: 3,
    },
  ];
}

/** Its state in words, what it is counted with, and when AWS starts it. Why a pause keeps it stands below the table. */
function wordsText({ words, money, held }: StatusRow): string {
  return [
    words,
    ...(money?.countedWith === undefined ? [] : [`with ${money.countedWith}`]),
    ...(held ? [`in ${held.record}${held.restartsAt ? `, AWS starts it ${held.restartsAt.slice(0, 10)}` : ""}`] : []),
  ].join("; ");
}
