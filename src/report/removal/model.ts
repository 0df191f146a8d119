import { factsOf } from "../../catalog/registry.ts";
import type { Outcomes } from "../../engine/apply.ts";
import { type CoverageCell, incomplete } from "../../model/coverage.ts";
import { type Money, moneyOf, type PlanMoney, planMoney } from "../../model/money.ts";
import type { Kept, Plan, Step, Target } from "../../model/plan.ts";
import type { DeltaResult } from "../../verbs/delta/result.ts";
import { type ReapResult, reapResult } from "../../verbs/reap/result.ts";
import { groupBy } from "../group-by.ts";
import { type Backup, type BackupState, backupOf } from "./backups.ts";
import { type Ending, endingOf } from "./ending.ts";
import { wavesOf } from "./waves.ts";

/** One resource that is to go, with all that is done to it and all that goes along. */
export interface RemovalItem extends Ending {
  readonly target: Target;
  /** It is removed, or put into quarantine first, to be removed when that is over. */
  readonly isQuarantined: boolean;
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

function itemsOf(plan: Plan, outcomes: Outcomes | undefined): RemovalItem[] {
  const byId = new Map(plan.steps.map((step) => [step.id, step]));
  const waves = wavesOf(plan.steps);
  const steps = groupBy(plan.steps, ({ target }) => target.arn as string);
  const taken = takenBy(plan.kept);
  const lasts = [...steps.values()].flatMap((own) => own.find(isLast) ?? []);
  const ranks = [...new Set(lasts.map(({ id }) => waves.get(id) ?? 0))].sort((a, b) => a - b);
  const items = lasts.map((last): RemovalItem => {
    const { target } = last;
    const takes = taken.get(target.arn) ?? [];
    const own = steps.get(target.arn) ?? [];
    const first = own.filter((step) => step !== last).sort((a, b) => (waves.get(a.id) ?? 0) - (waves.get(b.id) ?? 0));
    const before = own.flatMap(({ after }) => after).flatMap((id) => byId.get(id)?.target ?? []);
    const backup = backupOf([...first, last], outcomes);
    return {
      ...endingOf(last, byId, outcomes),
      target,
      isQuarantined: last.operation === "quarantine",
      order: ranks.indexOf(waves.get(last.id) ?? 0) + 1,
      how: howOf(last),
      first: first.map(howOf),
      why: last.reason,
      loses: last.loses,
      holdsData: [target, ...takes].some(({ type }) => factsOf(type)?.removal?.holdsData),
      waitsFor: [...new Map(before.map((each) => [each.arn, each])).values()].filter(({ arn }) => arn !== target.arn),
      takes,
      ...(backup ? { backup } : {}),
      ...(last.money ? { money: last.money } : {}),
    };
  });
  return items.sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

function isLast({ operation }: Step): boolean {
  return operation !== "back-up" && operation !== "prepare";
}

function sortKey({ order, target }: RemovalItem): string {
  return [String(order).padStart(6, "0"), target.type, target.region, target.name ?? target.id, target.arn].join("\0");
}

/** The step's own words without the resource's name, which stands beside them. */
function howOf({ target, says }: Step): string {
  const name = `${factsOf(target.type)?.title} ${target.name ?? target.id}: `;
  return says.startsWith(name) ? says.slice(name.length) : says;
}

/** What goes along, by the ARN of the resource whose step takes it: a volume goes with its instance, and that with its group. */
function takenBy(kept: readonly Kept[]): ReadonlyMap<string, Target[]> {
  const owners = new Map(kept.map(({ target, goesWith }) => [target.arn as string, goesWith as string | undefined]));
  const remover = (arn: string): string => {
    const owner = owners.get(arn);
    return owner === undefined ? arn : remover(owner);
  };
  const along = kept.filter(({ goesWith }) => goesWith !== undefined).map(({ target }) => target);
  return groupBy(along, ({ arn }) => remover(arn));
}

/** What is gone saves all that it cost; what is still there goes on costing. */
function moneyAfter({ kept }: Plan, items: readonly RemovalItem[]): PlanMoney | undefined {
  const gone = items.filter(isDone).flatMap(({ money }) => money ?? []);
  const there = items.filter((item) => !isDone(item)).flatMap(({ money }) => (money ? moneyOf(money, false) : []));
  return planMoney(gone, [...there, ...kept.flatMap(({ money }) => money ?? [])]);
}
