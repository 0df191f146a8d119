import { refuseBreaches } from "../engine/guards.ts";
import type { Pace } from "../engine/run.ts";
import { incomplete } from "../model/coverage.ts";
import { EXIT, type ExitCode } from "../model/errors.ts";
import type { Plan } from "../model/plan.ts";
import { countOf } from "../report/humanise.ts";
import { executePause, type Paused, refuseStale } from "../verbs/pause/pause.ts";
import { earlyRestarts } from "../verbs/records/expiry.ts";
import { confirmPlan } from "./confirm-plan.ts";
import type { Frame } from "./frame.ts";
import { withMaxSteps } from "./guards.ts";
import { outcomesReport } from "./outcomes-view.ts";
import { writePlan } from "./plan-file.ts";
import { planReport } from "./plan-view.ts";
import type { Expiry } from "./record-options.ts";

const DAY_MS = 24 * 3_600_000;

/** What was typed of pace, budget and the record's expiry. */
export interface How extends Pace, Expiry {
  readonly maxSteps?: number | undefined;
  /** What a verb tells machines besides. */
  readonly also?: (done: Paused) => Readonly<Record<string, unknown>>;
}

interface Offer extends How {
  readonly dryRun?: boolean | undefined;
  readonly planOut?: string | undefined;
}

/** Prints a plan, writes it, or carries it out, as was typed; of one without steps no record is made. */
export async function offerPause(frame: Frame, plan: Plan, { dryRun, planOut, ...how }: Offer): Promise<ExitCode> {
  if (planOut !== undefined) await writePlan(planOut, plan);
  const nothing = plan.steps.length === 0;
  if (!dryRun && !nothing && planOut === undefined) return performPause(frame, plan, how);
  await frame.show(planReport(plan));
  refuseBreaches(plan, withMaxSteps(await frame.online(), how.maxSteps).guards);
  const seenAll = incomplete(plan.coverage).length === 0;
  const none = seenAll ? "There is nothing to pause." : "Nothing that could be read can be paused.";
  if (nothing) frame.host.tell({ kind: "info", text: none });
  else if (planOut === undefined) frame.nextWithout("--dry-run");
  else frame.next(`evenkeel apply ${planOut}`);
  return seenAll ? EXIT.done : EXIT.partial;
}

/** Asks, pauses by a plan, and tells how each step ended. */
export async function performPause(frame: Frame, plan: Plan, how: How): Promise<ExitCode> {
  const context = withMaxSteps(await frame.enduring(), how.maxSteps);
  refuseStale(plan, context.connection.account, frame.clock.now());
  tellRestarts(frame, plan, how.days);
  await confirmPlan(frame, plan, context.guards);
  const paused = await executePause(context, plan, frame.clock.now() + how.days * DAY_MS, how);
  return tellPaused(frame, plan, paused, how.also?.(paused));
}

/** What AWS does by itself before the record expires is no surprise then. */
function tellRestarts({ host }: Frame, plan: Plan, days: number): void {
  for (const early of earlyRestarts(plan, days * DAY_MS))
    host.tell({
      kind: "warning",
      text: `AWS starts ${countOf(early.count, early.title)} again by itself after ${early.days} days, before the record expires in ${days}: from then on it is paid for again`,
      hint: `--expires ${early.days}, or resume and pause again within ${early.days} days`,
    });
}

/** Tells how each step of a pause ended, and what a person might do next. */
export async function tellPaused(
  frame: Frame,
  plan: Plan,
  { record, run, outcomes }: Paused,
  also: Readonly<Record<string, unknown>> = {},
): Promise<ExitCode> {
  await frame.show(outcomesReport(plan, outcomes, { ...also, record: record.id, run }));
  const undone = [...outcomes.values()].filter(({ kind }) => kind !== "applied" && kind !== "unchanged").length;
  if (undone > 0)
    frame.host.tell({
      kind: "warning",
      text: `${countOf(undone, "step")} not done; the reasons are above`,
      hint: "what was paused is in the record",
    });
  const isStopped = outcomes.size < plan.steps.length;
  frame.next(
    ...(isStopped ? [`evenkeel apply --continue ${run}`] : []),
    `evenkeel resume --record ${record.id}`,
    `evenkeel runs show ${run}`,
  );
  return undone > 0 || incomplete(plan.coverage).length > 0 ? EXIT.partial : EXIT.done;
}
