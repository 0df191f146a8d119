import { parseSelection } from "../../engine/selection.ts";
import { EXIT } from "../../model/errors.ts";
import { deltaAfter } from "../../verbs/restore/after.ts";
import { prepareRestore } from "../../verbs/restore/restore.ts";
import type { Action } from "../command.ts";
import { parsePace } from "../pace.ts";
import { offerRemoval } from "../perform-removal.ts";
import { removalOptions } from "../removal-options.ts";
import { tellNotRolledBack } from "../tell-not-rolled-back.ts";
import type { RESTORE } from "./restore.command.ts";

export const run: Action<typeof RESTORE> = async (frame, options) => {
  const { snapshot, includeUndated = false, account } = options;
  const selection = frame.selection(options);
  // Before signing in: what is malformed costs no call.
  parseSelection(selection);
  const limits = removalOptions(options);
  const how = { ...parsePace(options), account };
  const context = await frame.online();
  const { plan, delta } = await prepareRestore(context, {
    snapshot,
    selection,
    includeUndated,
    prices: options.prices ?? true,
    ...limits,
  });
  tellNotRolledBack(frame.host, delta);
  const baseline = { delta, again: () => deltaAfter(context, { snapshot: delta.before.name, selection }) };
  const { dryRun, planOut } = options;
  const code = await offerRemoval(frame, plan, { ...how, dryRun, planOut, baseline });
  return code === EXIT.done && delta.counts.unknown > 0 ? EXIT.partial : code;
};
