import type { Connection } from "../aws/connection.ts";
import type { GuardPolicy } from "../engine/guards.ts";
import type { Host } from "../io/host.ts";
import type { Origin } from "../io/origin.ts";
import type { Clock } from "../model/clock.ts";
import type { Store } from "../store/store.ts";

/** What a verb that does not call AWS works with. */
export interface OfflineContext {
  readonly host: Host;
  readonly clock: Clock;
  readonly store: Store;
  readonly signal: AbortSignal;
  /** Who works, for the audit; absent = this process, at the command line. */
  readonly from?: Origin;
}

/** What a verb works with. Doors build it; tests build it on the twin. */
export interface VerbContext extends OfflineContext {
  readonly connection: Connection;
  /** Budgets and limits of every plan; absent = none but protection by tag. */
  readonly guards?: GuardPolicy;
  /** Opens where each pause record is copied to; absent = nowhere. */
  readonly backup?: () => Promise<Store>;
}
