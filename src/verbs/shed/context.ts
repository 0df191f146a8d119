import type { GuardPolicy } from "../../engine/guards.ts";
import type { Origin } from "../../io/origin.ts";
import { parseArn } from "../../model/arn.ts";
import { EvenkeelError } from "../../model/errors.ts";
import type { ShedMessage, ShedSettings } from "../../model/shed.ts";
import type { ShedLedger } from "../../store/shed-ledger.ts";
import type { VerbContext } from "../context.ts";

/** What a step of shedding works with. The command line and the functions build it; simulations build it on the twin. */
export interface ShedContext extends Pick<VerbContext, "connection" | "host" | "clock" | "signal"> {
  readonly settings: ShedSettings;
  readonly ledger: ShedLedger;
  /** Who works, told apart from everybody else: the lease is in this name. */
  readonly owner: string;
  readonly from?: Origin | undefined;
  readonly guards?: GuardPolicy | undefined;
  /** Sees to it that the message comes back after so many seconds; absent = whoever calls looks after the next step. */
  readonly schedule?: ((message: ShedMessage, seconds: number) => Promise<void>) | undefined;
  /** Reaches a person. */
  readonly tell: (text: string) => Promise<void>;
}

/**
 * To any other account the listener looks as if it were gone, and gone means that there is nothing to give back.
 * @throws EvenkeelError OTHER_ACCOUNT
 */
export function refuseOtherAccount({ settings, connection }: Pick<ShedContext, "settings" | "connection">): void {
  const { account } = parseArn(settings.listener);
  if (account === connection.account) return;
  throw new EvenkeelError("OTHER_ACCOUNT", `the listener is of account ${account}, not of ${connection.account}`, {
    hint: "sign in to the listener's account",
    state: "nothing was changed",
  });
}
