import { EXIT } from "../../model/errors.ts";
import { recordsReport } from "../../report/records.ts";
import { checkStoreUrl } from "../../store/open.ts";
import { isOverdue } from "../../verbs/records/expiry.ts";
import { recordsIn } from "../../verbs/records/find.ts";
import type { Action } from "../command.ts";
import { tellOverdue } from "../overdue.ts";
import { tellDamage } from "../tell-damage.ts";
import type { RECORDS } from "./pause.command.ts";

export const run: Action<typeof RECORDS> = async (frame, { due = false, exitCode = false, from }) => {
  if (from !== undefined) checkStoreUrl(from, "--from");
  const context = await frame.online();
  const all = await recordsIn(context, from === undefined ? undefined : await frame.storeAt(from));
  const now = frame.clock.now();
  const overdue = all.filter((each) => isOverdue(each, now));
  const shown = due ? overdue : all;
  await frame.show(recordsReport(shown, now, { due }));
  tellOverdue(frame, overdue);
  for (const known of shown) if (known.armed) tellDamage(frame.host, known);
  if (all.some(({ armed }) => armed))
    frame.next(from === undefined ? "evenkeel resume" : `evenkeel resume --from ${from}`);
  return exitCode && overdue.length > 0 ? EXIT.changes : EXIT.done;
};
