import { factsOf } from "../../catalog/registry.ts";
import { CHANGE_KINDS, type ChangeKind, type DeltaCounts } from "../../model/delta.ts";
import type { ChangeCategory } from "../../model/property-rules.ts";
import type { DeltaResult } from "../../verbs/delta/result.ts";
import { age, count, countOf, minute } from "../humanise.ts";
import { CATEGORIES, isGrave } from "./gravity.ts";
import { isControllersOnly, propertiesOf } from "./item.ts";

/** What each kind is called above its list. */
export const KIND_TITLE: Readonly<Record<ChangeKind, string>> = {
  added: "Added",
  deleted: "Deleted",
  modified: "Modified",
  replaced: "Replaced",
  unknown: "Unknown",
};

/** What each kind means, for whoever reads a delta the first time. */
export const KIND_MEANING: Readonly<Record<ChangeKind, string>> = {
  added: "there now and not before",
  deleted: "there before and not now",
  modified: "there on both sides, with other properties",
  replaced: "deleted and made again under the same ARN",
  unknown: "not completely seen on one side, so nothing can be said",
};

/** The name a catalog entry gives a type, `ec2:instance`; made from the type's own name where no entry knows it. */
export function shortType(type: string): string {
  const known = factsOf(type)?.short;
  if (known !== undefined) return known;
  const [, service = "", ...rest] = type.split("::");
  const words = rest.join("-").replace(/([a-z0-9])([A-Z])|([A-Z]+)([A-Z][a-z])/g, "$1$3-$2$4");
  return service === "" ? type : `${service}:${words}`.toLowerCase();
}

/** `3 added, 1 deleted, 4 modified, 0 replaced, 2 unknown; 1,204 unchanged`. */
export function countsText(counts: DeltaCounts, unchanged: number): string {
  return `${CHANGE_KINDS.map((kind) => `${count(counts[kind])} ${kind}`).join(", ")}; ${count(unchanged)} unchanged`;
}

/** Whether the later side is the account as it was just read. */
export function isLive(result: DeltaResult): boolean {
  return result.after.name === "live";
}

/** The later side: whose account, and when it was seen. `account 123456789012, read at 2026-11-20 10:15 UTC`. */
export function laterText(result: DeltaResult): string {
  const { name, startedAt } = result.after;
  return `account ${result.account}, ${isLive(result) ? "read at" : `snapshot ${name} of`} ${minute(startedAt)}`;
}

/** The earlier side and how old it was when the later one was read. `baseline prod of 2026-11-17 09:30 UTC, 3 days before`. */
export function earlierText(result: DeltaResult): string {
  const { name, startedAt } = result.before;
  return `${isLive(result) ? "baseline" : "snapshot"} ${name} of ${minute(startedAt)}, ${distance(startedAt, result.after.startedAt)}`;
}

function distance(earlier: string, later: string): string {
  const text = age(earlier, Date.parse(later));
  if (text === "just now") return "less than a minute before";
  return text.endsWith(" ago") ? text.replace(/ago$/, "before") : `${text.replace(/^in /, "")} later`;
}

/** The sentence of a delta without changes. It never calls an account unchanged that was not completely seen. */
export function nothingText(result: DeltaResult): string {
  const same = `${countOf(result.unchanged, "resource")} ${result.unchanged === 1 ? "is" : "are"} as in ${result.before.name}`;
  return result.unseen.length === 0
    ? `Nothing changed: ${same}.`
    : `Nothing changed in what was seen: ${same}. But not everything was seen.`;
}

/** `security exposure changed in 2 resources, permissions in 1`; empty when in none. Controllers' own moves don't count. */
export function graveText(result: DeltaResult): string {
  const changed = (category: ChangeCategory) =>
    result.changes.filter((change) =>
      propertiesOf(change).some((each) => each.category === category && !each.controlledBy),
    ).length;
  const parts = CATEGORIES.filter((category) => isGrave({ category })).map((category) => ({
    category,
    number: changed(category),
  }));
  return parts
    .filter(({ number }) => number > 0)
    .map(({ category, number }) => `${category} changed in ${countOf(number, "resource")}`)
    .join(", ");
}

/** How many modified resources only a controller moved; empty when there is none. */
export function controllersText(result: DeltaResult): string {
  const moved = result.changes.filter(isControllersOnly).length;
  return moved === 0
    ? ""
    : `${count(moved)} of the modified ${moved === 1 ? "shows" : "show"} only what a controller may move`;
}

/** What stands with every list of controllers' moves. */
export const CONTROLLERS_MEANING =
  "a controller moves this on purpose, where there is one; told apart from what only people change";
/** What stands with every list of cells that were not seen. */
export const UNSEEN_MEANING = "What was added, deleted or changed there can't be told, and is not in the counts.";
