import type { AccountId, Arn, IsoInstant, Region } from "./brand.ts";
import { canonical, sha256 } from "./canonical.ts";
import type { Coverage } from "./coverage.ts";
import type { ErrorCode } from "./errors.ts";
import type { Json, JsonObject } from "./json.ts";
import type { Money, PlanMoney } from "./money.ts";
import type { Resource, ResourceType } from "./resource.ts";
import type { Selection } from "./selection.ts";

/** Raised when a stored plan changes its meaning. */
export const PLAN_SCHEMA = 1;

/** How long a plan may lie before it is applied: an account an hour later is another account. */
export const PLAN_LIFETIME_MS = 3_600_000;

/** What a step is about, enough to read it again and to name it to a person. */
export interface Target {
  readonly arn: Arn;
  readonly type: ResourceType;
  readonly id: string;
  readonly name?: string;
  readonly region: Region;
}

/**
 * What an operation does to a resource, by an ability of the type's catalog entry. A removal takes up to three: `back-up`
 * keeps a copy, `prepare` does what AWS wants to be done first (`way` names it), `remove` removes. `quarantine` tags what is
 * to be removed later, and stops it (`way` says how); `release` takes that back. `mark` sets a tag by which a later run knows
 * what this one has found; `unmark` takes it away. `reweight` sets the weights of a rule's target groups to what `sets` says.
 */
export const OPERATIONS = [
  "pause",
  "resume",
  "back-up",
  "prepare",
  "remove",
  "quarantine",
  "release",
  "mark",
  "unmark",
  "reweight",
] as const;
export type Operation = (typeof OPERATIONS)[number];

/** What a quarantine does besides its tag: `stop` pauses in the type's usual way, `deny` takes an identity all rights. */
export type QuarantineWay = "stop" | "deny" | "tag";

/** One operation on one resource, with an absolute target. */
export interface Step {
  readonly id: string;
  readonly operation: Operation;
  readonly target: Target;
  /** One of the type's ways to be paused (absent = the usual one), the preparation of a removal, or a {@link QuarantineWay}. */
  readonly way?: string;
  /** A sentence: `stop the EC2 instance web-1`. */
  readonly says: string;
  readonly reason: string;
  /** Stages run one after the other: all of a stage has ended before the next begins. From the type's facts. */
  readonly stage: number;
  /** What must be read just before; anything else and the step is skipped, with the difference as the reason. */
  readonly expects: JsonObject;
  /** The prior state, saved before the first change. */
  readonly saves: JsonObject;
  /** The absolute target, where the operation alone does not tell it. */
  readonly sets?: JsonObject;
  /** Steps that must have been applied (or found done) before; when one was not, this one is blocked by it. */
  readonly after: readonly string[];
  /** What is lost, as sentences; empty = nothing. */
  readonly loses: readonly string[];
  /** What may fail on the way back. */
  readonly risks: readonly string[];
  readonly iam: readonly string[];
  /** How long its effect may take to show; absent = as long as its type's facts say. */
  readonly patienceMinutes?: number;
  /** What it costs and saves; absent = nobody asked for prices. */
  readonly money?: Money;
}

/** A resource that was considered and left, and why. */
export interface Kept {
  readonly target: Target;
  readonly reason: string;
  /** What takes it along when it is removed: it is not kept, and is no step of its own. */
  readonly goesWith?: Arn;
  /** What it goes on costing. */
  readonly money?: Money;
}

/** How much a plan of removals may do. What a person has allowed beyond the usual stands in it. */
export interface Budget {
  readonly maxRemovals: number;
  /** Share, above 0 to 1, of the resources of one type. */
  readonly maxShare: number;
  /** Types that hold data and may be removed all the same. */
  readonly allowData: readonly ResourceType[];
  /** Limits that a person has typed: they count before those of the configuration. */
  readonly typed?: readonly ("max-removals" | "max-share")[];
}

/** What will be done, in order, and what was considered and left. The product of every verb that changes an account. */
export interface Plan {
  readonly schema: typeof PLAN_SCHEMA;
  readonly id: string;
  readonly verb: string;
  readonly account: AccountId;
  readonly partition: string;
  readonly createdAt: IsoInstant;
  readonly expiresAt: IsoInstant;
  readonly selection: Selection;
  readonly coverage: Coverage;
  readonly steps: readonly Step[];
  readonly kept: readonly Kept[];
  /** Of a plan that removes. */
  readonly budget?: Budget;
  readonly money?: PlanMoney;
  /** SHA-256 over all the rest. */
  readonly digest: string;
}

/** What a plan says of a resource. */
export function targetOf({ arn, type, id, name, region }: Resource): Target {
  return { arn, type, id, ...(name ? { name } : {}), region };
}

/** What these operations of a plan are done to, and whatever goes along with that, step by step down. */
export function reachOf({ steps, kept }: Pick<Plan, "steps" | "kept">, operations: readonly Operation[]): Set<string> {
  const reach = new Set<string>(
    steps.filter(({ operation }) => operations.includes(operation)).map(({ target }) => target.arn),
  );
  for (let before = -1; before < reach.size; ) {
    before = reach.size;
    for (const { target, goesWith } of kept) if (goesWith !== undefined && reach.has(goesWith)) reach.add(target.arn);
  }
  return reach;
}

/** The digest that a plan must have. */
export function planDigest(plan: Omit<Plan, "digest">): string {
  const { digest: _, ...rest } = plan as Plan;
  return sha256(canonical(rest as unknown as Json));
}

/** How one step ended. */
export type Outcome =
  /** With a reason where the effect was begun and not waited for. */
  | { readonly kind: "applied"; readonly reason?: string }
  | { readonly kind: "unchanged"; readonly reason: string }
  | { readonly kind: "skipped"; readonly reason: string }
  | { readonly kind: "failed"; readonly reason: string; readonly code?: ErrorCode }
  | { readonly kind: "blocked"; readonly by: string; readonly reason: string }
  | { readonly kind: "deferred"; readonly reason: string };
