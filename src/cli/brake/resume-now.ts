import { EvenkeelError, EXIT, type ExitCode } from "../../model/errors.ts";
import { countOf } from "../../report/humanise.ts";
import { executeResume, prepareResume } from "../../verbs/resume/resume.ts";
import { confirmPlan } from "../confirm-plan.ts";
import type { Frame } from "../frame.ts";
import { planReport } from "../plan-view.ts";
import { tellResumed } from "../tell-resumed.ts";
import { begun } from "./begun.ts";
import { isApplied } from "./paused-view.ts";
import { stageHost } from "./stage-host.ts";

/** Puts back what the newest armed record holds. */
export async function resumeNow(frame: Frame, dryRun: boolean): Promise<ExitCode> {
  const context = await frame.online();
  const prepared = await prepareResume(context, undefined);
  const { plan, record } = prepared;
  if (dryRun) {
    await frame.show(planReport(plan));
    if (plan.steps.length > 0) frame.nextWithout("--dry-run");
    return EXIT.done;
  }
  if (plan.steps.length > 0) await confirmPlan(frame, plan, context.guards);
  const enduring = await frame.enduring();
  const staged = { ...enduring, host: stageHost(frame.host, plan) };
  const resumed = await begun(frame, record.id, () => executeResume(staged, prepared));
  const code = await tellResumed(frame, prepared, resumed);
  if (!frame.signal.aborted) return code;
  const done = plan.steps.filter(({ id }) => isApplied(resumed.outcomes.get(id))).length;
  throw new EvenkeelError("CANCELLED", "stopped by you", {
    state: `${done} of ${countOf(plan.steps.length, "resource")} are back; record ${record.id} stays armed for the rest.`,
    hint: "`aws-hit-breaks --resume` goes on",
  });
}
