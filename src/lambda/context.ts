import { accountFacts } from "../aws/account.ts";
import { openBucket } from "../aws/bucket.ts";
import type { Connection } from "../aws/connection.ts";
import { EvenkeelError } from "../model/errors.ts";
import { once } from "../model/once.ts";
import { checkStoreUrl, openStore } from "../store/open.ts";
import type { Store } from "../store/store.ts";
import { baseOpener } from "./context-light.ts";
import type { Env, StoreContext } from "./door.ts";
import type { Opener } from "./handle.ts";

const base = baseOpener(accountFacts);

/** For functions that keep something in the store of EVENKEEL_STORE. Each is a VerbContext. */
export const full: Opener<StoreContext> = {
  connect: base.connect,
  async open(start) {
    const url = storeUrlIn(start.env);
    const context = await base.open(start);
    const lastStore = once(async () => storeAt(url, await base.connect(start, new AbortController().signal)));
    return { ...context, store: await storeAt(url, context.connection), lastStore };
  },
};

/** @throws EvenkeelError USAGE: a function's own disk is gone with it */
export function storeUrlIn(env: Env): string {
  const url = env.EVENKEEL_STORE ?? "";
  if (!url.startsWith("s3://"))
    throw new EvenkeelError("USAGE", `EVENKEEL_STORE can't be "${url}": it is a bucket`, {
      hint: "for example EVENKEEL_STORE=s3://bucket/prefix",
      state: "nothing was called",
    });
  checkStoreUrl(url, "EVENKEEL_STORE=");
  return url;
}

function storeAt(url: string, connection: Connection): Promise<Store> {
  return openStore(url, (name) => openBucket(connection, name));
}
