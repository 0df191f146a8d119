import { instant } from "../../model/brand.ts";
import { EvenkeelError } from "../../model/errors.ts";
import type { PauseRecord } from "../../store/record-text.ts";
import { listRuns, runLines, runPrefix } from "../../store/runs.ts";
import type { VerbContext } from "../context.ts";
import { arm, recordIdOf, refuseHeld } from "../records/held.ts";
import { knownRecords } from "../records/known.ts";
import { begunSteps } from "../records/recover.ts";
import { backUp, beforeChanges } from "../records/save.ts";
import { refusal } from "./refusals.ts";
import type { StoredRun } from "./runs.ts";

/** What has become of the record of a run. */
export type RecordOfRun =
  /** `closed`: a resume that died behind its last step. */
  | { readonly kind: "armed" | "closed"; readonly record: PauseRecord }
  /** A pause that died before it was written. */
  | { readonly kind: "missing" };

/**
 * The record of a pause or a resume.
 * @throws EvenkeelError REFUSED when going on would undo what others have done since, or it is damaged; NO_RECORD of a resume
 */
export async function recordOf(context: VerbContext, { head }: StoredRun): Promise<RecordOfRun> {
  const id = head.record?.id ?? recordIdOf(head.plan);
  const known = (await knownRecords(context, context.connection.account)).find((each) => each.id === id);
  const isPause = head.plan.verb === "pause";
  // Nothing more is paused on a damaged record; what can be read whole is put back from.
  if (known?.damage && (isPause || !known.damage.copy))
    throw refusal(`its record ${id} is damaged: ${known.damage.problem}`, `\`evenkeel resume --record ${id}\``);
  // Pausing on now would undo what a person has put back since.
  if (isPause && known?.armed === false)
    throw refusal(`its record ${id} is closed: what it paused was put back since`, "make a new plan");
  if (isPause) await refuseOvertaken(context, head.run, id);
  if (!known?.record) {
    if (!isPause) throw new EvenkeelError("NO_RECORD", `its record ${id} is missing`, { hint: "`evenkeel records`" });
    await refuseHeld(context, head.plan);
    return { kind: "missing" };
  }
  return { kind: known.armed ? "armed" : "closed", record: known.record };
}

/** @throws EvenkeelError REFUSED when a resume of its record has begun, or another run carries out the same plan */
async function refuseOvertaken({ store, connection }: VerbContext, run: string, record: string): Promise<void> {
  const { account } = connection;
  for (const resume of await listRuns(store, account, runPrefix("resume", record)))
    if ((await runLines(store, account, resume)).length > 0)
      throw refusal(`run ${resume} has begun to put back what it paused`, "`evenkeel resume` puts back the rest");
  for (const { run: other } of await begunSteps(store, account, record))
    if (other !== run) throw refusal(`run ${other} carries out the same plan`, `\`evenkeel runs show ${other}\``);
}

/** AWS itself starts stopped databases again after a week. */
const DEFAULT_EXPIRY_MS = 7 * 24 * 3_600_000;

/** Writes the record of a pause that died before it had. */
export async function missingRecord(context: VerbContext, { plan, record }: StoredRun["head"]): Promise<PauseRecord> {
  const { clock } = context;
  const expiresAt = record?.expiresAt ?? instant(clock.now() + DEFAULT_EXPIRY_MS);
  const id = record?.id ?? recordIdOf(plan);
  const onExpiry = record?.onExpiry;
  const written: PauseRecord = {
    id,
    createdAt: instant(clock.now()),
    expiresAt: instant(expiresAt),
    ...(onExpiry ? { onExpiry } : {}),
    plan,
  };
  await beforeChanges(async () => {
    await backUp(context, written);
    await arm(context, written);
  });
  return written;
}
