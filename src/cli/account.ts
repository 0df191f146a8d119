import { type AccountId, accountId } from "../model/brand.ts";
import { EvenkeelError, isError } from "../model/errors.ts";
import { accountsIn } from "../store/accounts.ts";
import type { Frame } from "./frame.ts";

/**
 * Whose snapshots a command works on: `--account`, else the caller's. Where nobody is signed in, or where `offline` asks
 * for it, the store's only account, and said so.
 * @throws EvenkeelError USAGE for a malformed id; what signing in throws where the store does not tell
 */
export async function snapshotAccount(
  frame: Frame,
  named: string | undefined,
  how: "signed-in" | "offline" = "signed-in",
): Promise<AccountId> {
  if (named !== undefined) return checked(named);
  const only = onlyAccount(await accountsIn(await frame.store()));
  if (how === "offline" && only) return only;
  try {
    return (await frame.connect()).account;
  } catch (error) {
    if (!only || !isError(error, "NO_CREDENTIALS", "EXPIRED_CREDENTIALS", "NETWORK")) throw error;
    frame.host.tell({
      kind: "info",
      text: `Not signed in: these are the snapshots of account ${only}, the only one in ${frame.settings.store.value}.`,
    });
    return only;
  }
}

function checked(text: string): AccountId {
  try {
    return accountId(text);
  } catch {
    throw new EvenkeelError("USAGE", `--account wants twelve digits, got "${text}"`, {
      hint: "for example --account 123456789012",
    });
  }
}

function onlyAccount([only, ...others]: readonly AccountId[]): AccountId | undefined {
  return others.length === 0 ? only : undefined;
}
