import { EvenkeelError, EXIT } from "../../model/errors.ts";
import { shedListReport } from "../../report/shed/list.ts";
import { shedStatusReport } from "../../report/shed/status.ts";
import { openLedger } from "../../verbs/shed/ledger.ts";
import { readStatus } from "../../verbs/shed/status.ts";
import type { Action } from "../command.ts";
import { sameListener, shedContext, shedSetupOf, stateUrlOf } from "../shed-setup.ts";
import type { SHED_STATUS } from "./shed-control.command.ts";

export const run: Action<typeof SHED_STATUS> = async (frame, options, name) => {
  if (options.all) {
    if (name !== undefined)
      throw new EvenkeelError("USAGE", `--all tells of every listener, not of ${name}`, { hint: "give one of them" });
    const ledger = await openLedger(await frame.online(), stateUrlOf(frame, options));
    await frame.show(shedListReport(await ledger.list()));
    return EXIT.done;
  }
  const context = await shedContext(frame, shedSetupOf(frame, options, name));
  const status = await readStatus(context);
  const log = options.log ? await context.ledger.lines(context.settings.listener) : undefined;
  await frame.show(shedStatusReport(status, log));
  const same = sameListener(options, name);
  const isShed = status.state.baseline.length > 0;
  if (isShed) frame.next(`evenkeel shed restore${same}`, `evenkeel shed status${same} --log`);
  else frame.next(`evenkeel shed plan${same}`);
  return status.damage ? EXIT.refused : EXIT.done;
};
