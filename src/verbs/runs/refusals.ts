import { EvenkeelError } from "../../model/errors.ts";
import { type Plan, planDigest } from "../../model/plan.ts";
import { listRuns, runLines, runPrefix } from "../../store/runs.ts";
import type { VerbContext } from "../context.ts";
import type { RunSummary, StoredRun } from "./runs.ts";

/* Why a run is not gone on with. */

export function refusal(why: string, hint = "`evenkeel runs` lists all"): EvenkeelError {
  return new EvenkeelError("REFUSED", why, { hint, state: "nothing was changed" });
}

/** Whether its plan is the one that it was begun with. */
export function isWhole({ head: { plan }, summary }: StoredRun): boolean {
  const isThatPlan = summary.begins.every((begin) => begin.plan.digest === plan.digest);
  return isThatPlan && planDigest(plan) === plan.digest;
}

/** Whether steps of a pause are not done: its record holds what they are of, so that no later plan takes it. */
export function hasLeft({ verb, counts: { failed = 0, blocked = 0, deferred = 0 } }: RunSummary): boolean {
  return verb === "pause" && failed + blocked + deferred > 0;
}

/** @throws EvenkeelError REFUSED for a run that has ended with nothing left to do, or is under way */
export function refuseState({ summary }: StoredRun): void {
  const { id, state } = summary;
  if (state === "finished" && !hasLeft(summary))
    throw refusal(`run ${id} has ended: nothing of it is left to do`, "make a new plan");
  if (state === "running")
    throw refusal(`run ${id} is under way in another process of this machine`, `\`evenkeel runs show ${id}\``);
}

/** @throws EvenkeelError REFUSED when someone has begun to take back what it put into quarantine */
export async function refuseUndone({ store }: VerbContext, { account, id, budget }: Plan): Promise<void> {
  if (!budget) return;
  for (const undo of await listRuns(store, account, runPrefix("undo", id)))
    if ((await runLines(store, account, undo)).length > 0)
      throw refusal(`run ${undo} has begun to undo it`, "make a new plan");
}

/** @throws EvenkeelError OTHER_ACCOUNT when the run is another account's */
export async function refuseForeign({ store, connection }: VerbContext, id: string): Promise<void> {
  if ((await listRuns(store, connection.account)).includes(id)) return;
  const objects = await store.list("accounts/");
  const other = objects.map(({ path }) => path.split("/")).find(([, , kind, name]) => kind === "runs" && name === id);
  if (!other) return;
  throw new EvenkeelError("OTHER_ACCOUNT", `run ${id} is of account ${other[1]}, not of ${connection.account}`, {
    hint: "sign in to that account",
    state: "nothing was changed",
  });
}
