import { sum } from "../../model/money.ts";
import type { Reaped } from "../../verbs/reap/reaped.ts";
import { duration } from "../humanise.ts";
import { hourlyPrice } from "../money.ts";
import type { RemovalItem, RemovalReport } from "./model.ts";
import { CONSOLE, type Sheet, sheet } from "./sheet.ts";
import { alongText, doneText, nameOf } from "./wording.ts";

/** An instance that a reap terminates, and what is to be said of it and of everything that goes with it. */
export interface ReapedGroup {
  readonly reaped: Reaped;
  readonly own: RemovalItem;
  readonly others: readonly RemovalItem[];
}

export const REAPED_MEANING = "Each with everything that goes with it.";

/** By instance; nothing for a plan that terminates none. */
export function reapedGroups({ items, reap }: RemovalReport): ReapedGroup[] {
  const byArn = new Map(items.map((item) => [item.target.arn, item]));
  return (reap?.instances ?? []).flatMap((reaped) => {
    const own = byArn.get(reaped.target.arn);
    const removed = new Set(reaped.removed.map(({ arn }) => arn));
    return own ? [{ reaped, own, others: items.filter(({ target }) => removed.has(target.arn)) }] : [];
  });
}

/** What is not told with an instance. */
export function besides(report: RemovalReport): readonly RemovalItem[] {
  const told = new Set(reapedGroups(report).flatMap(({ own, others }) => [own, ...others]));
  return report.items.filter((item) => !told.has(item));
}

/** `c6i.xlarge, was running, 3 h old, key packer_x`, without what its reason says. */
export function instanceText({ instanceType, state, ageMs, key, reason }: Reaped): string {
  const isNamed = key !== undefined && reason.includes(key);
  return [
    instanceType,
    state && `was ${state}`,
    ageMs === undefined || reason.endsWith(" old") ? undefined : `${duration(ageMs)} old`,
    key === undefined || isNamed ? undefined : `key ${key}`,
  ]
    .filter((text) => text !== undefined && text !== "")
    .join(", ");
}

/** Why one goes with an instance, where that does not follow from the instance. */
export function ownReason({ why }: RemovalItem, { target, reason }: Reaped): string | undefined {
  return why === reason || why.includes(target.id) ? undefined : why;
}

/** For pages and comments: an instance a row. */
export function reapedSheet(report: RemovalReport): Sheet {
  const rows = reapedGroups(report).map(({ reaped, own, others }) => {
    const losses = (item: RemovalItem) => (report.done ? [] : item.loses.map((each) => `loses ${each}`));
    const along = ({ takes }: RemovalItem) => (takes.length > 0 ? [alongText(takes)] : []);
    const lines = others.flatMap((item) => [
      `${alongText([item.target])}: ${[doneText(item), ...losses(item)].join(", ")}`,
      ...along(item),
    ]);
    return {
      resource: nameOf(reaped.target),
      region: reaped.target.region,
      instance: instanceText(reaped),
      because: reaped.reason,
      what: [doneText(own), ...losses(own)].join("\n"),
      "goes with it": [...along(own), ...lines].join("\n"),
      "saves an hour": savedText([own, ...others]),
      [CONSOLE]: reaped.link ?? "",
    };
  });
  return sheet("instances", "Instances", REAPED_MEANING, rows);
}

/** What an instance and all that goes with it save; a part without a price leaves a mark. */
function savedText(items: readonly RemovalItem[]): string {
  const moneys = items.flatMap(({ money }) => money ?? []);
  const [first] = moneys;
  if (!first) return "";
  const isOpen = moneys.some(({ unpriced }) => unpriced.some(({ stops }) => stops));
  const total = sum(moneys.map(({ net }) => net));
  return `${hourlyPrice(total, first.currency)}${isOpen ? " + ?" : ""}`;
}
