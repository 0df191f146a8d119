import { EvenkeelError } from "../../model/errors.ts";
import type { Plan } from "../../model/plan.ts";
import type { Paused } from "../../verbs/pause/pause.ts";
import { BUILT_IN } from "../../verbs/reap/policies.ts";
import { prepareReap } from "../../verbs/reap/reap.ts";
import { parseReap } from "../../verbs/reap/request.ts";
import { reapResult } from "../../verbs/reap/result.ts";
import type { Action, Given } from "../command.ts";
import { refuseOther } from "../confirm-removal.ts";
import type { Frame } from "../frame.ts";
import { parseMaxSteps, withMaxSteps } from "../guards.ts";
import { OUTPUTS } from "../options.ts";
import { warnOverdue } from "../overdue.ts";
import { parsePace } from "../pace.ts";
import { offerPause } from "../perform-pause.ts";
import { offerRemoval } from "../perform-removal.ts";
import { policiesIn } from "../policies.ts";
import { checkBackup, parseExpiry } from "../record-options.ts";
import { removalOptions } from "../removal-options.ts";
import type { REAP } from "./reap.command.ts";

type Options = Given<(typeof REAP)["options"]>;

export const run: Action<typeof REAP> = async (frame, options) => {
  const { policy, keyPattern, maxInstanceAge, maxResourceAge, confirmRuns, account, dryRun, planOut } = options;
  const request = {
    policies: policy ?? [BUILT_IN],
    written: policiesIn(frame.configFile),
    packer: { keyPattern, maxInstanceAge, maxResourceAge },
    confirmRuns,
    selection: frame.selection(options),
    prices: options.prices ?? true,
    ...removalOptions(options),
  };
  // Before signing in: what is malformed costs no call.
  const { does } = parseReap(request);
  const pausing = does === "pause" ? pausingHow(frame, options) : refuseForRemovals(options);
  const { batchSize = 1 } = options;
  const how = parsePace(pausing ? options : { batchSize });
  const context = withMaxSteps(await frame.online(), pausing?.maxSteps);
  if (pausing) await warnOverdue(frame, context.connection.account);
  const plan = await prepareReap(context, request);
  if (!pausing) return offerRemoval(frame, plan, { ...how, account, dryRun, planOut });
  refuseOther(plan, account);
  const also = (done: Paused) => ({ reap: toldOf(plan, done, frame) });
  return offerPause(frame, plan, { ...how, ...pausing, dryRun, planOut, also });
};

/** @throws EvenkeelError USAGE: nothing has been called then */
function pausingHow(frame: Frame, options: Options) {
  const { value } = frame.settings.output;
  if (!OUTPUTS.some((each) => each === value))
    throw new EvenkeelError("USAGE", `a pause can't be told as ${value}`, { hint: `--output ${OUTPUTS.join(" or ")}` });
  checkBackup(frame.settings);
  return { ...parseExpiry(options), maxSteps: parseMaxSteps(options.maxSteps) };
}

/** An option that has no effect would be taken for one that has. @throws EvenkeelError USAGE */
function refuseForRemovals({ expires, onExpiry, backup, maxSteps }: Options): undefined {
  const given = { "--expires": expires, "--on-expiry": onExpiry, "--backup": backup, "--max-steps": maxSteps };
  const [option] = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (option !== undefined)
    throw new EvenkeelError("USAGE", `${option} is for policies that pause, and none of these does`, {
      hint: "leave it out; --max-removals limits a removal",
    });
}

/** What is kept stands in the plan. */
function toldOf(plan: Plan, { outcomes }: Paused, { clock }: Frame) {
  const { kept: _, ...told } = reapResult(plan, outcomes, clock.now());
  return told;
}
