import type { Store } from "../store/store.ts";
import type { VerbContext } from "./context.ts";

const DEAD = "killed";

/** A context whose process dies at the nth line of the journal: from then on it writes nothing and calls nothing. */
export function mortal(context: VerbContext, lines: number): VerbContext {
  let left = lines;
  const die = () => {
    throw new Error(DEAD);
  };
  const store: Store = {
    ...context.store,
    append: async (path, line) => (left-- > 0 ? context.store.append(path, line) : die()),
    write: async (...args) => (left < 0 ? die() : context.store.write(...args)),
  };
  const { connection } = context;
  const client: typeof connection.client = (clientClass, region, lane) => {
    const living = connection.client(clientClass, region, lane) as { send: (...args: never[]) => Promise<never> };
    const send = (...args: never[]) => (left < 0 ? Promise.reject(new Error(DEAD)) : living.send(...args));
    return Object.assign(Object.create(living as object), { send }) as never;
  };
  return { ...context, store, connection: { ...connection, client } };
}

export async function untilDeath(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if ((error as Error).message !== DEAD) throw error;
  }
}
