import { refuseBreaches } from "../engine/guards.ts";
import type { Pace } from "../engine/run.ts";
import { incomplete } from "../model/coverage.ts";
import { EXIT, type ExitCode, isError } from "../model/errors.ts";
import type { Plan } from "../model/plan.ts";
import { countOf } from "../report/humanise.ts";
import { type RemovalFormat, renderRemoval } from "../report/removal/index.ts";
import { isDone, type RemovalReport, removalReport } from "../report/removal/model.ts";
import { exportPath } from "../store/runs.ts";
import type { DeltaResult } from "../verbs/delta/result.ts";
import { executeRemoval, type Removed } from "../verbs/removal/execute.ts";
import { confirmRemoval } from "./confirm-removal.ts";
import type { Frame } from "./frame.ts";
import { withMaxSteps } from "./guards.ts";
import { writePlan } from "./plan-file.ts";

/** What was typed of confirmation and pace. */
export interface RemovalHow extends Pace {
  readonly account?: string | undefined;
  readonly maxSteps?: number | undefined;
}

/** Of a removal that goes back to a baseline: what differed from it, and a way to look again. */
export interface Baseline {
  readonly delta: DeltaResult;
  again(): Promise<DeltaResult>;
}

export interface Offer extends RemovalHow {
  readonly dryRun?: boolean | undefined;
  readonly planOut?: string | undefined;
  readonly baseline?: Baseline;
}

/** Prints a plan, writes it, or carries it out, as was typed. @throws EvenkeelError REFUSED by a guard */
export async function offerRemoval(
  frame: Frame,
  plan: Plan,
  { dryRun, planOut, baseline, ...how }: Offer,
): Promise<ExitCode> {
  if (planOut !== undefined) await writePlan(planOut, plan);
  const nothing = plan.steps.length === 0;
  if (!dryRun && !nothing && planOut === undefined) return performRemoval(frame, plan, how, baseline);
  await show(frame, removalReport(plan, { delta: baseline?.delta }));
  refuseBreaches(plan, (await frame.online()).guards);
  const seenAll = incomplete(plan.coverage).length === 0;
  const none = seenAll ? "There is nothing to remove." : "Nothing that could be read can be removed.";
  if (nothing) frame.host.tell({ kind: "info", text: none });
  else if (planOut === undefined) frame.nextWithout("--dry-run");
  else frame.next(`evenkeel apply ${planOut}`);
  return seenAll ? EXIT.done : EXIT.partial;
}

/** Asks, removes by a plan, and tells what became of each resource. */
export async function performRemoval(
  frame: Frame,
  plan: Plan,
  how: RemovalHow,
  baseline?: Baseline,
): Promise<ExitCode> {
  const context = withMaxSteps(await frame.enduring(), how.maxSteps);
  await confirmRemoval(frame, plan, context.guards, how.account);
  const removed = await executeRemoval({ ...context, signal: frame.signal }, plan, how);
  return tellRemoved(frame, plan, removed, baseline);
}

/** Tells what became of each resource of a removal, where what is left of it is, and how the account is now. */
export async function tellRemoved(
  frame: Frame,
  plan: Plan,
  { run, outcomes }: Removed,
  baseline?: Baseline,
): Promise<ExitCode> {
  const { url } = await frame.store();
  const done = { run, outcomes, exported: `${url}/${exportPath(plan.account, run)}` };
  const delta = baseline && (await lookAgain(frame, baseline));
  const report = removalReport(plan, { done, delta });
  await show(frame, report);
  const undone = report.items.filter((item) => !isDone(item)).length;
  if (undone > 0)
    frame.host.tell({
      kind: "warning",
      text: `${countOf(undone, "resource")} not done; the reasons are above`,
      hint: "run it again: what is gone is gone, and what is left is looked at anew",
    });
  const isStopped = outcomes.size < plan.steps.length;
  const canUndo = report.items.some((item) => (item.does === "quarantine" || item.does === "mark") && isDone(item));
  frame.next(
    ...(isStopped ? [`evenkeel apply --continue ${run}`] : []),
    ...(canUndo ? [`evenkeel runs undo ${run}`] : []),
    `evenkeel runs show ${run}`,
    "evenkeel delta",
  );
  const unseen = incomplete(plan.coverage).length + (delta?.unseen.length ?? 0);
  return undone > 0 || isStopped || unseen > 0 ? EXIT.partial : EXIT.done;
}

/** What was removed is told in any case: a scan that fails after it takes nothing from that. */
async function lookAgain(frame: Frame, { again }: Baseline): Promise<DeltaResult | undefined> {
  if (frame.signal.aborted) return undefined;
  try {
    return await again();
  } catch (error) {
    if (!isError(error)) throw error;
    frame.host.tell({
      kind: "warning",
      text: `the account could not be compared with the baseline again: ${error.message}`,
      hint: "`evenkeel delta` does that",
    });
    return undefined;
  }
}

async function show(frame: Frame, report: RemovalReport): Promise<void> {
  const format = frame.settings.output.value as RemovalFormat;
  const options = { ...frame.render, all: frame.settings.verbose.value };
  await frame.output.write(await renderRemoval(report, format, options));
}
