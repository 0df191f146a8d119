import type { Connection } from "../aws/connection.ts";
import { openStore } from "../store/open.ts";
import type { Store } from "../store/store.ts";

/** Opens the store of a run. A bucket is reached with the run's own credentials, so only then is signed in for it. */
export function openFrameStore(url: string, connect: () => Promise<Connection>): Promise<Store> {
  return openStore(url, async (name) => {
    const [{ openBucket }, connection] = await Promise.all([import("../aws/bucket.ts"), connect()]);
    return openBucket(connection, name);
  });
}
