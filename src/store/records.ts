import type { AccountId } from "../model/brand.ts";
import { EvenkeelError } from "../model/errors.ts";
import { type PauseRecord, parseRecord, recordText, type Salvage } from "./record-text.ts";
import { readAll, type Store } from "./store.ts";

export type { PauseRecord } from "./record-text.ts";

/** A record as it is listed. */
export type ListedRecord =
  | { readonly kind: "readable"; readonly record: PauseRecord; readonly armed: boolean }
  | {
      readonly kind: "damaged";
      readonly id: string;
      readonly armed: boolean;
      readonly problem: string;
      /** What of it is as it was written. */
      readonly salvage: Salvage;
    };

const folderOf = (account: string) => `accounts/${account}/records/`;
const pathOf = (account: string, id: string) => `${folderOf(account)}${id}.json`;
const closedPath = (account: string, id: string) => `${folderOf(account)}${id}.closed`;

/** @throws EvenkeelError STORE_FAILED; REFUSED when a record of this id exists */
export async function writeRecord(store: Store, record: PauseRecord): Promise<void> {
  const path = pathOf(record.plan.account, record.id);
  if (await store.write(path, Buffer.from(recordText(record)), { exclusive: true })) return;
  throw new EvenkeelError("REFUSED", `a pause record ${record.id} exists already in ${store.url}`, {
    state: "nothing was changed",
  });
}

/** Marks a record as done: everything in it is back, or was told to be gone. */
export async function closeRecord(store: Store, account: AccountId, id: string): Promise<void> {
  await store.write(closedPath(account, id), Buffer.from("\n"));
}

/** Ids of the records that were closed, also of those whose file is gone. */
export async function closedRecords(store: Store, account: AccountId): Promise<ReadonlySet<string>> {
  return (await namesIn(store, account)).closed;
}

/** An account's records, oldest first. */
export async function listRecords(store: Store, account: AccountId): Promise<ListedRecord[]> {
  const { ids, closed } = await namesIn(store, account);
  const listed = await Promise.all(ids.map((id) => readRecord(store, account, id, !closed.has(id))));
  return listed.sort((a, b) => (createdAt(a) < createdAt(b) ? -1 : 1));
}

async function namesIn(store: Store, account: AccountId) {
  const names = (await store.list(folderOf(account))).map(({ path }) => path.slice(folderOf(account).length));
  const ending = (end: string) => names.filter((name) => name.endsWith(end)).map((name) => name.slice(0, -end.length));
  return { ids: ending(".json"), closed: new Set(ending(".closed")) };
}

function createdAt(listed: ListedRecord): string {
  return (listed.kind === "readable" ? listed.record.createdAt : listed.salvage.head?.createdAt) ?? "";
}

async function readRecord(store: Store, account: AccountId, id: string, armed: boolean): Promise<ListedRecord> {
  const text = (await readAll(store, pathOf(account, id)))?.toString("utf8") ?? "";
  const read = parseRecord(text, account, id);
  if (read.kind === "whole") return { kind: "readable", record: read.record, armed };
  return { kind: "damaged", id, armed, problem: read.problem, salvage: read.salvage };
}
