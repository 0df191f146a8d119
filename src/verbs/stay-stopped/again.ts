import type { Outcomes } from "../../engine/apply.ts";
import { refuseBreaches } from "../../engine/guards.ts";
import { applyRun, beginRun, endRun } from "../../engine/run.ts";
import { scan } from "../../engine/scan/scan.ts";
import { incomplete } from "../../model/coverage.ts";
import { EvenkeelError } from "../../model/errors.ts";
import type { Plan, Step } from "../../model/plan.ts";
import { redactor } from "../../model/redact.ts";
import type { Selection } from "../../model/selection.ts";
import type { PauseRecord } from "../../store/record-text.ts";
import { secretKey } from "../../store/secret-key.ts";
import type { VerbContext } from "../context.ts";
import { planSeen } from "../pause/plan-seen.ts";
import { atRest } from "../resume/look.ts";
import { type Holder, whyNot } from "./holder.ts";

/** What became of a database that was to be stopped again. */
export type Again =
  /** `isStopped` = there was nothing to do. */
  | { readonly kind: "left"; readonly why: string; readonly isStopped?: true }
  /** It was only to be planned. */
  | { readonly kind: "planned"; readonly plan: Plan }
  | { readonly kind: "applied"; readonly plan: Plan; readonly run: string; readonly outcomes: Outcomes };

/**
 * Stops again what a record says is paused, as a further run of that record: planned anew from what the resource is like
 * now, so that all that keeps things from being paused counts, while the record keeps the state to go back to.
 * It is stopped in its type's usual way: a snapshot that was asked for is not taken again each week. It ends when AWS has
 * accepted that, as other databases wait for their turn: whatever comes of it, the next event finds.
 * @throws EvenkeelError REFUSED by a guard; AWS_FAILED when it can't be read or does not come to rest: to be tried again
 */
export async function stopAgain(
  context: VerbContext,
  { record, step }: Holder,
  { dryRun }: { readonly dryRun: boolean },
): Promise<Again> {
  const now = await atRest(context, step);
  if (now.kind === "gone") return { kind: "left", why: "it is gone" };
  if (now.kind === "unread") throw unready(step, `could not be read: ${now.reason}`);
  if (now.phase === "ready") return { kind: "left", why: `it is ${now.state.words} already`, isStopped: true };
  if (now.phase === "moving") throw unready(step, `did not come to rest: it is ${now.state.words}`);
  const plan = await planAgain(context, step);
  if (plan.steps.length === 0) return { kind: "left", why: plan.kept[0]?.reason ?? "it is gone" };
  refuseBreaches(plan, context.guards);
  return dryRun ? { kind: "planned", plan } : applyAgain(context, record, plan);
}

async function planAgain(context: VerbContext, { target: { arn, type, region } }: Step): Promise<Plan> {
  const { connection, store, host, clock, signal } = context;
  const selection: Selection = { types: [type], regions: [region], ids: [arn] };
  const redact = redactor(await secretKey(store));
  const seen = await scan({ connection, selection, redact, host, clock, signal });
  const [unseen] = incomplete(seen.coverage);
  if (unseen && seen.resources.length === 0)
    throw new EvenkeelError("AWS_FAILED", `${type} in ${region} could not be listed: ${unseen.status}`, {
      ...(unseen.action ? { action: unseen.action } : {}),
      state: "nothing was changed",
    });
  // The record that holds it is the one that this is done for.
  return planSeen(context, seen, { selection, resources: seen.resources, redact, armed: [], ways: new Map() });
}

/** A resume that begins at the same time finds this run, or is found by it: one of both gives way. */
async function applyAgain(context: VerbContext, record: PauseRecord, plan: Plan): Promise<Again> {
  context.signal.throwIfAborted();
  const run = await beginRun(context, { plan, record: { id: record.id } });
  const why = await whyNot(context, record.id);
  const outcomes: Outcomes = why === undefined ? await applyRun(context, run, { until: "accepted" }) : new Map();
  await endRun(context, run, outcomes);
  return why === undefined ? { kind: "applied", plan, run: run.head.run, outcomes } : { kind: "left", why };
}

function unready({ target }: Step, why: string): EvenkeelError {
  return new EvenkeelError("AWS_FAILED", `${target.id} ${why}`, { state: "nothing was changed" });
}
