import { EvenkeelError } from "../model/errors.ts";
import { checkStoreUrl } from "../store/open.ts";
import type { OnExpiry } from "../store/record-text.ts";
import type { Given } from "./command.ts";
import type { RECORD_OPTIONS } from "./options.ts";
import type { Settings } from "./settings.ts";

/** After a week AWS itself starts stopped databases again. */
export const DEFAULT_EXPIRY_DAYS = 7;

/** How long a record lasts, and what becomes of it then. */
export interface Expiry {
  readonly days: number;
  readonly onExpiry?: OnExpiry | undefined;
}

/** @throws EvenkeelError USAGE: nothing has been called then */
export function parseExpiry({ expires, onExpiry }: Given<typeof RECORD_OPTIONS>): Expiry {
  return { days: parseDays(expires), onExpiry };
}

function parseDays(text: string | undefined): number {
  if (text === undefined) return DEFAULT_EXPIRY_DAYS;
  const days = Number(text.replace(/d$/, ""));
  if (Number.isInteger(days) && days >= 1 && days <= 365) return days;
  throw new EvenkeelError("USAGE", `--expires wants 1 to 365 days, got "${text}"`, { hint: "for example --expires 7" });
}

/** @throws EvenkeelError USAGE for a backup that names no store: nothing has been called then */
export function checkBackup({ backup }: Settings): void {
  if (backup.value !== undefined) checkStoreUrl(backup.value, "--backup");
}
