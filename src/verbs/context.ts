import type { Connection } from "../aws/connection.ts";
import type { Host } from "../io/host.ts";
import type { Clock } from "../model/clock.ts";
import type { Store } from "../store/store.ts";

/** What a verb that does not call AWS works with. */
export interface OfflineContext {
  readonly host: Host;
  readonly clock: Clock;
  readonly store: Store;
  readonly signal: AbortSignal;
}

/** What a verb works with. Doors build it; tests build it on the twin. */
export interface VerbContext extends OfflineContext {
  readonly connection: Connection;
}
