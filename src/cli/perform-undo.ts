import { EvenkeelError, EXIT, type ExitCode } from "../model/errors.ts";
import type { Plan } from "../model/plan.ts";
import { countOf } from "../report/humanise.ts";
import { executeUndo, prepareUndo, type Undone } from "../verbs/runs/undo.ts";
import { confirmPlan } from "./confirm-plan.ts";
import type { Frame } from "./frame.ts";
import { outcomesReport } from "./outcomes-view.ts";
import { planReport } from "./plan-view.ts";

interface UndoHow {
  readonly account?: string | undefined;
  readonly dryRun?: boolean | undefined;
}

/** Plans to take back what a run has put into quarantine, asks, does it, and tells how each step ended. */
export async function performUndo(frame: Frame, id: string, { account, dryRun }: UndoHow): Promise<ExitCode> {
  const context = await frame.online();
  const own = context.connection.account;
  if (account !== undefined && account !== own)
    throw new EvenkeelError("OTHER_ACCOUNT", `--account says ${account}, and you are signed in to ${own}`, {
      hint: "sign in to the account that you mean",
      state: "nothing was changed",
    });
  const plan = await prepareUndo(context, id);
  if (dryRun || plan.steps.length === 0) {
    await frame.show(planReport(plan));
    if (plan.steps.length > 0) frame.nextWithout("--dry-run");
    else frame.host.tell({ kind: "info", text: `Nothing of run ${id} can be taken back; the reasons are above.` });
    return EXIT.done;
  }
  await confirmPlan(frame, plan, context.guards);
  return tellUndone(frame, plan, await executeUndo(await frame.enduring(), plan));
}

/** Tells how each step of an undo ended. */
export async function tellUndone(frame: Frame, plan: Plan, { run, outcomes }: Undone): Promise<ExitCode> {
  await frame.show(outcomesReport(plan, outcomes, { run }));
  const undone = plan.steps.filter(({ id }) => !["applied", "unchanged"].includes(outcomes.get(id)?.kind ?? "")).length;
  if (undone > 0)
    frame.host.tell({
      kind: "warning",
      text: `${countOf(undone, "step")} not done; the reasons are above`,
      hint: "undo the same run again: what is out of quarantine stays so",
    });
  const isStopped = outcomes.size < plan.steps.length;
  frame.next(...(isStopped ? [`evenkeel apply --continue ${run}`] : []), `evenkeel runs show ${run}`);
  return undone > 0 ? EXIT.partial : EXIT.done;
}
