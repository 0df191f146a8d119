import { parseSelection } from "../../engine/selection.ts";
import { EvenkeelError, EXIT } from "../../model/errors.ts";
import { countOf } from "../../report/humanise.ts";
import { executePause, preparePause } from "../../verbs/pause/pause.ts";
import type { Action } from "../command.ts";
import { confirmPlan } from "../confirm-plan.ts";
import { outcomesReport } from "../outcomes-view.ts";
import { planReport } from "../plan-view.ts";
import type { PAUSE } from "./pause.command.ts";

const DAY_MS = 24 * 3_600_000;
const DEFAULT_DAYS = 7;

export const run: Action<typeof PAUSE> = async (frame, options) => {
  const selection = frame.selection(options);
  // Before signing in: what is malformed costs no call.
  parseSelection(selection);
  const days = parseDays(options.expires);
  const context = await frame.online();
  const plan = await preparePause(context, { selection, extend: options.extend ?? false });
  const nothing = plan.steps.length === 0;
  if (options.dryRun || nothing) {
    await frame.show(planReport(plan));
    if (nothing) frame.host.tell({ kind: "info", text: "There is nothing to pause." });
    return EXIT.done;
  }
  await confirmPlan(frame, plan);
  const { record, outcomes } = await executePause(context, plan, frame.clock.now() + days * DAY_MS);
  await frame.show(outcomesReport(plan, outcomes, { record: record.id }));
  const undone = [...outcomes.values()].filter(({ kind }) => kind !== "applied" && kind !== "unchanged").length;
  if (undone > 0)
    frame.host.tell({
      kind: "warning",
      text: `${countOf(undone, "step")} were not done; the reasons are above`,
      hint: "what was paused is in the record",
    });
  frame.next("evenkeel resume", "evenkeel records");
  return undone > 0 ? EXIT.partial : EXIT.done;
};

function parseDays(text: string | undefined): number {
  if (text === undefined) return DEFAULT_DAYS;
  const days = Number(text.replace(/d$/, ""));
  if (Number.isInteger(days) && days >= 1 && days <= 365) return days;
  throw new EvenkeelError("USAGE", `--expires wants 1 to 365 days, got "${text}"`, { hint: "for example --expires 7" });
}
