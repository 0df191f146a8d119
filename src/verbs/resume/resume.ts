import pLimit from "p-limit";
import type { Difference } from "../../catalog/contract.ts";
import type { Outcomes } from "../../engine/apply.ts";
import type { Progress } from "../../engine/journal.ts";
import { applyRun, beginRun, endRun, type Pace, type Run } from "../../engine/run.ts";
import type { Plan, Step, Target } from "../../model/plan.ts";
import type { PauseRecord } from "../../store/record-text.ts";
import type { Store } from "../../store/store.ts";
import type { VerbContext } from "../context.ts";
import { refuseStale } from "../pause/pause.ts";
import { closeEverywhere } from "../records/close.ts";
import { findRecord } from "../records/find.ts";
import type { Damage } from "../records/known.ts";
import { AT_ONCE, atRest, lookAt } from "./look.ts";
import { pauseAtWork, refuseOvertaken } from "./overtaken.ts";
import { type Now, type Paused, planResume } from "./plan.ts";
import { touchedBy } from "./touched.ts";

/** How a resource came back. */
export interface Verified {
  readonly target: Target;
  /** `waiting` = not back yet: the record stays armed for it. */
  readonly kind: "identical" | "differs" | "gone" | "waiting" | "unknown";
  readonly differs: readonly Difference[];
  readonly reason?: string;
}

export interface PreparedResume {
  readonly record: PauseRecord;
  readonly plan: Plan;
  /** It was closed before, and somebody has asked for it by its id. */
  readonly wasClosed?: true;
  /** What of the record could not be read; absent = it is whole. */
  readonly damage?: Damage;
  /** The backup that the record was read from; absent = the run's own store. */
  readonly from?: Store;
}

/**
 * Reads what is paused as it is now, and plans to put it back. Changes nothing.
 * @param id of the record; absent = the newest armed one
 * @param from a backup that holds the record
 * @throws EvenkeelError NO_RECORD with what there is; REFUSED when it is closed and a newer one holds what it would put back
 */
export async function prepareResume(
  context: VerbContext,
  id: string | undefined,
  from?: Store,
): Promise<PreparedResume> {
  const { record, damage, armed } = await findRecord(context, id, from);
  const touched = await touchedBy(context.store, record);
  const limit = pLimit(AT_ONCE);
  const paused = await Promise.all(
    record.plan.steps.map((step) =>
      limit(async (): Promise<Paused> => ({ step, now: await atRest(context, step), touched: touched(step.id) })),
    ),
  );
  const plan = planResume(record, paused, context.clock.now());
  const more = { ...(damage ? { damage } : {}), ...(from ? { from } : {}) };
  const prepared: PreparedResume = { record, plan, ...(armed ? {} : { wasClosed: true }), ...more };
  await refuseOvertaken(context, prepared);
  await pauseAtWork(context, record.id);
  return prepared;
}

/** What a resume has done. */
export interface Resumed {
  readonly run: string;
  readonly outcomes: Outcomes;
  readonly verified: readonly Verified[];
  readonly closed: boolean;
}

/**
 * Puts back, reads back, and closes the record when nothing is left to wait for.
 * @param accept differences that nothing explains (someone changed a size meanwhile) are taken as they are, and so is
 *   what of a damaged record can't be read, and that its pause may still be at work
 * @throws EvenkeelError REFUSED when it was overtaken while a person was asked
 */
export async function executeResume(
  context: VerbContext,
  prepared: PreparedResume,
  accept = false,
  pace: Pace = {},
): Promise<Resumed> {
  const { record, plan, damage, from } = prepared;
  refuseStale(plan, context.connection.account, context.clock.now());
  await refuseOvertaken(context, prepared);
  const run = await beginRun(context, { plan, record: { id: record.id } });
  const isPart = damage !== undefined && damage.copy === undefined;
  return finishResume(context, record, run, { accept, isPart, from, ...pace });
}

interface Finish extends Pace {
  readonly accept?: boolean;
  /** The record has more steps than could be read. */
  readonly isPart?: boolean;
  readonly from?: Store | undefined;
  readonly earlier?: Progress;
}

/** Takes a resume that has begun to its end. */
export async function finishResume(
  context: VerbContext,
  record: PauseRecord,
  run: Run,
  { accept = false, isPart = false, from, ...options }: Finish,
): Promise<Resumed> {
  const outcomes = await applyRun(context, run, options);
  // Before all is read back: a pause that ends only then may have stopped what was just seen running.
  const mayGrow = await pauseAtWork(context, record.id);
  const verified = await verify(context, record);
  const settled = verified.every((each) => isSettled(each) || (accept && each.kind === "differs"));
  const closed = settled && (accept || !(isPart || mayGrow));
  if (closed) await closeEverywhere(context, record, from);
  await endRun(context, run, outcomes, { closed });
  return { run: run.head.run, outcomes, verified, closed };
}

/**
 * Whether nothing is left to wait for. A difference that AWS's rules explain is told and done with; one that nothing
 * explains may be ours, so the record stays.
 */
function isSettled({ kind, differs }: Verified): boolean {
  if (kind === "differs") return differs.every(({ because }) => because !== undefined);
  return kind === "identical" || kind === "gone";
}

/** Reads everything of a record anew and compares it field by field with what was saved. */
async function verify(context: VerbContext, record: PauseRecord): Promise<Verified[]> {
  const touched = await touchedBy(context.store, record);
  const limit = pLimit(AT_ONCE);
  const steps = record.plan.steps.filter(({ id }) => touched(id));
  return Promise.all(steps.map((step) => limit(async () => verifiedOf(step, await lookAt(context, step)))));
}

function verifiedOf({ target }: Step, now: Now): Verified {
  if (now.kind === "gone") return { target, kind: "gone", differs: [] };
  if (now.kind === "unread") return { target, kind: "unknown", differs: [], reason: now.reason };
  if (now.phase !== "done") return { target, kind: "waiting", differs: [], reason: now.state.words };
  return { target, kind: now.differs.length > 0 ? "differs" : "identical", differs: now.differs };
}
