import { isError } from "../../src/model/errors.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { VerbContext } from "../../src/verbs/context.ts";
import { executePause, preparePause } from "../../src/verbs/pause/pause.ts";
import { executeResume, prepareResume, type Verified } from "../../src/verbs/resume/resume.ts";
import { executeContinue, prepareContinue } from "../../src/verbs/runs/continue.ts";
import { runsOf } from "../../src/verbs/runs/runs.ts";
import { HERE } from "../contract/account.ts";
import type { Act } from "./history.ts";

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
/** A resume that nothing disturbs needs one round; one more for what only then can be begun. */
const ROUNDS = 4;
const LAST_ROUNDS = 12;

/** What a plan says is done, if it says anything. */
export async function runPause(context: VerbContext, plan: Plan): Promise<void> {
  if (plan.steps.length > 0) await executePause(context, plan, context.clock.now() + WEEK_MS);
}

/** What a person does next. */
export async function runAct(context: VerbContext, { verb }: Act): Promise<void> {
  if (verb === "extend")
    return runPause(context, await preparePause(context, { selection: { regions: [HERE] }, extend: true }));
  if (verb === "continue") return continueNewest(context);
  await executeResume(context, await prepareResume(context, undefined));
}

async function continueNewest(context: VerbContext): Promise<void> {
  const run = (await runsOf(context, context.connection.account)).find(({ state }) => state !== "finished");
  if (run) await executeContinue(context, await prepareContinue(context, run.id));
}

/** What a person would be told, and the next command would go on from. Anything else is a failure of ours. */
export function refusal(error: unknown): void {
  if (!isError(error) || error.code === "BUG") throw error;
}

/** Resumes until nothing is armed, and in the end takes what a stranger did as it is. Gives what the last one told. */
export async function lastResume(context: VerbContext, clock: VerbContext["clock"]): Promise<Told> {
  let told: Told = { record: "", verified: [] };
  for (let round = 1; round <= LAST_ROUNDS; round++) {
    try {
      const prepared = await prepareResume(context, undefined);
      const { verified } = await executeResume(context, prepared, round > ROUNDS);
      told = { record: prepared.record.id, verified };
    } catch (error) {
      if (isError(error) && error.code === "NO_RECORD") return told;
      throw error;
    }
    await clock.sleep(HOUR_MS);
  }
  return told;
}

/** What a resume tells in the end, and the record that it is of. */
interface Told {
  readonly record: string;
  readonly verified: readonly Verified[];
}
