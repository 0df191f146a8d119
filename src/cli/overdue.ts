import type { AccountId } from "../model/brand.ts";
import { isError } from "../model/errors.ts";
import { minute } from "../report/humanise.ts";
import { isOverdue } from "../verbs/records/expiry.ts";
import { type KnownRecord, knownRecords } from "../verbs/records/known.ts";
import type { Frame } from "./frame.ts";

/** Warns of records that wait for their resume longer than was meant, a line each. */
export function tellOverdue({ host, clock }: Frame, records: readonly KnownRecord[]): void {
  for (const known of records)
    if (isOverdue(known, clock.now()))
      host.tell({
        kind: "warning",
        text: `record ${known.id} is overdue since ${known.record ? minute(known.record.expiresAt) : "an unknown time"}: evenkeel resume --record ${known.id}`,
      });
}

/** The same for commands that need no records themselves: of a store that can't be read nothing is said here. */
export async function warnOverdue(frame: Frame, account: AccountId): Promise<void> {
  try {
    tellOverdue(frame, await knownRecords({ store: await frame.store(), clock: frame.clock }, account));
  } catch (error) {
    if (!isError(error)) throw error;
  }
}
