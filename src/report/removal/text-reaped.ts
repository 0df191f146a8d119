import type { Target } from "../../model/plan.ts";
import { visible } from "../delta/value.ts";
import { shortType } from "../delta/wording.ts";
import type { RenderOptions } from "../format.ts";
import { moneyColumn } from "../plan-money.ts";
import { type Group, groupedTable } from "./listing.ts";
import type { RemovalItem, RemovalReport } from "./model.ts";
import { instanceText, ownReason, type ReapedGroup, reapedGroups } from "./reaped.ts";
import { nameOf } from "./wording.ts";

/** An item, or what goes along with it. */
type Row = Partial<Pick<RemovalItem, "money" | "how">> & { readonly target: Target };

/** Instances by why they go, each above what goes with it; never shortened: nobody confirms what does not stand there. */
export function reapedTable(report: RemovalReport, options: RenderOptions): string {
  const groups = reapedGroups(report);
  if (groups.length === 0) return "";
  const columns = [
    { title: "TYPE", value: ({ target }: Row) => shortType(target.type) },
    { title: "RESOURCE", value: ({ target }: Row) => nameOf(target), style: () => "accent" as const, min: 20 },
    { title: "REGION", value: ({ target }: Row) => target.region },
    { title: "WHAT", value: ({ how }: Row) => visible(how ?? (report.done ? "went along" : "goes along")) },
    ...moneyColumn<Row>(report.money, "SAVES/H", "net").map((column) => ({
      ...column,
      value: (row: Row) => (row.how === undefined ? "" : column.value(row)),
    })),
  ];
  return groupedTable(
    columns,
    groups.map((group) => groupOf(group, report.done !== undefined)),
    options,
  );
}

function groupOf({ reaped, own, others }: ReapedGroup, isDone: boolean): Group<Row> {
  const rowsOf = (item: RemovalItem, told: readonly (string | undefined)[]) => [
    { row: item, details: [...told, ...more(item, isDone)].flatMap((text) => (text ? [visible(text)] : [])) },
    ...item.takes.map((target) => ({ row: { target }, details: [] })),
  ];
  return {
    title: [visible(reaped.reason)],
    rows: [
      ...rowsOf(own, [instanceText(reaped), reaped.link]),
      ...others.flatMap((item) => rowsOf(item, [ownReason(item, reaped)])),
    ],
  };
}

/** What a row has no room for. */
function more({ first, loses, target, holdsData }: RemovalItem, isDone: boolean): string[] {
  const isInstance = target.type === "AWS::EC2::Instance";
  return [
    ...(first.length > 0 ? [`first ${first.join(", then ")}`] : []),
    ...(holdsData && !isInstance && !isDone ? ["holds data"] : []),
    ...(isDone ? [] : loses.map((each) => `loses ${each}`)),
  ];
}
