import { EvenkeelError } from "../../model/errors.ts";
import type { Action } from "../command.ts";
import { DEFAULT_EXPIRY_DAYS, performPause } from "../perform-pause.ts";
import { readPlan } from "../plan-file.ts";
import type { APPLY } from "./plan.command.ts";

export const run: Action<typeof APPLY> = async (frame, _options, path) => {
  const plan = await readPlan(path);
  if (plan.verb !== "pause")
    throw new EvenkeelError("USAGE", `a plan of ${plan.verb} can't be applied from a file`, {
      hint: "`evenkeel resume` plans from the live state each time",
    });
  return performPause(frame, plan, DEFAULT_EXPIRY_DAYS);
};
