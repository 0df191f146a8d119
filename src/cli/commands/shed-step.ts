import { EXIT } from "../../model/errors.ts";
import { stepReport } from "../../report/shed/step.ts";
import type { Action } from "../command.ts";
import { carryOut } from "../shed-order.ts";
import { parseLevel, sameListener, shedContext, shedSetupOf } from "../shed-setup.ts";
import type { SHED_STEP } from "./shed-control.command.ts";

export const run: Action<typeof SHED_STEP> = async (frame, options, name) => {
  const level = parseLevel(options.to);
  const context = await shedContext(frame, shedSetupOf(frame, options, name));
  const made = await carryOut(frame, context, { kind: "shed", level }, { dryRun: options.dryRun });
  if (typeof made === "number") return made;
  const { steps } = made.plan;
  await frame.show(stepReport(made.state, { steps, written: steps.length }));
  if (!context.schedule)
    frame.host.tell({
      kind: "info",
      text: "There is no queue, so that this command makes no further step by itself: the load stays where it is until somebody goes on.",
    });
  const same = sameListener(options, name);
  frame.next(`evenkeel shed status${same}`, `evenkeel shed restore${same}`);
  return EXIT.done;
};
