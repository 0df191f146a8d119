import { EXIT } from "../../model/errors.ts";
import { stepReport } from "../../report/shed/step.ts";
import type { Action } from "../command.ts";
import { carryOut } from "../shed-order.ts";
import { sameListener, shedContext, shedSetupOf } from "../shed-setup.ts";
import type { SHED_FREEZE } from "./shed-control.command.ts";

export const run: Action<typeof SHED_FREEZE> = async (frame, options, name) => {
  const context = await shedContext(frame, shedSetupOf(frame, options, name));
  const made = await carryOut(frame, context, { kind: "freeze" });
  if (typeof made === "number") return made;
  await frame.show(stepReport(made.state, { steps: [], written: 0 }));
  const same = sameListener(options, name);
  frame.next(`evenkeel shed unfreeze${same}`, `evenkeel shed restore --now${same}`);
  return EXIT.done;
};
