import { parseSelection } from "../../engine/selection.ts";
import { EXIT } from "../../model/errors.ts";
import { statusReport } from "../../report/status/index.ts";
import { nextCommands } from "../../verbs/status/next.ts";
import { status } from "../../verbs/status/status.ts";
import type { Action } from "../command.ts";
import type { STATUS } from "./status.command.ts";

export const run: Action<typeof STATUS> = async (frame, options) => {
  const { prices = true, idle = true } = options;
  const selection = frame.selection(options);
  // Before signing in: what is malformed costs no call.
  parseSelection(selection);
  const result = await status(await frame.online(), { selection, prices, idle });
  await frame.show(statusReport(result));
  frame.narrow(result.total.resources, "--type databases, --region eu-west-1, --tag env=dev or --id ID");
  frame.next(...nextCommands(result));
  return result.unseen.length > 0 ? EXIT.partial : EXIT.done;
};
