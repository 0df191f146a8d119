import { refuseReweighting } from "../../engine/weights-executor.ts";
import { EvenkeelError } from "../../model/errors.ts";
import { refuseStale } from "../../verbs/pause/pause.ts";
import { refuseProtected } from "../../verbs/pause/protection.ts";
import type { Action } from "../command.ts";
import { parseMaxSteps } from "../guards.ts";
import { parsePace } from "../pace.ts";
import { performContinue } from "../perform-continue.ts";
import { performPause } from "../perform-pause.ts";
import { performRemoval } from "../perform-removal.ts";
import { readPlan } from "../plan-file.ts";
import { checkBackup, parseExpiry } from "../record-options.ts";
import type { APPLY } from "./plan.command.ts";

export const run: Action<typeof APPLY> = async (frame, options, path) => {
  const how = { ...parsePace(options), ...parseExpiry(options), maxSteps: parseMaxSteps(options.maxSteps) };
  checkBackup(frame.settings);
  if ((path === undefined) === (options.continue === undefined))
    throw new EvenkeelError("USAGE", "give either PLAN or --continue RUN", {
      hint: "for example `evenkeel apply friday.json`; `evenkeel runs` lists the runs",
    });
  if (options.continue !== undefined)
    return performContinue(frame, options.continue, { ...how, account: options.account });
  const plan = await readPlan(path ?? "");
  refuseReweighting(plan);
  if (plan.budget) return performRemoval(frame, plan, { ...how, account: options.account });
  if (plan.verb !== "pause")
    throw new EvenkeelError("USAGE", `a plan of ${plan.verb} can't be applied from a file`, {
      hint: "`evenkeel resume` plans from the live state each time",
    });
  refuseStale(plan, (await frame.connect()).account, frame.clock.now());
  await refuseProtected(await frame.online(), plan);
  return performPause(frame, plan, how);
};
