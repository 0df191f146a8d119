import { EvenkeelError } from "../../model/errors.ts";
import type { Plan } from "../../model/plan.ts";
import type { PauseRecord } from "../../store/record-text.ts";
import { closedRecords } from "../../store/records.ts";
import { runPrefix } from "../../store/runs.ts";
import type { VerbContext } from "../context.ts";
import { heldBy, knownRecords } from "../records/known.ts";
import { runsAtWork } from "../runs/runs.ts";

/** A resume as it was planned. */
interface Planned {
  readonly record: PauseRecord;
  readonly plan: Plan;
  readonly wasClosed?: true;
}

/**
 * Between a look and a person's answer an hour may pass.
 * @throws EvenkeelError REFUSED when another run has closed the record meanwhile, or when it was closed before and what
 *   would be put back is held by an armed one, whose saved state is the newer
 */
export async function refuseOvertaken(context: VerbContext, { record, plan, wasClosed }: Planned): Promise<void> {
  const { account } = context.connection;
  if (!(await closedRecords(context.store, account)).has(record.id)) return;
  if (!wasClosed) throw refusal(`record ${record.id} was closed meanwhile: another run has put it back`);
  const held = heldBy(await knownRecords(context, account));
  const step = plan.steps.find(({ target }) => held.has(target.arn));
  if (!step) return;
  const newer = held.get(step.target.arn);
  throw refusal(
    `record ${record.id} is closed, and ${step.target.id} is in the armed record ${newer}, which knows its newer state`,
    `\`evenkeel resume --record ${newer}\``,
  );
}

function refusal(why: string, hint = "`evenkeel records` lists all"): EvenkeelError {
  return new EvenkeelError("REFUSED", why, { hint, state: "nothing was changed" });
}

/** Says so where the pause of a record may still be at work: what it stops from now on is in no plan to put it back. */
export async function pauseAtWork(context: VerbContext, id: string): Promise<boolean> {
  const [run] = await runsAtWork(context, context.connection.account, runPrefix("pause", id));
  if (!run) return false;
  const where = run.state === "running" ? "is still at work" : "was at work on another machine a moment ago";
  context.host.tell({
    kind: "warning",
    text: `run ${run.id} ${where}, and may go on to stop things: record ${id} stays armed`,
    hint: "end that run and then run `evenkeel resume` again; where it is certainly over, `--accept` closes the record",
  });
  return true;
}
