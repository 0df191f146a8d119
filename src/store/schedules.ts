import type { AccountId } from "../model/brand.ts";
import { canonical, sha256 } from "../model/canonical.ts";
import type { Json } from "../model/json.ts";
import type { Store } from "./store.ts";

/* Which pause records a schedule has made, so that its resume puts back those and nobody else's. */

/** The schedules of one selection go together, however its keys are ordered. */
export function scheduleOf(selection: object): string {
  return sha256(canonical(selection as Json)).slice(0, 12);
}

const folderOf = (account: string, schedule: string) => `accounts/${account}/schedules/${schedule}/`;

/** Written before the record itself: a record that nobody finds again would stay paused. */
export async function noteScheduled(store: Store, account: AccountId, schedule: string, record: string): Promise<void> {
  await store.write(`${folderOf(account, schedule)}${record}`, Buffer.from("\n"));
}

/** Ids of the records that a schedule has made, or was about to make. */
export async function scheduledRecords(store: Store, account: AccountId, schedule: string): Promise<string[]> {
  const folder = folderOf(account, schedule);
  return (await store.list(folder)).map(({ path }) => path.slice(folder.length));
}

/** For records that are closed, or that only a person is to put back. */
export async function forgetScheduled(store: Store, account: AccountId, schedule: string, id: string): Promise<void> {
  await store.remove(`${folderOf(account, schedule)}${id}`);
}
