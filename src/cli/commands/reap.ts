import { BUILT_IN } from "../../verbs/reap/policies.ts";
import { parseReap, prepareReap } from "../../verbs/reap/reap.ts";
import type { Action } from "../command.ts";
import { parsePace } from "../pace.ts";
import { offerRemoval } from "../perform-removal.ts";
import { policiesIn } from "../policies.ts";
import { removalOptions } from "../removal-options.ts";
import type { REAP } from "./reap.command.ts";

export const run: Action<typeof REAP> = async (frame, options) => {
  const { policy, keyPattern, maxInstanceAge, maxResourceAge, batchSize = 1, account, dryRun, planOut } = options;
  const request = {
    policies: policy ?? [BUILT_IN],
    written: policiesIn(frame.configFile),
    packer: { keyPattern, maxInstanceAge, maxResourceAge },
    selection: frame.selection(options),
    prices: options.prices ?? true,
    ...removalOptions(options),
  };
  // Before signing in: what is malformed costs no call.
  parseReap(request);
  const how = { ...parsePace({ batchSize }), account };
  const plan = await prepareReap(await frame.online(), request);
  return offerRemoval(frame, plan, { ...how, dryRun, planOut });
};
