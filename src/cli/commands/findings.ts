import { EXIT } from "../../model/errors.ts";
import { findingsReport } from "../../report/findings/index.ts";
import { checkFindings, findings } from "../../verbs/findings/findings.ts";
import { nextCommands } from "../../verbs/findings/next.ts";
import type { Action } from "../command.ts";
import type { FINDINGS } from "./findings.command.ts";

/** Exit code: 5 = something could not be read, 7 = findings and `--exit-code`, else 0. */
export const run: Action<typeof FINDINGS> = async (frame, options) => {
  const { rule, excludeRule, min, prices = true, exitCode = false } = options;
  const request = { selection: frame.selection(options), rule, excludeRule, min, prices };
  // Before signing in: what is malformed costs no call.
  checkFindings(request);
  const result = await findings(await frame.online(), request);
  await frame.show(findingsReport(result));
  frame.narrow(result.total.findings, "--rule unattached-volume, --min 5, --type network or --region eu-west-1");
  frame.next(...nextCommands(result));
  if (result.unseen.length > 0 || result.unjudged.some(({ kind }) => kind === "unread")) return EXIT.partial;
  return exitCode && result.total.findings > 0 ? EXIT.changes : EXIT.done;
};
