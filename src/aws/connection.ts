import type { AccountId, Arn, Region } from "../model/brand.ts";
import type { Clock } from "../model/clock.ts";
import type { ClientConstructor } from "./clients.ts";
import type { Governor, Lane } from "./governor.ts";

/** A way into one account: who we are there, and governed clients. */
export interface Connection {
  readonly account: AccountId;
  readonly partition: string;
  /** The ARN of who calls, as STS tells it: a role's has the session's name in it. */
  readonly caller: Arn;
  /** The region that was configured, else the partition's main one. */
  readonly defaultRegion: Region;
  /** Where global services of this partition answer. */
  readonly globalRegion: Region;
  readonly endpoint?: string;
  readonly governor: Governor;
  /** The clock that all calls wait on. */
  readonly clock: Clock;
  /** Regions switched on in the account, sorted. Asked once. */
  enabledRegions(): Promise<readonly Region[]>;
  /** The account's alias; undefined = it has none, or it may not be read. */
  alias(): Promise<string | undefined>;
  /** All there are, none or one; undefined = they may not be read. */
  aliases(): Promise<readonly string[] | undefined>;
  /** A client of a lane and region, made on first use. */
  client<C>(clientClass: ClientConstructor<C>, region: Region, lane: Lane): C;
}
