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
import type { Expiry } from "./record-options.ts";

const DAY_MS = 24 * 3_600_000;
/** What was typed of pace, budget and the record's expiry. */
export interface How extends Pace, Expiry {
  readonly maxSteps?: number | undefined;
}

/** Asks, pauses by a plan, and tells how each step ended. */
export async function performPause(frame: Frame, plan: Plan, how: How): Promise<ExitCode> {
  const context = withMaxSteps(await frame.enduring(), how.maxSteps);
  refuseStale(plan, context.connection.account, frame.clock.now());
  tellRestarts(frame, plan, how.days);
  await confirmPlan(frame, plan, context.guards);
  return tellPaused(frame, plan, await executePause(context, plan, frame.clock.now() + how.days * DAY_MS, how));
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
export async function tellPaused(frame: Frame, plan: Plan, { record, run, outcomes }: Paused): Promise<ExitCode> {
  await frame.show(outcomesReport(plan, outcomes, { record: record.id, run }));
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
    "evenkeel resume",
    `evenkeel runs show ${run}`,
  );
  return undone > 0 || incomplete(plan.coverage).length > 0 ? EXIT.partial : EXIT.done;
}
