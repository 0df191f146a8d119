import type { Outcomes } from "../../engine/apply.ts";
import { refuseBreaches } from "../../engine/guards.ts";
import { lookAbove } from "../../engine/look-around.ts";
import type { Relations } from "../../engine/relations.ts";
import { refuseProtectedAccount } from "../../engine/removal-budget.ts";
import { applyRun, beginRun, endRun, type Pace } from "../../engine/run.ts";
import { EvenkeelError } from "../../model/errors.ts";
import { type Plan, reachOf, type Target } from "../../model/plan.ts";
import { redactor } from "../../model/redact.ts";
import type { Resource, ScannedResource } from "../../model/resource.ts";
import { writeExport } from "../../store/runs.ts";
import { secretKey } from "../../store/secret-key.ts";
import type { VerbContext } from "../context.ts";
import { refuseStale } from "../pause/pause.ts";
import { beforeChanges } from "../records/save.ts";
import { guardsOf, refuseGuarded } from "./guarded.ts";
import { stillIn } from "./quarantine.ts";

/** What a removal has done. */
export interface Removed {
  readonly run: string;
  readonly outcomes: Outcomes;
}

/**
 * Exports the configuration of everything that goes, then does what the plan says and nothing else.
 * @throws EvenkeelError REFUSED by a guard, for a stale plan; STORE_FAILED before the first change
 */
export async function executeRemoval(context: VerbContext, plan: Plan, pace: Pace = {}): Promise<Removed> {
  const { connection, clock, guards, store } = context;
  refuseStale(plan, connection.account, clock.now());
  refuseBreaches(plan, guards);
  await refuseProtectedAccount(connection, guards?.protectedAccounts);
  const run = await beforeChanges(async () => {
    const going = await refuseGuardedNow(context, plan);
    context.signal.throwIfAborted();
    const begun = await beginRun(context, { plan });
    await writeExport(
      store,
      begun.head,
      going.map(({ observed: _, ...resource }) => resource),
    );
    return begun;
  });
  const outcomes = await applyRun(context, run, pace);
  await endRun(context, run, outcomes);
  return { run: run.head.run, outcomes };
}

/**
 * Looks at everything that goes by a plan as it is now.
 * @throws EvenkeelError REFUSED when a guard keeps some of it, or when it can't be seen
 */
export async function refuseGuardedNow(context: VerbContext, plan: Plan): Promise<readonly ScannedResource[]> {
  const looking = { ...context, redact: redactor(await secretKey(context.store)) };
  const targets = goingBy(plan);
  const relations = await lookAbove(looking, targets);
  const arns = new Set<string>(targets.map(({ arn }) => arn));
  const going = relations.resources.filter(({ arn }) => arns.has(arn));
  refuseUnseen(targets, relations);
  const guarded = await guardsOf(context, relations, looking.redact);
  const removed = reachOf(plan, ["remove"]);
  const isIn = (each: Resource) => (removed.has(each.arn) ? stillIn(each, context.clock.now()) : undefined);
  refuseGuarded(going, (each) => guarded(each) ?? isIn(each));
  return going;
}

/** What is not there may be gone, or not seen; of the latter no guard can say anything. */
function refuseUnseen(targets: readonly Target[], relations: Relations): void {
  for (const target of targets) {
    const doubt = relations.resource(target.arn) ? undefined : relations.unseenDoubtOf(target);
    if (doubt)
      throw new EvenkeelError("REFUSED", `whether a guard keeps ${target.name ?? target.id} is not known: ${doubt}`, {
        hint: "try again; or make a new plan, which leaves out what can't be seen",
        state: "nothing was changed",
      });
  }
}

/** Everything that goes by a plan, now or later. What only loses its mark stays, and its guards do not mind that. */
function goingBy({ steps, kept }: Plan): Target[] {
  const going = steps.filter(({ operation }) => operation !== "unmark");
  return [...going, ...kept.filter(({ goesWith }) => goesWith !== undefined)].map(({ target }) => target);
}
