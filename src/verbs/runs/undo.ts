import type { Outcomes } from "../../engine/apply.ts";
import { type JournalLine, progressOf } from "../../engine/journal.ts";
import { type Removable, readRemovable } from "../../engine/removable.ts";
import { applyRun, beginRun, endRun, type Pace } from "../../engine/run.ts";
import { refuseReweighting } from "../../engine/weights-executor.ts";
import { instant } from "../../model/brand.ts";
import { EvenkeelError, isError } from "../../model/errors.ts";
import { PLAN_LIFETIME_MS, PLAN_SCHEMA, type Plan, planDigest, type Target } from "../../model/plan.ts";
import { redactor } from "../../model/redact.ts";
import { runPrefix } from "../../store/runs.ts";
import { secretKey } from "../../store/secret-key.ts";
import type { VerbContext } from "../context.ts";
import { refuseStale } from "../pause/pause.ts";
import { beforeChanges } from "../records/save.ts";
import { isWhole, refuseForeign } from "./refusals.ts";
import { releaseOf } from "./release.ts";
import { runsAtWork, type StoredRun, storedRun } from "./runs.ts";
import { unmarkOf } from "./unmark.ts";
import { whatIsLeft } from "./what-is-left.ts";

/**
 * Plans to take back what a run has put into quarantine or marked, as far as that is still there as the run has left it. What can't be
 * taken back is kept, with what is left of it. Changes nothing.
 * @throws EvenkeelError NO_RUN, OTHER_ACCOUNT; REFUSED for a run of another kind, one that is under way, or a damaged plan
 */
export async function prepareUndo(context: VerbContext, id: string): Promise<Plan> {
  await refuseForeign(context, id);
  const { connection, clock, store, signal } = context;
  const run = await storedRun(context, connection.account, id);
  const { plan } = run.head;
  refuseOther(run);
  await refuseAtWork(context, run);
  const looking = { connection, clock, redact: redactor(await secretKey(store)), signal };
  const touched = touchedBy(run.lines);
  const entered = plan.steps.filter(
    ({ operation, id: step }) => (operation === "quarantine" || operation === "mark") && touched.has(step),
  );
  const judged = await Promise.all(
    entered.map(async (step) => {
      const now = await readNow(looking, step.target);
      return step.operation === "mark" ? unmarkOf(step, id, now) : releaseOf(step, id, now);
    }),
  );
  const steps = judged.filter((each) => "operation" in each);
  const kept = [...judged.filter((each) => !("operation" in each)), ...whatIsLeft(run, store.url)];
  const now = clock.now();
  const draft = {
    schema: PLAN_SCHEMA,
    // The same as the plan's that is undone, so that its runs are told by their names.
    id: plan.id,
    verb: "undo",
    account: plan.account,
    partition: plan.partition,
    createdAt: instant(now),
    expiresAt: instant(now + PLAN_LIFETIME_MS),
    selection: plan.selection,
    coverage: [],
    steps: steps.sort((a, b) => a.stage - b.stage || (a.id < b.id ? -1 : 1)),
    kept: kept.sort((a, b) => (a.target.arn < b.target.arn ? -1 : 1)),
  } as const;
  return { ...draft, digest: planDigest(draft) };
}

/** What an undo has done. */
export interface Undone {
  readonly run: string;
  readonly outcomes: Outcomes;
}

/** @throws EvenkeelError REFUSED for a stale plan, or by a guard; STORE_FAILED before the first change */
export async function executeUndo(context: VerbContext, plan: Plan, pace: Pace = {}): Promise<Undone> {
  refuseStale(plan, context.connection.account, context.clock.now());
  const run = await beforeChanges(() => {
    context.signal.throwIfAborted();
    return beginRun(context, { plan });
  });
  const outcomes = await applyRun(context, run, pace);
  await endRun(context, run, outcomes);
  return { run: run.head.run, outcomes };
}

/** Steps that were begun, whatever became of them: one that failed may have set its tag. */
function touchedBy(lines: readonly JournalLine[]): ReadonlySet<string> {
  const { outcomes, begun } = progressOf(lines);
  const done = [...outcomes].filter(([, { kind }]) => kind === "applied" || kind === "unchanged").map(([step]) => step);
  const intended = lines.flatMap((line) => (line.kind === "intent" ? [line.step] : []));
  return new Set([...done, ...begun, ...intended]);
}

async function readNow(
  looking: Parameters<typeof readRemovable>[0],
  target: Target,
): Promise<Removable | { readonly unread: string } | undefined> {
  try {
    return await readRemovable(looking, target);
  } catch (error) {
    if (!isError(error) || error.code === "CANCELLED") throw error;
    return { unread: error.message };
  }
}

function refuseOther(run: StoredRun): void {
  const { id } = run.summary;
  const { verb, account, budget } = run.head.plan;
  if (!isWhole(run))
    throw refusal(`the plan of run ${id} was edited or damaged: its digest differs`, "`evenkeel runs`");
  refuseReweighting(run.head.plan);
  if (verb === "pause") throw refusal(`run ${id} is a pause, which a resume takes back`, "`evenkeel resume`");
  if (!budget)
    throw refusal(`run ${id} (${verb}) took back something itself`, "make a new plan of what you want instead");
  if (run.summary.state === "running" || run.summary.state === "running?")
    throw refusal(
      `run ${id} of account ${account} is under way, or was a moment ago`,
      `wait for its end: \`evenkeel runs show ${id}\`; on another machine it counts as ended after half an hour of silence`,
    );
}

/** Two undos at once would wait for each other's changes. */
async function refuseAtWork(context: VerbContext, { head: { plan } }: StoredRun): Promise<void> {
  const [other] = await runsAtWork(context, plan.account, runPrefix("undo", plan.id));
  if (other) throw refusal(`run ${other.id} is undoing it just now`, `\`evenkeel runs show ${other.id}\``);
}

function refusal(why: string, hint: string): EvenkeelError {
  return new EvenkeelError("REFUSED", why, { hint, state: "nothing was changed" });
}
