import { parseSelection } from "../../engine/selection.ts";
import { EvenkeelError, EXIT } from "../../model/errors.ts";
import { preparePause } from "../../verbs/pause/pause.ts";
import type { Action } from "../command.ts";
import { DEFAULT_EXPIRY_DAYS, performPause } from "../perform-pause.ts";
import { writePlan } from "../plan-file.ts";
import { planReport } from "../plan-view.ts";
import type { PAUSE } from "./pause.command.ts";

export const run: Action<typeof PAUSE> = async (frame, options) => {
  const selection = frame.selection(options);
  // Before signing in: what is malformed costs no call.
  parseSelection(selection);
  const days = parseDays(options.expires);
  const plan = await preparePause(await frame.online(), { selection, extend: options.extend ?? false });
  if (options.planOut !== undefined) await writePlan(options.planOut, plan);
  const nothing = plan.steps.length === 0;
  if (!options.dryRun && !nothing && options.planOut === undefined) return performPause(frame, plan, days);
  await frame.show(planReport(plan));
  if (nothing) frame.host.tell({ kind: "info", text: "There is nothing to pause." });
  else frame.next(options.planOut === undefined ? "evenkeel pause" : `evenkeel apply ${options.planOut}`);
  return EXIT.done;
};

function parseDays(text: string | undefined): number {
  if (text === undefined) return DEFAULT_EXPIRY_DAYS;
  const days = Number(text.replace(/d$/, ""));
  if (Number.isInteger(days) && days >= 1 && days <= 365) return days;
  throw new EvenkeelError("USAGE", `--expires wants 1 to 365 days, got "${text}"`, { hint: "for example --expires 7" });
}
