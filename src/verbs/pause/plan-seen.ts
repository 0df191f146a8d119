import type { Scan } from "../../engine/scan/scan.ts";
import type { Plan } from "../../model/plan.ts";
import type { Redact } from "../../model/redact.ts";
import type { ResourceType, ScannedResource } from "../../model/resource.ts";
import type { Selection } from "../../model/selection.ts";
import type { VerbContext } from "../context.ts";
import { heldBy, type KnownRecord } from "../records/known.ts";
import { candidatesOf } from "./candidates.ts";
import { withMoney } from "./money.ts";
import { orderProblems } from "./order.ts";
import { type Candidate, planPause } from "./plan.ts";
import { type Protected, protectionIn } from "./protection.ts";

/** What of an account is to be paused. */
export interface Wanted {
  readonly selection: Selection;
  readonly resources: readonly ScannedResource[];
  readonly redact: Redact;
  readonly armed: readonly KnownRecord[];
  readonly ways: ReadonlyMap<ResourceType, string>;
  readonly prices?: boolean | undefined;
  /** What a mode keeps. */
  readonly kept?: Protected | undefined;
}

/** Plans the pause of what is wanted of what was seen. Changes nothing. */
export async function planSeen(context: VerbContext, seen: Scan, wanted: Wanted): Promise<Plan> {
  const { connection, host, clock } = context;
  const { account, partition } = connection;
  const { selection, resources, redact, armed, ways, prices, kept } = wanted;
  const candidates = await candidatesOf(context, resources, ways);
  const protection = await protectionIn(context, seen, { selection, redact, ...(kept ? { kept } : {}) });
  const plan = planPause(candidates, {
    account,
    partition,
    selection,
    coverage: seen.coverage,
    now: clock.now(),
    caller: connection.caller,
    armed: new Set(heldBy(armed).keys()),
    protection,
    ways,
  });
  for (const problem of orderProblems(plan.steps, seen.resources)) host.tell({ kind: "warning", text: problem });
  return prices ? priced(context, plan, resources, candidates) : plan;
}

/** The plan with its money. The pricing client is loaded only here. */
async function priced(
  context: VerbContext,
  plan: Plan,
  resources: readonly ScannedResource[],
  candidates: readonly Candidate[],
): Promise<Plan> {
  const { costsOf } = await import("../../engine/pricing.ts");
  const states = new Map(
    candidates.flatMap(({ resource, found }) => (found && "state" in found ? [[resource.arn, found.state]] : [])),
  );
  const costs = await costsOf(
    context,
    resources.map((resource) => ({ resource, state: states.get(resource.arn) })),
  );
  return withMoney(plan, costs, resources);
}
