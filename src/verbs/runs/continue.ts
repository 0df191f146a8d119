import type { Outcomes } from "../../engine/apply.ts";
import { type JournalLine, progressOf } from "../../engine/journal.ts";
import { refuseProtectedAccount } from "../../engine/removal-budget.ts";
import { applyRun, endRun, type Pace, reopenRun } from "../../engine/run.ts";
import { refuseReweighting } from "../../engine/weights-executor.ts";
import type { Outcome, Plan, Step } from "../../model/plan.ts";
import type { PauseRecord } from "../../store/record-text.ts";
import type { VerbContext } from "../context.ts";
import { refuseStale } from "../pause/pause.ts";
import { refuseProtected } from "../pause/protection.ts";
import { refuseGuardedNow } from "../removal/execute.ts";
import { finishResume, type Resumed } from "../resume/resume.ts";
import { missingRecord, type RecordOfRun, recordOf } from "./record-of-run.ts";
import { isWhole, refusal, refuseForeign, refuseState, refuseUndone } from "./refusals.ts";
import { type StoredRun, storedRun } from "./runs.ts";

/** A run that can be gone on with, and what its record is like. */
export interface Continuation extends StoredRun {
  /** `none`: the run has nothing to do with records. */
  readonly record: RecordOfRun | { readonly kind: "none" };
}

/** How a continued run ended. */
export type Continued =
  | {
      readonly kind: "pause";
      readonly run: string;
      readonly record: PauseRecord;
      readonly outcomes: Outcomes;
      /** What there was to do. */
      readonly left: readonly Step[];
    }
  | ({ readonly kind: "resume"; readonly record: PauseRecord } & Resumed)
  | { readonly kind: "other"; readonly run: string; readonly outcomes: Outcomes }
  /** Everything had been done before it died. */
  | { readonly kind: "nothing"; readonly run: string; readonly record: PauseRecord; readonly outcomes: Outcomes };

/**
 * Looks at an interrupted run and whether it may be gone on with. Changes nothing.
 * @throws EvenkeelError NO_RUN; REFUSED for a run that has ended, is under way, or was overtaken, and for a damaged plan
 */
export async function prepareContinue(context: VerbContext, id: string): Promise<Continuation> {
  await refuseForeign(context, id);
  const continuation = await lookAgain(context, id);
  const { summary, head, lines } = continuation;
  if (summary.state === "running?")
    context.host.tell({
      kind: "warning",
      text: `run ${id} was at work on another machine a moment ago, and may still be`,
    });
  if (summary.damaged.length > 0)
    context.host.tell({
      kind: "warning",
      text: "lines of its journal are damaged: live state decides what is left to do",
    });
  if (head.plan.verb === "pause") await refuseProtected(context, { ...head.plan, steps: untouched(head.plan, lines) });
  return continuation;
}

/** What was begun is better ended than left half done. */
function untouched(plan: Plan, lines: readonly JournalLine[]): Step[] {
  const { begun } = progressOf(lines);
  return undone(plan, lines).filter(({ id }) => !begun.has(id));
}

function undone({ steps }: Plan, lines: readonly JournalLine[]): Step[] {
  const { outcomes } = progressOf(lines);
  return steps.filter(({ id }) => !["applied", "unchanged"].includes(outcomes.get(id)?.kind ?? ""));
}

/** The run as it is now, if it may be gone on with. Tells nothing. */
async function lookAgain(context: VerbContext, id: string): Promise<Continuation> {
  const { connection, clock } = context;
  const stored = await storedRun(context, connection.account, id);
  const { plan } = stored.head;
  refuseReweighting(plan);
  if (!isWhole(stored)) throw refusal(`the plan of run ${id} was edited or damaged: its digest differs`);
  if (plan.account !== connection.account) throw refusal(`run ${id} is of account ${plan.account}`);
  refuseState(stored);
  const record: Continuation["record"] = hasRecord(plan) ? await recordOf(context, stored) : { kind: "none" };
  if (plan.budget) {
    await refuseProtectedAccount(connection, context.guards?.protectedAccounts);
    await refuseGuardedNow(context, { ...plan, steps: undone(plan, stored.lines) });
  }
  await refuseUndone(context, plan);
  // An account an hour later is another account; but a run that has begun is better ended than left half done.
  if (!stored.lines.some(({ kind }) => kind === "intent")) refuseStale(plan, connection.account, clock.now());
  // What a removal has left to do a new plan does as well, and by what the account is like then.
  if (plan.budget && clock.now() > Date.parse(plan.expiresAt) + DAY_MS)
    throw refusal(`run ${id} removes by a plan that has expired at ${plan.expiresAt}`, "plan the removal anew");
  return { ...stored, record };
}

const DAY_MS = 24 * 3_600_000;

/**
 * Does what is left of a run, each step as the plan says and by what it is like now.
 * @throws EvenkeelError REFUSED when it was overtaken while a person was asked
 */
export async function executeContinue(
  context: VerbContext,
  { head: { run: id } }: Continuation,
  pace: Pace = {},
): Promise<Continued> {
  const { head, lines, record: known } = await lookAgain(context, id);
  const earlier = progressOf(lines);
  const run = await reopenRun(context, head);
  if (known.kind === "none") {
    const outcomes = await applyRun(context, run, { ...pace, earlier });
    await endRun(context, run, outcomes);
    return { kind: "other", run: head.run, outcomes };
  }
  const record = known.kind === "missing" ? await missingRecord(context, head) : known.record;
  if (known.kind === "closed") {
    const outcomes = new Map(head.plan.steps.map(({ id }) => [id, earlier.outcomes.get(id) ?? VERIFIED]));
    await endRun(context, run, outcomes, { closed: true });
    return { kind: "nothing", run: head.run, record, outcomes };
  }
  if (head.plan.verb === "resume")
    return { kind: "resume", record, ...(await finishResume(context, record, run, { ...pace, earlier })) };
  const outcomes = await applyRun(context, run, { ...pace, earlier });
  await endRun(context, run, outcomes);
  return { kind: "pause", run: head.run, record, outcomes, left: undone(head.plan, lines) };
}

function hasRecord({ verb }: Plan): boolean {
  return verb === "pause" || verb === "resume";
}

/** A record is closed when all of it has been read back. */
const VERIFIED: Outcome = { kind: "unchanged", reason: "it was read back before the run died" };
