import { EXIT, type ExitCode } from "../model/errors.ts";
import type { Plan } from "../model/plan.ts";
import { countOf } from "../report/humanise.ts";
import { executePause, refuseStale } from "../verbs/pause/pause.ts";
import { confirmPlan } from "./confirm-plan.ts";
import type { Frame } from "./frame.ts";
import { outcomesReport } from "./outcomes-view.ts";

const DAY_MS = 24 * 3_600_000;
/** After a week AWS itself starts stopped databases again. */
export const DEFAULT_EXPIRY_DAYS = 7;

/** Asks, pauses by a plan, and tells how each step ended. */
export async function performPause(frame: Frame, plan: Plan, days: number): Promise<ExitCode> {
  const context = await frame.enduring();
  refuseStale(plan, context.connection.account, frame.clock.now());
  await confirmPlan(frame, plan);
  const { record, outcomes } = await executePause(context, plan, frame.clock.now() + days * DAY_MS);
  await frame.show(outcomesReport(plan, outcomes, { record: record.id }));
  const undone = [...outcomes.values()].filter(({ kind }) => kind !== "applied" && kind !== "unchanged").length;
  if (undone > 0)
    frame.host.tell({
      kind: "warning",
      text: `${countOf(undone, "step")} not done; the reasons are above`,
      hint: "what was paused is in the record",
    });
  frame.next("evenkeel resume", "evenkeel records");
  return undone > 0 ? EXIT.partial : EXIT.done;
}
