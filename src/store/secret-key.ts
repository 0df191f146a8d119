import { randomBytes } from "node:crypto";
import { EvenkeelError } from "../model/errors.ts";
import { readAll, type Store } from "./store.ts";

const PATH = "key";
const BYTES = 32;

/**
 * The store's own key, with which secrets are hashed before they are stored. Made once, at random; whoever comes
 * second takes what the first has written, so that all snapshots of a store can be compared.
 * @throws EvenkeelError STORE_FAILED when the stored key is damaged
 */
export async function secretKey(store: Store): Promise<Uint8Array> {
  const known = await readAll(store, PATH);
  if (known !== undefined) return checked(known, store);
  const fresh = randomBytes(BYTES);
  if (await store.write(PATH, fresh, { exclusive: true })) return fresh;
  const first = await readAll(store, PATH);
  if (first === undefined) throw damaged(store, "it was removed while it was being read");
  return checked(first, store);
}

function checked(key: Buffer, store: Store): Uint8Array {
  if (key.length !== BYTES) throw damaged(store, `it has ${key.length} bytes instead of ${BYTES}`);
  return key;
}

function damaged(store: Store, how: string): EvenkeelError {
  return new EvenkeelError("STORE_FAILED", `the redaction key of ${store.url} is damaged: ${how}`, {
    hint: `put the file \`${PATH}\` back from a backup; without it remove it, and secrets will show as changed once`,
  });
}
