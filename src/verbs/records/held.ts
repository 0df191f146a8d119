import { EvenkeelError } from "../../model/errors.ts";
import type { Plan } from "../../model/plan.ts";
import type { PauseRecord } from "../../store/record-text.ts";
import { writeRecord } from "../../store/records.ts";
import type { VerbContext } from "../context.ts";
import { closeEverywhere } from "./close.ts";
import { heldBy, type KnownRecord, knownRecords } from "./known.ts";

/** The id of the record that a pause by this plan writes. */
export function recordIdOf({ id }: Plan): string {
  return id.replace(/^p-/, "r-");
}

/**
 * A plan may have lain while something else was paused, or it was itself.
 * @throws EvenkeelError REFUSED when an armed record holds one of its resources, or this plan's record is there already
 */
export async function refuseHeld(context: VerbContext, plan: Plan): Promise<void> {
  const records = await knownRecords(context, context.connection.account);
  const held = heldIn(records, plan);
  if (held) throw held;
  // A pause that died before its record was written has changed nothing.
  if (!records.some(({ id }) => id === recordIdOf(plan))) return;
  throw new EvenkeelError("REFUSED", `this plan was applied before: there is a record ${recordIdOf(plan)}`, {
    hint: "make a new plan; `evenkeel runs` tells what became of the old one",
    state: "nothing was changed",
  });
}

/**
 * Writes the record of a pause that is about to begin. Another pause may have written its own in the same moment: whoever
 * finds the other's takes back his, so that no resource is ever in two records. Both may; one alone never goes on.
 * @throws EvenkeelError REFUSED when a record of this id exists, or another armed one holds one of its resources
 */
export async function arm(context: VerbContext, record: PauseRecord): Promise<void> {
  await writeRecord(context.store, record);
  const others = (await knownRecords(context, context.connection.account)).filter(({ id }) => id !== record.id);
  const held = heldIn(others, record.plan);
  if (!held) return;
  await closeEverywhere(context, record, undefined);
  throw held;
}

function heldIn(records: readonly KnownRecord[], { steps }: Plan): EvenkeelError | undefined {
  const held = heldBy(records);
  const twice = steps.find(({ target }) => held.has(target.arn))?.target;
  if (!twice) return undefined;
  return new EvenkeelError("REFUSED", `${twice.id} is in the armed record ${held.get(twice.arn)} already`, {
    hint: "`evenkeel resume` puts it back; then make a new plan",
    state: "nothing was changed",
  });
}
