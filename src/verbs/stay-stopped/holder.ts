import type { Step } from "../../model/plan.ts";
import type { PauseRecord } from "../../store/record-text.ts";
import { listRuns, runLines, runPrefix } from "../../store/runs.ts";
import type { VerbContext } from "../context.ts";
import { isDue } from "../records/expiry.ts";
import { heldBy, type KnownRecord, knownRecords } from "../records/known.ts";
import { touchedBy } from "../resume/touched.ts";

/** The armed record that says that a resource is paused, and the step by which it was. */
export interface Holder {
  readonly record: PauseRecord;
  readonly step: Step;
}

/** Who holds a resource: undefined = no armed record, or its pause never got there. */
export async function holderOf(
  context: VerbContext,
  arn: string,
): Promise<Holder | { readonly unreadable: string } | undefined> {
  const records = await knownRecords(context, context.connection.account);
  const holder = heldBy(records).get(arn);
  const known = records.find(({ id }) => id === holder);
  if (!known) return undefined;
  const step = known.record?.plan.steps.find(({ target }) => target.arn === arn);
  if (!known.record || !step || isPart(known)) return { unreadable: known.id };
  return (await touchedBy(context.store, known.record))(step.id) ? { record: known.record, step } : undefined;
}

function isPart({ damage }: KnownRecord): boolean {
  return damage !== undefined && damage.copy === undefined;
}

/** Why what a record holds is not to be stopped again; undefined = nothing speaks against it. */
export async function whyNot(context: VerbContext, id: string): Promise<string | undefined> {
  const { store, clock, connection } = context;
  const known = (await knownRecords(context, connection.account)).find((each) => each.id === id);
  if (!known?.armed) return `record ${id} was closed meanwhile`;
  if (isDue(known, clock.now())) return `record ${id} has expired, and is to be resumed then`;
  for (const run of await listRuns(store, connection.account, runPrefix("resume", id)))
    if ((await runLines(store, connection.account, run)).length > 0)
      return `run ${run} has begun to put back what record ${id} holds`;
  return undefined;
}
