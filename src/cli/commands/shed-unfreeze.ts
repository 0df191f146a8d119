import { EXIT } from "../../model/errors.ts";
import { stepReport } from "../../report/shed/step.ts";
import type { Action } from "../command.ts";
import { carryOut } from "../shed-order.ts";
import { sameListener, shedContext, shedSetupOf } from "../shed-setup.ts";
import type { SHED_UNFREEZE } from "./shed-control.command.ts";

export const run: Action<typeof SHED_UNFREEZE> = async (frame, options, name) => {
  const context = await shedContext(frame, shedSetupOf(frame, options, name));
  const made = await carryOut(frame, context, { kind: options.accept ? "accept" : "unfreeze" });
  if (typeof made === "number") return made;
  const { steps } = made.plan;
  await frame.show(stepReport(made.state, { steps, written: steps.length }));
  frame.next(`evenkeel shed status${sameListener(options, name)}`);
  return EXIT.done;
};
