import pLimit from "p-limit";
import type { Difference } from "../../catalog/contract.ts";
import { stateOf } from "../../catalog/pausing.ts";
import { factsOf } from "../../catalog/registry.ts";
import { readScope } from "../../catalog/scope.ts";
import type { Outcomes } from "../../engine/apply.ts";
import type { Progress } from "../../engine/journal.ts";
import { pauseOf } from "../../engine/pause-executor.ts";
import { applyRun, beginRun, endRun, type Pace, type Run } from "../../engine/run.ts";
import { GLOBAL } from "../../model/brand.ts";
import { EvenkeelError, isError } from "../../model/errors.ts";
import type { Plan, Step, Target } from "../../model/plan.ts";
import { closeRecord, listRecords, type PauseRecord } from "../../store/records.ts";
import type { VerbContext } from "../context.ts";
import { refuseStale } from "../pause/pause.ts";
import { type Now, type Paused, planResume } from "./plan.ts";
import { touchedBy } from "./touched.ts";

const AT_ONCE = 64;

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
}

/**
 * Reads what is paused as it is now, and plans to put it back. Changes nothing.
 * @param id of the record; absent = the newest armed one
 * @throws EvenkeelError NO_RECORD with what there is
 */
export async function prepareResume(context: VerbContext, id: string | undefined): Promise<PreparedResume> {
  const record = await findRecord(context, id);
  const touched = await touchedBy(context.store, record);
  const limit = pLimit(AT_ONCE);
  const paused = await Promise.all(
    record.plan.steps.map((step) =>
      limit(async (): Promise<Paused> => ({ step, now: await atRest(context, step), touched: touched(step.id) })),
    ),
  );
  return { record, plan: planResume(record, paused, context.clock.now()) };
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
 * @param accept differences that nothing explains (someone changed a size meanwhile) are taken as they are
 */
export async function executeResume(
  context: VerbContext,
  { record, plan }: PreparedResume,
  accept = false,
  pace: Pace = {},
): Promise<Resumed> {
  refuseStale(plan, context.connection.account, context.clock.now());
  const run = await beginRun(context, { plan, record: { id: record.id } });
  return finishResume(context, record, run, { accept, ...pace });
}

/** Takes a resume that has begun to its end. */
export async function finishResume(
  context: VerbContext,
  record: PauseRecord,
  run: Run,
  { accept = false, ...options }: Pace & { readonly accept?: boolean; readonly earlier?: Progress },
): Promise<Resumed> {
  const outcomes = await applyRun(context, run, options);
  const verified = await verify(context, record);
  const closed = verified.every((each) => isSettled(each) || (accept && each.kind === "differs"));
  if (closed) await closeRecord(context.store, context.connection.account, record.id);
  await endRun(context, run, outcomes);
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

/** What is still moving is waited for: what it comes to is what the plan must expect. */
async function atRest(context: VerbContext, step: Step): Promise<Now> {
  const deadline = context.clock.now() + (factsOf(step.target.type)?.pause?.patienceMinutes ?? 10) * 60_000;
  for (;;) {
    const now = await lookAt(context, step);
    if (now.kind !== "seen" || now.phase !== "moving" || context.clock.now() >= deadline) return now;
    await context.clock.sleep(5_000, context.signal);
  }
}

async function lookAt({ connection, signal }: VerbContext, { target, saves, way }: Step): Promise<Now> {
  const region = target.region === GLOBAL ? connection.globalRegion : target.region;
  try {
    const pause = await pauseOf(target.type);
    const state = await stateOf(pause, readScope(connection, region, { signal }), target.id);
    return state ? { kind: "seen", state, ...pause.resumed(saves, state, way) } : { kind: "gone" };
  } catch (error) {
    if (!isError(error) || error.code === "CANCELLED") throw error;
    return { kind: "unread", reason: error.message };
  }
}

export async function findRecord({ store, connection }: VerbContext, id: string | undefined): Promise<PauseRecord> {
  const all = await listRecords(store, connection.account);
  const readable = all.filter((each) => each.kind === "readable");
  const wanted =
    id === undefined ? readable.filter(({ armed }) => armed).at(-1) : readable.find(({ record }) => record.id === id);
  if (wanted) return wanted.record;
  const damaged = all.find((each) => each.kind === "damaged" && (id === undefined ? each.armed : each.id === id));
  if (damaged?.kind === "damaged")
    throw new EvenkeelError("NO_RECORD", `record ${damaged.id} is damaged: ${damaged.problem}`, {
      hint: "`evenkeel records` lists all",
    });
  throw new EvenkeelError(
    "NO_RECORD",
    id === undefined ? "nothing is paused: there is no armed record" : `there is no record ${id}`,
    {
      hint: "`evenkeel records` lists all",
    },
  );
}
