import type { Outcomes } from "../../engine/apply.ts";
import { type CoverageCell, incomplete } from "../../model/coverage.ts";
import { type Money, moneyOf, type PlanMoney, planMoney } from "../../model/money.ts";
import type { Kept, Plan, Target } from "../../model/plan.ts";
import type { DeltaResult } from "../../verbs/delta/result.ts";
import { type ReapResult, reapResult } from "../../verbs/reap/result.ts";
import type { Backup, BackupState } from "./backups.ts";
import type { Ending } from "./ending.ts";
import { type Doing, itemsOf } from "./items.ts";

/** One resource that is to go, with all that is done to it and all that goes along. */
export interface RemovalItem extends Ending {
  readonly target: Target;
  readonly does: Doing;
  /** Those of one number wait for nothing but lower ones. From 1. */
  readonly order: number;
  /** `deleted, with a final snapshot`. */
  readonly how: string;
  /** What is done before, in its order: `an EBS snapshot is made`. */
  readonly first: readonly string[];
  /** Why it is to go. */
  readonly why: string;
  readonly loses: readonly string[];
  /** It, or what it takes along, holds data. */
  readonly holdsData: boolean;
  /** What must be gone, or have let go of it, before. */
  readonly waitsFor: readonly Target[];
  /** What goes along with it and is no step of its own. */
  readonly takes: readonly Target[];
  readonly backup?: Backup & { readonly state: BackupState };
  readonly money?: Money;
}

/** What has been done by a plan. */
export interface RemovalRun {
  readonly run: string;
  readonly outcomes: Outcomes;
  /** Where the configuration of all that was to go is kept. */
  readonly exported: string;
}

/** A removal that is planned, or that was carried out: what every form of its report is made of. */
export interface RemovalReport {
  readonly plan: Plan;
  /** Absent = nothing was done yet. */
  readonly done?: RemovalRun;
  /** What is to go by itself, in its order. */
  readonly items: readonly RemovalItem[];
  /** What stays, each with its reason. */
  readonly kept: readonly Kept[];
  /** Of a plan what it would save; of a run what it saves. Absent = nobody asked for prices. */
  readonly money?: PlanMoney;
  readonly unseen: readonly CoverageCell[];
  /** What differs from the baseline: when the plan was made, or after all was done. */
  readonly delta?: DeltaResult;
  /** Of a reap: the same by instance. Ages are those at which it was planned. */
  readonly reap?: ReapResult;
}

/** Puts a plan and what came of it together. Pure. */
export function removalReport(
  plan: Plan,
  more: { readonly done?: RemovalRun | undefined; readonly delta?: DeltaResult | undefined } = {},
): RemovalReport {
  const { done, delta } = more;
  const items = itemsOf(plan, done?.outcomes);
  const kept = plan.kept.filter(({ goesWith }) => goesWith === undefined);
  const money = done ? moneyAfter(plan, items) : plan.money;
  return {
    plan,
    ...(done ? { done } : {}),
    items,
    kept,
    ...(money ? { money } : {}),
    unseen: incomplete(plan.coverage),
    ...(delta ? { delta } : {}),
    ...(plan.verb === "reap" ? { reap: reapResult(plan, done?.outcomes, Date.parse(plan.createdAt)) } : {}),
  };
}

/** Whether what was to be done to it is done. */
export function isDone({ fate }: Ending): boolean {
  return fate === "done" || fate === "gone";
}

/** What is gone saves all that it cost; what is still there goes on costing. */
function moneyAfter({ kept }: Plan, items: readonly RemovalItem[]): PlanMoney | undefined {
  const gone = items.filter(isDone).flatMap(({ money }) => money ?? []);
  const there = items.filter((item) => !isDone(item)).flatMap(({ money }) => (money ? moneyOf(money, false) : []));
  return planMoney(gone, [...there, ...kept.flatMap(({ money }) => money ?? [])]);
}
