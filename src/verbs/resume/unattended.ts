import { isError } from "../../model/errors.ts";
import { forgetScheduled, scheduledRecords } from "../../store/schedules.ts";
import type { VerbContext } from "../context.ts";
import { isDue, isOverdue } from "../records/expiry.ts";
import { findRecord } from "../records/find.ts";
import { type KnownRecord, knownRecords } from "../records/known.ts";
import { executeResume, type PreparedResume, prepareResume, type Resumed } from "./resume.ts";

/** Which records are put back without anybody to confirm it. */
export type Which =
  /** Those that the pauses of a schedule have made, newest first. */
  | { readonly kind: "schedule"; readonly schedule: string }
  | { readonly kind: "record"; readonly id: string }
  /** Those that have expired and were made with `resume` for that. */
  | { readonly kind: "due" };

/** A record that was looked at; without `resumed` it was only to be planned. */
export type Back = PreparedResume & { readonly resumed?: Resumed };

export interface UnattendedResumed {
  readonly back: readonly Back[];
  /** Records that were left as they are, and why. */
  readonly left: readonly { readonly id: string; readonly why: string }[];
  /** Records that were not begun because the time was over. */
  readonly cut: readonly string[];
  /** Armed records that have waited for their resume for longer than was meant. */
  readonly overdue: readonly KnownRecord[];
}

/**
 * Puts records back, one after the other. What is not back stays armed.
 * @throws what resuming throws, but that another run was faster
 */
export async function resumeUnattended(
  context: VerbContext,
  which: Which,
  { dryRun }: { readonly dryRun: boolean },
): Promise<UnattendedResumed> {
  const { store, clock, signal, connection } = context;
  const { account } = connection;
  const back: Back[] = [];
  const left: { readonly id: string; readonly why: string }[] = [];
  const cut: string[] = [];
  for (const known of await wantedRecords(context, which)) {
    const { id } = known;
    const why = whyLeft(known);
    if (why !== undefined) left.push({ id, why });
    else if (signal.aborted) cut.push(id);
    else
      try {
        const prepared = await prepareResume(context, id);
        back.push(dryRun ? prepared : { ...prepared, resumed: await executeResume(context, prepared) });
      } catch (error) {
        if (!isError(error, "REFUSED")) throw error;
        left.push({ id, why: error.message });
      }
  }
  const all = await knownRecords(context, account);
  if (which.kind === "schedule")
    for (const { id, armed } of all) if (!armed) await forgetScheduled(store, account, which.schedule, id);
  const overdue = all.filter((each) => isOverdue(each, clock.now()));
  return { back, left, cut, overdue };
}

/** What a person would be asked about first. */
function whyLeft({ armed, damage }: KnownRecord): string | undefined {
  if (!armed) return "it is closed: what it held was put back";
  if (damage && damage.copy === undefined) return `it is damaged, and only a part of it can be read: ${damage.problem}`;
  return undefined;
}

/** Newest first. @throws EvenkeelError NO_RECORD for one that is asked for and that there is not */
async function wantedRecords(context: VerbContext, which: Which): Promise<KnownRecord[]> {
  const { store, clock, connection } = context;
  const all = (await knownRecords(context, connection.account)).toReversed();
  switch (which.kind) {
    case "due":
      return all.filter((each) => isDue(each, clock.now()));
    case "schedule": {
      const ids = await scheduledRecords(store, connection.account, which.schedule);
      return all.filter(({ id, armed }) => armed && ids.includes(id));
    }
    case "record": {
      return [all.find(({ id }) => id === which.id) ?? (await findRecord(context, which.id))];
    }
  }
}
