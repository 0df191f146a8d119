import type { AccountId } from "../../model/brand.ts";
import type { OfflineContext, VerbContext } from "../context.ts";

/** What costs are told with. A bill file can be read by who is not signed in. */
export interface CostContext extends OfflineContext {
  /** Whose baseline is meant. */
  readonly account: AccountId;
  /** The accounts that the store has something of. */
  readonly accounts: readonly AccountId[];
  /** Signs in to that account; undefined = that can't be had. */
  readonly verb: () => Promise<VerbContext | undefined>;
}
