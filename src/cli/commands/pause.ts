import { parseSelection } from "../../engine/selection.ts";
import { preparePause } from "../../verbs/pause/pause.ts";
import { parseWays } from "../../verbs/pause/ways.ts";
import type { Action } from "../command.ts";
import { parseMaxSteps, withMaxSteps } from "../guards.ts";
import { modeNamed } from "../modes.ts";
import { warnOverdue } from "../overdue.ts";
import { parsePace } from "../pace.ts";
import { offerPause } from "../perform-pause.ts";
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
  return offerPause(frame, plan, { ...how, dryRun: options.dryRun, planOut: options.planOut });
};
