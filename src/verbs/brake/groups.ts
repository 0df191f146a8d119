import { GROUPS, type Group } from "../../catalog/contract.ts";
import { factsOf } from "../../catalog/registry.ts";
import type { Kept, Plan, Step } from "../../model/plan.ts";
import type { ResourceType } from "../../model/resource.ts";

/** What a plan does in one group of types, and what it leaves there. */
export interface GroupPart {
  readonly group: Group;
  readonly steps: readonly Step[];
  readonly kept: readonly Kept[];
}

export function groupOf(type: ResourceType): Group {
  return factsOf(type)?.group ?? "management";
}

/** A plan by group, in the catalog's order; groups of which it says nothing are left out. */
export function groupParts({ steps, kept }: Pick<Plan, "steps" | "kept">): GroupPart[] {
  return GROUPS.map((group) => ({
    group,
    steps: steps.filter(({ target }) => groupOf(target.type) === group),
    kept: kept.filter(({ target }) => groupOf(target.type) === group),
  })).filter((part) => part.steps.length + part.kept.length > 0);
}
