import { EXIT } from "../../model/errors.ts";
import { checksReport } from "../../report/checks.ts";
import { examine } from "../../verbs/doctor/doctor.ts";
import { factsFor } from "../../verbs/types/types.ts";
import type { Action } from "../command.ts";
import { guardsIn } from "../guards.ts";
import type { DOCTOR } from "./doctor.command.ts";

export const run: Action<typeof DOCTOR> = async (frame, { type }) => {
  const { checks, exit } = await examine({
    nodeVersion: frame.around.nodeVersion,
    configPath: frame.configFile?.path,
    storeUrl: frame.settings.store.value,
    types: factsFor(type ?? []),
    protectedAccounts: guardsIn(frame.configFile).protectedAccounts,
    host: frame.host,
    clock: frame.clock,
    signal: frame.signal,
    connect: frame.connect,
    store: frame.store,
  });
  await frame.show(checksReport(checks, exit, frame.symbols));
  if (exit === EXIT.done) frame.next("evenkeel snapshot create");
  else if (exit === EXIT.credentials) frame.next("evenkeel whoami --profile NAME", "evenkeel demo");
  else frame.next("evenkeel iam policy --verb snapshot");
  return exit;
};
