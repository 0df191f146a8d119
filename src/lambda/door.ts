import type { Connection } from "../aws/connection.ts";
import type { Host } from "../io/host.ts";
import type { Origin } from "../io/origin.ts";
import type { Clock } from "../model/clock.ts";
import type { Store } from "../store/store.ts";
import type { Meter } from "./meter.ts";
import type { Notify } from "./notify.ts";

export type Env = Readonly<Record<string, string | undefined>>;

/** What Lambda tells of an invocation. Source: Lambda developer guide, "Using the Lambda context object (Node.js)". */
export interface Invocation {
  readonly awsRequestId: string;
  readonly functionName: string;
  getRemainingTimeInMillis(): number;
}

/** What every function works with. Entries make it of the environment, tests on the twin. */
export interface DoorContext {
  readonly connection: Connection;
  readonly host: Host;
  readonly clock: Clock;
  /** Aborted some time before the function's time is over: what was begun is finished, nothing new is begun. */
  readonly signal: AbortSignal;
  /** Aborted when there is just time to tell what happened; calls of `connection` end with it. */
  readonly over: AbortSignal;
  readonly from: Origin;
  readonly env: Env;
  readonly meter: Meter;
  readonly notify: Notify;
}

/** For functions that keep something; a VerbContext, too. */
export interface StoreContext extends DoorContext {
  readonly store: Store;
  /** The same store through calls that `over` does not end: for what is to be told last. */
  readonly lastStore: () => Promise<Store>;
}

/** What a function answers to whoever has invoked it. */
export interface Answer {
  readonly statusCode: 200 | 403;
  readonly body: string;
}
