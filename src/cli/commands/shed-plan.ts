import { EXIT } from "../../model/errors.ts";
import { foreseenReport } from "../../report/shed/step.ts";
import { foresee } from "../../verbs/shed/foresee.ts";
import { levelsAhead } from "../../verbs/shed/levels.ts";
import type { Action } from "../command.ts";
import { standOf } from "../shed-order.ts";
import { parseLevel, sameListener, shedContext, shedSetupOf } from "../shed-setup.ts";
import type { SHED_PLAN } from "./shed-control.command.ts";

export const run: Action<typeof SHED_PLAN> = async (frame, options, name) => {
  const level = parseLevel(options.to);
  const context = await shedContext(frame, shedSetupOf(frame, options, name));
  const order = level === undefined ? undefined : { kind: "shed" as const, level };
  const ahead = await foresee(context, await standOf(context), order);
  await frame.show(foreseenReport(ahead, levelsAhead(ahead.basis)));
  const to = level === undefined ? "" : ` --to ${level}`;
  frame.next(`evenkeel shed step${sameListener(options, name)}${to}`);
  return EXIT.done;
};
