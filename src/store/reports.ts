import type { Store } from "./store.ts";

/**
 * Keeps what people were told, as a whole: messages have less room.
 * @returns where it is
 * @throws EvenkeelError STORE_FAILED
 */
export async function writeReport(store: Store, account: string, name: string, text: string): Promise<string> {
  const path = `accounts/${account}/reports/${name}.txt`;
  await store.write(path, Buffer.from(text));
  return `${store.url.replace(/\/+$/, "")}/${path}`;
}
