import type { Relations } from "../../engine/relations.ts";
import type { Arn } from "../../model/brand.ts";
import type { Costs } from "../../model/money.ts";
import type { Resource, ResourceType, ScannedResource } from "../../model/resource.ts";

/** What becomes of what a policy finds; `report`: nothing, it is only told. */
export type PolicyDoes = "remove" | "pause" | "report";

/** A resource that a policy wants to be removed or paused; with `alone`, one that it has looked at and leaves, and why. */
export interface Proposal {
  readonly resource: Resource;
  readonly reason: string;
  readonly alone?: string;
}

/** What a policy can learn of resources beside what a scan tells. Each is looked up only when it is asked for. */
export interface Insight {
  readonly now: number;
  relations(of: readonly Resource[]): Promise<Relations>;
  /** By ARN. */
  costs(of: readonly ScannedResource[]): Promise<ReadonlyMap<Arn, Costs>>;
}

/** In how many runs something must be found before it is removed. */
export const CONFIRM_RUNS = [1, 2] as const;
export type ConfirmRuns = (typeof CONFIRM_RUNS)[number];

/**
 * Says which of the resources of its types are to go. Whether they may go (who uses them, what protects them, what was not
 * seen) is the planner's to say, and no policy's.
 */
export interface Policy {
  readonly name: string;
  readonly types: readonly ResourceType[];
  readonly does: PolicyDoes;
  /** Types that hold data and that it may remove all the same: it has proof for them, or they are named in it. */
  readonly allowData: readonly ResourceType[];
  /** What it removes was never meant to stay, so that it may be all that there is of a type. */
  readonly maxShare?: number;
  /** How long what it wants to be removed is in quarantine first: `7d`. Absent = not at all. */
  readonly quarantine?: string;
  /** How many runs must find what is removed: 2 = the first only marks it. Absent = one. */
  readonly confirmRuns?: ConfirmRuns;
  propose(seen: readonly ScannedResource[], insight: Insight): readonly Proposal[] | Promise<readonly Proposal[]>;
}

/** One proposal a resource: what one policy leaves another may still remove. */
export function united<Proposed extends Proposal>(proposals: readonly Proposed[]): Proposed[] {
  const byArn = new Map<string, Proposed>();
  for (const each of proposals) {
    const other = byArn.get(each.resource.arn);
    if (!other || (other.alone !== undefined && each.alone === undefined)) byArn.set(each.resource.arn, each);
  }
  return [...byArn.values()];
}
