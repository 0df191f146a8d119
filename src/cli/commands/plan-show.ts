import { EXIT } from "../../model/errors.ts";
import type { Action } from "../command.ts";
import { readPlan } from "../plan-file.ts";
import { planReport } from "../plan-view.ts";
import type { PLAN_SHOW } from "./plan.command.ts";

export const run: Action<typeof PLAN_SHOW> = async (frame, _options, path) => {
  await frame.show(planReport(await readPlan(path), frame.settings.verbose.value));
  frame.next(`evenkeel apply ${path}`);
  return EXIT.done;
};
