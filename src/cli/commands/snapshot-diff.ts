import { diffSnapshots } from "../../verbs/delta/delta.ts";
import { snapshotAccount } from "../account.ts";
import type { Action } from "../command.ts";
import { tellDelta } from "../tell-delta.ts";
import type { SNAPSHOT_DIFF } from "./snapshot.command.ts";

export const run: Action<typeof SNAPSHOT_DIFF> = async (frame, options, before, after) => {
  const account = await snapshotAccount(frame, options.account, "offline");
  const result = await diffSnapshots({ ...(await frame.offline()), account }, before, after);
  return tellDelta(frame, result, options.exitCode ?? false);
};
