import { type AccountId, instant } from "./brand.ts";
import { canonical, sha256 } from "./canonical.ts";
import type { Coverage } from "./coverage.ts";
import { PLAN_LIFETIME_MS, PLAN_SCHEMA, type Plan, planDigest } from "./plan.ts";
import type { Selection } from "./selection.ts";

/** Of what, by whom and when a plan is made. */
export interface PlanHead {
  readonly verb: string;
  readonly account: AccountId;
  readonly partition: string;
  readonly selection: Selection;
  readonly coverage: Coverage;
  readonly now: number;
}

/** A new plan of what was decided: named, dated, signed. Pure. */
export function newPlan(head: PlanHead, decided: Pick<Plan, "steps" | "kept" | "budget">): Plan {
  const { verb, account, partition, selection, coverage, now } = head;
  const createdAt = instant(now);
  const steps = decided.steps.map(({ id }) => id);
  const draft = {
    schema: PLAN_SCHEMA,
    id: `p-${sha256(canonical({ verb, account, createdAt, steps })).slice(0, 12)}`,
    verb,
    account,
    partition,
    createdAt,
    expiresAt: instant(now + PLAN_LIFETIME_MS),
    selection,
    coverage,
    ...decided,
  } as const;
  return { ...draft, digest: planDigest(draft) };
}

/** The same plan with something more or otherwise in it, signed anew. Pure. */
export function amended(plan: Plan, more: Partial<Pick<Plan, "steps" | "kept" | "money">>): Plan {
  const { digest: _, ...draft } = { ...plan, ...more };
  return { ...draft, digest: planDigest(draft) };
}
