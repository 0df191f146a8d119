import type { Facts } from "../../catalog/contract.ts";
import { globalLast } from "../../engine/global-last.ts";
import type { Relations } from "../../engine/relations.ts";
import type { Removable } from "../../engine/removable.ts";
import { withoutCycles } from "../../model/graph.ts";
import { type Budget, type Kept, type Plan, targetOf } from "../../model/plan.ts";
import { newPlan, type PlanHead } from "../../model/plan-draft.ts";
import type { Resource, ResourceType } from "../../model/resource.ts";
import { type Fates, fateOf } from "./fates.ts";
import { inOrder, type Parts, partsOf } from "./steps.ts";

/** A resource that is to be removed, and what it is like just now. */
export interface Candidate {
  readonly resource: Resource;
  readonly facts: Facts;
  /** Why it is to be removed: `it was added after baseline friday`. */
  readonly reason: string;
  /** Why it is not removed by itself, though it may go along with its owner. */
  readonly alone?: string;
  /** Absent = its type can't be removed; `unread`: why it could not be read. */
  readonly found?: Removable | { readonly unread: string } | "gone";
}

export interface RemovalPolicy extends PlanHead {
  readonly budget: Budget;
  readonly relations: Relations;
  /** Why a resource may not be removed, neither by itself nor along with its owner; undefined = nothing speaks against it. */
  readonly stays: (resource: Resource) => string | undefined;
  /** Types whose protection by AWS is switched off first. */
  readonly overrideProtection: ReadonlySet<ResourceType>;
  /** Types that are removed without a copy. */
  readonly noBackup: ReadonlySet<ResourceType>;
}

/** What will be removed, in which order, and what was considered and left. Pure. */
export function planRemoval(candidates: readonly Candidate[], policy: RemovalPolicy): Plan {
  const fates = fateOf(candidates, policy);
  const parts = new Map<string, Parts>();
  for (const candidate of fates.removed) parts.set(candidate.resource.arn, partsOf(candidate, policy));
  const steps = [...parts.values()].flatMap((each) => inOrder(each, fates, parts));
  const sorted = globalLast(withoutCycles(steps.sort((a, b) => (a.id < b.id ? -1 : 1))));
  return newPlan(policy, { steps: sorted, kept: keptOf(fates), budget: policy.budget });
}

function keptOf({ kept, along }: Fates): Kept[] {
  const left = kept.map(({ resource, reason }): Kept => ({ target: targetOf(resource), reason }));
  const going = along.map(({ resource, owner }): Kept => {
    return { target: targetOf(resource), reason: `goes with ${owner.name ?? owner.id}`, goesWith: owner.arn };
  });
  return [...left, ...going].sort((a, b) => (a.target.arn < b.target.arn ? -1 : 1));
}
