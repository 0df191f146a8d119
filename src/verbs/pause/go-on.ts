import type { Pace } from "../../engine/run.ts";
import { isError } from "../../model/errors.ts";
import { runPrefix } from "../../store/runs.ts";
import type { VerbContext } from "../context.ts";
import { isDue } from "../records/expiry.ts";
import { knownRecords } from "../records/known.ts";
import { type Continued, executeContinue, prepareContinue } from "../runs/continue.ts";
import { hasLeft } from "../runs/refusals.ts";
import { type RunSummary, runsOf } from "../runs/runs.ts";

/** A pause that was gone on with. */
export type PauseContinued = Extract<Continued, { readonly kind: "pause" }>;

interface GoingOn extends Pace {
  /** What has failed is tried again, too; absent = only what was cut off is brought to its end. */
  readonly retries?: boolean;
}

/**
 * Goes on with what earlier runs of this very function were to pause and did not: their records hold it, so that it is in no
 * later plan. What others have begun is theirs, and so is what a resume has begun to put back.
 * @throws what carrying out throws; a run that is refused is told and left
 */
export async function goOn(
  context: VerbContext,
  { retries = false, ...pace }: GoingOn = {},
): Promise<PauseContinued[]> {
  const { connection, host, clock, signal } = context;
  const { account } = connection;
  const done: PauseContinued[] = [];
  const armed = (await knownRecords(context, account)).filter((each) => each.armed && !isDue(each, clock.now()));
  for (const { id } of armed)
    for (const run of await runsOf(context, account, runPrefix("pause", id))) {
      if (!isOwn(run, connection.caller) || !isOpen(run, retries) || signal.aborted) continue;
      try {
        const ended = await executeContinue(context, await prepareContinue(context, run.id), pace);
        if (ended.kind === "pause") done.push(ended);
      } catch (error) {
        if (!isError(error, "REFUSED", "NO_RUN")) throw error;
        host.tell({ kind: "warning", text: `run ${run.id} is not gone on with: ${error.message}` });
      }
    }
  return done;
}

/** Begun by this very function, whose role session has its name. It is never at work twice at once. */
function isOwn({ begins }: RunSummary, caller: string): boolean {
  const last = begins.at(-1);
  return last?.from.where === "function" && last.caller === caller;
}

function isOpen(run: RunSummary, retries: boolean): boolean {
  const isCut = run.state === "interrupted" || run.state === "running?";
  return isCut || (retries && run.state === "finished" && hasLeft(run));
}
