import { visible } from "../delta/value.ts";
import { shortType } from "../delta/wording.ts";
import type { RenderOptions } from "../format.ts";
import { groupBy } from "../group-by.ts";
import { count } from "../humanise.ts";
import { moneyColumn } from "../plan-money.ts";
import { type Group, groupedTable, shortened } from "./listing.ts";
import type { RemovalItem, RemovalReport } from "./model.ts";
import { alongText, commonReason, doneText, nameOf, namesOf } from "./wording.ts";

/** Names in a cell, and resources that go along, before they are only counted. */
const NAMES = 2;
const ALONG = 8;

/**
 * What goes, by order and type; what is true of all of a group is said once above it.
 * @param whole every row is shown: nobody confirms what does not stand there
 * @param all also every name within a row
 */
export function itemsTable(
  items: readonly RemovalItem[],
  report: RemovalReport,
  options: RenderOptions,
  whole: boolean,
  all = whole,
): string {
  if (items.length === 0) return "";
  const byReason = commonReason(report) === undefined;
  const keyOf = (item: RemovalItem) => JSON.stringify([item.order, item.target.type, doneText(item), item.fate]);
  const groups = [...groupBy(items, keyOf).values()].map((own) =>
    groupOf(own, { losses: !report.done, reasons: byReason }, all),
  );
  const columns = [
    { title: "RESOURCE", value: ({ target }: RemovalItem) => nameOf(target), style: () => "accent" as const, min: 20 },
    { title: "REGION", value: ({ target }: RemovalItem) => target.region },
    {
      title: "WAITS FOR",
      value: (item: RemovalItem) => (report.done ? "" : namesOf(item.waitsFor, all ? undefined : NAMES)),
    },
    ...moneyColumn<RemovalItem>(report.money, "SAVES/H", "net"),
  ];
  return groupedTable(columns, shortened(groups, whole), options);
}

function groupOf(
  own: readonly RemovalItem[],
  tells: { readonly losses: boolean; readonly reasons: boolean },
  all: boolean,
): Group<RemovalItem> {
  const [first] = own as readonly [RemovalItem, ...RemovalItem[]];
  const told = (item: RemovalItem) => [
    ...(tells.losses ? item.loses.map((each) => `loses ${each}`) : []),
    ...(tells.reasons ? [`why: ${item.why}`] : []),
  ];
  const common = told(first).filter((text) => own.every((item) => told(item).includes(text)));
  const holds = own.some(({ holdsData, does }) => holdsData && does === "remove") ? ", holds data" : "";
  const was = first.fate === "gone" ? "was done already" : doneText(first);
  return {
    title: [
      `${first.order}. ${shortType(first.target.type)} (${count(own.length)})${holds}: ${was}`,
      ...common.map((text) => visible(text)),
    ],
    rows: own.map((row) => ({
      row,
      details: [...told(row).filter((text) => !common.includes(text)), ...alongLine(row, all)].map((text) =>
        visible(text),
      ),
    })),
  };
}

function alongLine({ takes, does }: RemovalItem, all: boolean): string[] {
  if (takes.length === 0 || does === "unmark") return [];
  return [`${does === "remove" ? "takes" : "later takes"} along ${alongText(takes, all ? undefined : ALONG)}`];
}
