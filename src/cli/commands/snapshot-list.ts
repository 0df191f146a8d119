import { EXIT } from "../../model/errors.ts";
import type { Format } from "../../report/format.ts";
import { resourceCount } from "../../report/snapshot-data.ts";
import { renderSnapshotList } from "../../report/snapshot-list.ts";
import { type ListedSnapshot, listSnapshots } from "../../store/snapshot-list.ts";
import { snapshotAccount } from "../account.ts";
import type { Action } from "../command.ts";
import type { SNAPSHOT_LIST, SORTS } from "./snapshot.command.ts";

type Sort = (typeof SORTS)[number];

export const run: Action<typeof SNAPSHOT_LIST> = async (frame, { sort = "created", account: named }) => {
  const account = await snapshotAccount(frame, named);
  const list = (await listSnapshots(await frame.store(), account)).sort(ORDER[sort]);
  const format = frame.settings.output.value as Format;
  await frame.output.write(await renderSnapshotList(list, format, { ...frame.render, now: frame.clock.now() }));
  frame.narrow(list.length, "--sort, or `snapshot delete` what is no longer wanted");
  if (list.length === 0) frame.next("evenkeel snapshot create");
  else frame.next(`evenkeel snapshot show ${list[0]?.name}`, "evenkeel delta");
  return EXIT.done;
};

const created = (each: ListedSnapshot) => (each.kind === "readable" ? each.header.startedAt : "");
const resources = (each: ListedSnapshot) => (each.kind === "readable" ? resourceCount(each.header) : -1);

/** Newest, most, largest first; names from A. */
const ORDER: Readonly<Record<Sort, (a: ListedSnapshot, b: ListedSnapshot) => number>> = {
  name: (a, b) => byName(a, b),
  created: (a, b) => (created(a) === created(b) ? byName(a, b) : created(a) < created(b) ? 1 : -1),
  resources: (a, b) => resources(b) - resources(a) || byName(a, b),
  size: (a, b) => b.bytes - a.bytes || byName(a, b),
};

function byName(a: ListedSnapshot, b: ListedSnapshot): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
