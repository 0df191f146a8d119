import { type AccountId, accountId } from "../model/brand.ts";
import type { Store } from "./store.ts";

/** The accounts that a store has something of. @throws EvenkeelError STORE_FAILED */
export async function accountsIn(store: Store): Promise<AccountId[]> {
  const names = (await store.list("accounts/")).map(({ path }) => path.split("/")[1] ?? "");
  return [...new Set(names)].filter((each) => /^\d{12}$/.test(each)).map(accountId);
}
