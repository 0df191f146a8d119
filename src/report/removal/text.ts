import { painter } from "../../io/colour.ts";
import type { Kept } from "../../model/plan.ts";
import { visible } from "../delta/value.ts";
import { shortType } from "../delta/wording.ts";
import type { RenderOptions } from "../format.ts";
import { groupBy } from "../group-by.ts";
import { count } from "../humanise.ts";
import { moneyColumn, moneyText } from "../plan-money.ts";
import { renderTable } from "../table.ts";
import { renderUnseen } from "../unseen.ts";
import { wrapLines } from "../wrap.ts";
import { groupedTable, shortened } from "./listing.ts";
import { isDone, type RemovalItem, type RemovalReport } from "./model.ts";
import { besides, REAPED_MEANING } from "./reaped.ts";
import type { Sheet } from "./sheet.ts";
import { backupsSheet, deltaSheet, ORDER_MEANING, sheetsOf } from "./sheets.ts";
import { itemsTable } from "./text-items.ts";
import { reapedTable } from "./text-reaped.ts";
import { aboutText, commonReason, deltaText, headline, nameOf, restTitle } from "./wording.ts";

/** A removal for people at a terminal. @param all also what a long list would only count */
export function removalText(report: RemovalReport, options: RenderOptions, all: boolean): string {
  const { done, items, kept, plan, unseen } = report;
  const bold = (text: string) => painter(options.colour)("bold", text);
  if (sheetsOf(report).length === 0) return wrapLines(`${bold(headline(report))}\n`, options.width);
  const block = (title: string, meaning: string, body: string) =>
    body === "" ? "" : `${wrapLines(`${bold(title)}: ${meaning}`, options.width)}\n${body}`;
  const undone = items.filter((item) => !isDone(item));
  const rest = besides(report);
  const went = rest.filter(isDone);
  const title = restTitle(report, rest.length < items.length);
  const reason = commonReason(report);
  const head = [
    bold(headline(report)),
    ...(reason === undefined ? [] : [`why: ${visible(reason)}`]),
    aboutText(report),
  ];
  return [
    wrapLines(`${head.join("\n")}\n`, options.width),
    block(
      `Instances (${count(report.reap?.instances.length ?? 0)})`,
      lower(REAPED_MEANING),
      reapedTable(report, options),
    ),
    done
      ? block(
          `${title} (${count(went.length)})`,
          "in the order in which it went",
          itemsTable(went, report, options, all),
        )
      : block(`${title} (${count(rest.length)})`, lower(ORDER_MEANING), itemsTable(rest, report, options, true, all)),
    block(`Kept (${count(kept.length)})`, "what was looked at and stays", keptTable(report, options, all)),
    done
      ? block(`Not done (${count(undone.length)})`, "what was to go and is still there", undoneTable(undone, options))
      : "",
    sheetBlock(backupsSheet(report), options, block),
    wrapLines(moneyText(report.money, plan.verb, [...items, ...kept]), options.width),
    wrapLines(deltaText(report) && `${deltaText(report)}\n`, options.width),
    sheetBlock(deltaSheet(report), options, block, all),
    unseen.length > 0
      ? block(`Not completely seen (${count(unseen.length)})`, UNSEEN, renderUnseen(unseen, options))
      : "",
  ]
    .filter((part) => part !== "")
    .join("\n");
}

const UNSEEN = "what is there is not above, and what may depend on it is kept";

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, "");
}

/** By reason, so that a reason is said once. */
function keptTable({ kept, money }: RemovalReport, options: RenderOptions, all: boolean): string {
  if (kept.length === 0) return "";
  const groups = [...groupBy(kept, ({ reason }) => reason)].map(([reason, own]) => ({
    title: [visible(own.length > 1 ? `${reason} (${count(own.length)})` : reason)],
    rows: own.map((row) => ({ row, details: [] })),
  }));
  const columns = [
    { title: "TYPE", value: ({ target }: Kept) => shortType(target.type) },
    { title: "RESOURCE", value: ({ target }: Kept) => nameOf(target) },
    { title: "REGION", value: ({ target }: Kept) => target.region },
    ...moneyColumn<Kept>(money, "COSTS/H", "remains"),
  ];
  return groupedTable(columns, shortened(groups, all), options);
}

/** By what became of it and why; never shortened, as each is somebody's work. */
function undoneTable(items: readonly RemovalItem[], options: RenderOptions): string {
  if (items.length === 0) return "";
  const groups = [...groupBy(items, ({ fate, because = "" }) => `${fate}: ${because}`)].map(([title, own]) => ({
    title: [visible(title)],
    rows: own.map((row) => ({ row, details: [] })),
  }));
  const columns = [
    { title: "TYPE", value: ({ target }: RemovalItem) => shortType(target.type) },
    { title: "RESOURCE", value: ({ target }: RemovalItem) => nameOf(target) },
    { title: "REGION", value: ({ target }: RemovalItem) => target.region },
  ];
  return groupedTable(columns, groups, options);
}

/** Rows of a list that is only to be told of. */
const FEW = 10;

function sheetBlock(
  { title, meaning, titles, rows }: Sheet,
  options: RenderOptions,
  block: (title: string, meaning: string, body: string) => string,
  all = true,
): string {
  if (rows.length === 0) return "";
  const shown = all ? rows : rows.slice(0, FEW);
  const columns = titles.map((each, at) => ({
    title: each.toUpperCase(),
    value: (row: readonly string[]) => visible(row[at] ?? ""),
    ...(each === "name" ? { whole: true } : {}),
  }));
  const left = rows.length - shown.length;
  const more = left > 0 ? `and ${count(left)} more: --verbose shows them\n` : "";
  return block(`${title} (${count(rows.length)})`, lower(meaning), renderTable(columns, shown, options) + more);
}
