import { refuseBreaches } from "../../engine/guards.ts";
import { parseSelection } from "../../engine/selection.ts";
import { incomplete } from "../../model/coverage.ts";
import { EXIT } from "../../model/errors.ts";
import { preparePause } from "../../verbs/pause/pause.ts";
import { parseWays } from "../../verbs/pause/ways.ts";
import type { Action } from "../command.ts";
import { parseMaxSteps, withMaxSteps } from "../guards.ts";
import { modeNamed } from "../modes.ts";
import { warnOverdue } from "../overdue.ts";
import { parsePace } from "../pace.ts";
import { performPause } from "../perform-pause.ts";
import { writePlan } from "../plan-file.ts";
import { planReport } from "../plan-view.ts";
import { checkBackup, parseExpiry } from "../record-options.ts";
import type { PAUSE } from "./pause.command.ts";

export const run: Action<typeof PAUSE> = async (frame, options) => {
  const mode = options.mode === undefined ? undefined : modeNamed(frame.configFile, options.mode);
  const selection = { ...mode?.pause, ...frame.selection(options) };
  // Before signing in: what is malformed costs no call.
  parseSelection(selection);
  parseWays(options.way ?? []);
  checkBackup(frame.settings);
  const how = { ...parsePace(options), ...parseExpiry(options), maxSteps: parseMaxSteps(options.maxSteps) };
  const request = {
    selection,
    extend: options.extend ?? false,
    ways: options.way ?? [],
    prices: options.prices ?? true,
    ...(mode ? { mode } : {}),
  };
  const context = withMaxSteps(await frame.online(), how.maxSteps);
  await warnOverdue(frame, context.connection.account);
  const plan = await preparePause(context, request);
  if (options.planOut !== undefined) await writePlan(options.planOut, plan);
  const nothing = plan.steps.length === 0;
  if (!options.dryRun && !nothing && options.planOut === undefined) return performPause(frame, plan, how);
  await frame.show(planReport(plan));
  refuseBreaches(plan, context.guards);
  const seenAll = incomplete(plan.coverage).length === 0;
  const none = seenAll ? "There is nothing to pause." : "Nothing that could be read can be paused.";
  if (nothing) frame.host.tell({ kind: "info", text: none });
  else if (options.planOut === undefined) frame.nextWithout("--dry-run");
  else frame.next(`evenkeel apply ${options.planOut}`);
  return seenAll ? EXIT.done : EXIT.partial;
};
