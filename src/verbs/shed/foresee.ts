import { refuseBreaches } from "../../engine/guards.ts";
import { canonical, sha256 } from "../../model/canonical.ts";
import type { Json } from "../../model/json.ts";
import type { Plan } from "../../model/plan.ts";
import type { ShedDecision, ShedState } from "../../model/shed.ts";
import type { ShedContext } from "./context.ts";
import type { Order } from "./course.ts";
import { decide } from "./decide.ts";
import { refuseOrder } from "./orders.ts";
import { planStep, type StepBasis } from "./plan.ts";
import { look } from "./read.ts";

/** What a step would do just now. */
export interface Foreseen {
  readonly basis: StepBasis;
  readonly decision: ShedDecision;
  readonly plan: Plan;
  /** The same as long as the same would be done, from the same weights. */
  readonly digest: string;
}

/**
 * Reads, decides and plans a step; changes nothing. Both what a person is shown and what a step then does.
 * @throws EvenkeelError REFUSED for an order that makes no sense now, and by a guard where more is shed; what reading throws
 */
export async function foresee(
  context: Pick<ShedContext, "connection" | "clock" | "signal" | "settings" | "guards">,
  stand: ShedState,
  order?: Order | undefined,
): Promise<Foreseen> {
  const { settings, guards } = context;
  const { reading, kept } = await look(context, stand);
  if (order) refuseOrder(order, stand, { settings, reading });
  const decision = decide(stand, settings, reading, order);
  const basis: StepBasis = { stand, settings, reading, kept };
  const plan = planStep(basis, decision);
  // What was taken is given back whatever the limits are by then.
  if (decision.degree.level > stand.degree.level) refuseBreaches(plan, guards);
  return { basis, decision, plan, digest: digestOf(basis, decision) };
}

/** Where it stands, where it would stand, and from which weights: an accepted state writes none, and goes by them all the same. */
function digestOf({ stand, reading }: StepBasis, { phase, degree, forgets = false }: ShedDecision): string {
  const seen = { before: stand.degree, phase, degree, forgets, rules: reading.rules };
  return sha256(canonical(seen as unknown as Json));
}
