import { parseDate, parseSelection } from "../../engine/selection.ts";
import { delta } from "../../verbs/delta/delta.ts";
import type { Action } from "../command.ts";
import { tellDelta } from "../tell-delta.ts";
import type { DELTA } from "./delta.command.ts";

export const run: Action<typeof DELTA> = async (frame, options) => {
  const { snapshot, to, since, change, who } = options;
  const selection = frame.selection(options);
  // Before signing in: what is malformed costs no call.
  parseSelection(selection);
  parseDate("--since", since);
  const result = await delta(await frame.online(), {
    selection,
    ...(snapshot === undefined ? {} : { snapshot }),
    ...(to === undefined ? {} : { to }),
    ...(since === undefined ? {} : { since }),
    ...(change === undefined ? {} : { changes: change }),
    ...(who === undefined ? {} : { who }),
  });
  return tellDelta(frame, result, options.exitCode ?? false);
};
