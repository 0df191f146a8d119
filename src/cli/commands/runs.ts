import { EvenkeelError, EXIT, type ExitCode } from "../../model/errors.ts";
import { runReport, runsReport } from "../../report/runs.ts";
import { type RunSummary, runDetails, runsOf } from "../../verbs/runs/runs.ts";
import { snapshotAccount } from "../account.ts";
import type { Action } from "../command.ts";
import type { Frame } from "../frame.ts";
import { warnOverdue } from "../overdue.ts";
import { performUndo } from "../perform-undo.ts";
import type { RUNS } from "./runs.command.ts";

export const run: Action<typeof RUNS> = async (frame, options, action, id) => {
  const isKnown = action === "show" || action === "undo";
  if (action !== undefined && (!isKnown || id === undefined))
    throw new EvenkeelError("USAGE", isKnown ? "RUN is missing" : `"${action}" is one argument too many`, {
      hint: "`evenkeel runs` lists all, `evenkeel runs show RUN` shows one, `evenkeel runs undo RUN` takes it back",
    });
  if (options.dryRun && action !== "undo")
    throw new EvenkeelError("USAGE", "--dry-run belongs to `evenkeel runs undo RUN`", {
      hint: "listing and showing runs changes nothing",
    });
  if (action === "undo") return performUndo(frame, id ?? "", options);
  const account = await snapshotAccount(frame, options.account, "offline");
  const context = { store: await frame.store(), clock: frame.clock };
  await warnOverdue(frame, account);
  if (id !== undefined) {
    const details = await runDetails(context, account, id);
    await frame.show(runReport(details));
    return ended(frame, [details.summary]);
  }
  const runs = await runsOf(context, account);
  await frame.show(runsReport(runs));
  frame.narrow(runs.length, "`evenkeel runs show RUN`");
  return ended(frame, runs);
};

/** Says how to go on with the newest run that can be gone on with. */
function ended(frame: Frame, runs: readonly RunSummary[]): ExitCode {
  for (const { id, damaged } of runs)
    if (damaged.length > 0)
      frame.host.tell({
        kind: "warning",
        text: `lines ${damaged.join(", ")} of the journal of ${id} are damaged; the rest is shown`,
      });
  const [newest] = runs;
  if (newest?.state === "interrupted" || newest?.state === "not begun")
    frame.next(`evenkeel apply --continue ${newest.id}`, "evenkeel resume");
  else if (newest && runs.length > 1) frame.next(`evenkeel runs show ${newest.id}`);
  return EXIT.done;
}
