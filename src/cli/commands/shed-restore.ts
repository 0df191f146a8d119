import { EXIT } from "../../model/errors.ts";
import { stepReport } from "../../report/shed/step.ts";
import type { Action } from "../command.ts";
import { giveBack } from "../shed-give-back.ts";
import { carryOut } from "../shed-order.ts";
import { sameListener, shedContext, shedSetupOf } from "../shed-setup.ts";
import type { SHED_RESTORE } from "./shed-control.command.ts";

export const run: Action<typeof SHED_RESTORE> = async (frame, options, name) => {
  const context = await shedContext(frame, shedSetupOf(frame, options, name));
  const made = await carryOut(
    frame,
    context,
    { kind: "restore", now: options.now ?? false },
    { dryRun: options.dryRun },
  );
  if (typeof made === "number") return made;
  const { steps } = made.plan;
  const isLeft = made.state.baseline.length > 0;
  // With a queue its next message goes on.
  const rest = isLeft && !context.schedule ? await giveBack(context, made.state) : { state: made.state, written: 0 };
  await frame.show(stepReport(rest.state, { steps, written: steps.length + rest.written }));
  if (isLeft && context.schedule)
    frame.host.tell({ kind: "info", text: "The queue's messages give the rest back, step by step." });
  frame.next(`evenkeel shed status${sameListener(options, name)}`);
  return EXIT.done;
};
