import { EvenkeelError, isError } from "../model/errors.ts";
import type { ShedState } from "../model/shed.ts";
import type { ShedContext } from "../verbs/shed/context.ts";
import { foreignRefusal } from "../verbs/shed/orders.ts";
import { makeStep } from "../verbs/shed/step.ts";
import { patiently, standOf } from "./shed-order.ts";

/** Failures of one step after which a person has to look. */
const ATTEMPTS = 3;

/**
 * Goes on giving back, step by step at the restore delay, until the baseline stands again. Stopped between two steps, it
 * stands at a whole one.
 * @returns how it stands, and how many rules were written
 * @throws EvenkeelError REFUSED when somebody else has frozen it or goes on with it, or has written weights; what a step
 *   throws for the third time
 */
export async function giveBack(
  context: ShedContext,
  first: ShedState,
): Promise<{ readonly state: ShedState; readonly written: number }> {
  const { settings, clock, host, signal } = context;
  let state = first;
  let written = 0;
  let failures = 0;
  const total = stepsLeft(state, settings.restorePercent);
  const tell = () => {
    const done = total - Math.min(total, stepsLeft(state, settings.restorePercent));
    host.tell({ kind: "progress", task: "give back", done, total, at: `${state.degree.level} % shed, ${state.why}` });
  };
  while (state.baseline.length > 0) {
    tell();
    const due = state.dueAt === undefined ? clock.now() : Date.parse(state.dueAt);
    const again = failures > 0 ? settings.restoreDelaySeconds * 1000 : 0;
    await clock.sleep(Math.max(again, due - clock.now()), signal);
    try {
      const { generation } = state;
      const end = await patiently(context, () => makeStep(context, { by: "message", generation }));
      failures = 0;
      if (end.kind === "dropped") state = await movedOn(context, end.why);
      else {
        state = end.state;
        written += end.plan.steps.length;
        if (end.decision.phase === "lost") throw foreignRefusal(end.decision.why);
      }
    } catch (error) {
      const mayPass = isError(error, "NOT_SHED", "THROTTLED", "NETWORK", "AWS_FAILED");
      if (!mayPass || ++failures === ATTEMPTS) throw error;
      host.tell({ kind: "warning", text: `the step is tried again: ${error.message}` });
    }
  }
  if (total > 0) tell();
  return { state, written };
}

/** Whoever has given all back meanwhile has done what was wanted. */
async function movedOn(context: ShedContext, why: string): Promise<ShedState> {
  const stand = await standOf(context);
  if (stand.baseline.length === 0 && stand.phase === "idle") return stand;
  throw new EvenkeelError("REFUSED", `somebody else goes on with it: ${why}`, {
    hint: "`evenkeel shed status` tells how it stands; `evenkeel shed restore` goes on",
    state: `${stand.degree.level} % are shed, at a whole step`,
  });
}

function stepsLeft({ degree, baseline }: ShedState, restorePercent: number): number {
  return baseline.length === 0 ? 0 : Math.max(1, Math.ceil(degree.level / restorePercent));
}
