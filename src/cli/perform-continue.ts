import { progressOf } from "../engine/journal.ts";
import { EXIT, type ExitCode } from "../model/errors.ts";
import { countOf } from "../report/humanise.ts";
import { executeContinue, prepareContinue } from "../verbs/runs/continue.ts";
import { confirmPlan } from "./confirm-plan.ts";
import { confirmRemoval } from "./confirm-removal.ts";
import type { Frame } from "./frame.ts";
import { withMaxSteps } from "./guards.ts";
import { outcomesReport } from "./outcomes-view.ts";
import { type How, tellPaused } from "./perform-pause.ts";
import { type RemovalHow, tellRemoved } from "./perform-removal.ts";
import { tellUndone } from "./perform-undo.ts";
import { tellResumed } from "./tell-resumed.ts";

/** Asks, goes on with an interrupted run, and tells how each of its steps ended. */
export async function performContinue(
  frame: Frame,
  id: string,
  how: Omit<How, "days"> & RemovalHow,
): Promise<ExitCode> {
  const context = withMaxSteps(await frame.enduring(), how.maxSteps);
  const continuation = await prepareContinue(context, id);
  const { plan } = continuation.head;
  const done = [...progressOf(continuation.lines).outcomes.values()].filter(
    ({ kind }) => kind === "applied" || kind === "unchanged",
  ).length;
  frame.host.tell({ kind: "info", text: `Run ${id}: ${done} of ${countOf(plan.steps.length, "step")} are done.` });
  if (plan.budget) await confirmRemoval(frame, plan, context.guards, how.account);
  else await confirmPlan(frame, plan, context.guards);
  const ended = await executeContinue(context, continuation, how);
  switch (ended.kind) {
    case "pause":
      return tellPaused(frame, plan, ended);
    case "resume":
      return tellResumed(frame, { record: ended.record, plan }, ended);
    case "other":
      return plan.verb === "undo" ? tellUndone(frame, plan, ended) : tellRemoved(frame, plan, ended);
    case "nothing":
      await frame.show(outcomesReport(plan, ended.outcomes, { record: ended.record.id, run: ended.run }));
      frame.next(`evenkeel runs show ${ended.run}`);
      return EXIT.done;
  }
}
