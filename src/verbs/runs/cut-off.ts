import type { Outcomes } from "../../engine/apply.ts";
import { parseJournal, progressOf } from "../../engine/journal.ts";
import type { Outcome, Plan } from "../../model/plan.ts";
import { listRuns, runLines, runPrefix } from "../../store/runs.ts";
import type { Store } from "../../store/store.ts";

/** As far as a run came whose process had to leave it. */
export interface CutOff {
  readonly run: string;
  /** What was under way counts as deferred: whoever looks next sees what became of it. */
  readonly outcomes: Outcomes;
}

/** What the journal of a plan's last run tells; undefined = none was begun, and nothing was changed. @throws STORE_FAILED */
export async function cutOffRun(store: Store, { account, verb, id }: Plan): Promise<CutOff | undefined> {
  const prefix = runPrefix(verb, id);
  const runs = await listRuns(store, account, prefix);
  const run = runs.sort((a, b) => numberOf(a) - numberOf(b)).at(-1);
  if (run === undefined) return undefined;
  const { outcomes, begun } = progressOf(parseJournal(await runLines(store, account, run)).lines);
  const open: Outcome = { kind: "deferred", reason: "it was under way when the time was over" };
  return { run, outcomes: new Map([...outcomes, ...[...begun].map((step) => [step, open] as const)]) };
}

const numberOf = (run: string) => Number(run.slice(run.lastIndexOf("-") + 1));
