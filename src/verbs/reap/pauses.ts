import type { Pace } from "../../engine/run.ts";
import type { Scan } from "../../engine/scan/scan.ts";
import { type Kept, type Plan, type Step, targetOf } from "../../model/plan.ts";
import { amended } from "../../model/plan-draft.ts";
import type { Redact } from "../../model/redact.ts";
import type { Selection } from "../../model/selection.ts";
import type { VerbContext } from "../context.ts";
import { goOn, type PauseContinued } from "../pause/go-on.ts";
import { HELD } from "../pause/plan.ts";
import { planSeen } from "../pause/plan-seen.ts";
import { knownRecords } from "../records/known.ts";
import type { Proposal } from "./policy.ts";

/**
 * Goes on with what earlier runs of this function were to pause and did not, as far as policies still find it: whoever has
 * taken something out of them since has exempted it.
 * @param plan of this run
 * @throws what carrying out throws
 */
export function goOnWithPauses(context: VerbContext, plan: Plan, pace: Pace): Promise<PauseContinued[]> {
  const kept = new Map<string, string>(plan.kept.map(({ target, reason }) => [target.arn, reason]));
  const spares = ({ target }: Step) => {
    const reason = kept.get(target.arn) ?? "no policy finds it now";
    return reason === HELD ? undefined : reason;
  };
  return goOn(context, { ...pace, retries: true, spares });
}

interface Pauses {
  /** One a resource. */
  readonly proposals: readonly Proposal[];
  readonly selection: Selection;
  readonly redact: Redact;
  readonly prices?: boolean | undefined;
}

/**
 * Plans the pause of what policies propose, beside whatever is paused already: a schedule finds its own records armed. What
 * one of them holds is kept.
 */
export async function planPauses(context: VerbContext, seen: Scan, pauses: Pauses): Promise<Plan> {
  const { proposals, selection, redact, prices } = pauses;
  const armed = (await knownRecords(context, context.connection.account)).filter((each) => each.armed);
  const wanted = new Set<string>(
    proposals.flatMap(({ resource, alone }) => (alone === undefined ? [resource.arn] : [])),
  );
  const resources = seen.resources.filter(({ arn }) => wanted.has(arn));
  const plan = await planSeen(context, seen, { selection, resources, redact, armed, ways: new Map(), prices });
  const left = proposals.flatMap(({ resource, alone }): Kept[] =>
    alone === undefined ? [] : [{ target: targetOf(resource), reason: alone }],
  );
  return amended(plan, { kept: [...plan.kept, ...left] });
}
