import { checkStoreUrl } from "../store/open.ts";
import type { OnExpiry } from "../store/record-text.ts";
import { parseDays } from "../verbs/records/expiry.ts";
import type { Given } from "./command.ts";
import type { RECORD_OPTIONS } from "./options.ts";
import type { Settings } from "./settings.ts";

/** How long a record lasts, and what becomes of it then. */
export interface Expiry {
  readonly days: number;
  readonly onExpiry?: OnExpiry | undefined;
}

/** @throws EvenkeelError USAGE: nothing has been called then */
export function parseExpiry({ expires, onExpiry }: Given<typeof RECORD_OPTIONS>): Expiry {
  return { days: parseDays("--expires", expires), onExpiry };
}

/** @throws EvenkeelError USAGE for a backup that names no store: nothing has been called then */
export function checkBackup({ backup }: Settings): void {
  if (backup.value !== undefined) checkStoreUrl(backup.value, "--backup");
}
