import type { Outcomes } from "../../engine/apply.ts";
import { type CoverageCell, incomplete } from "../../model/coverage.ts";
import { type Rate, rate, sum } from "../../model/money.ts";
import type { Kept, Outcome, Plan, Step, Target } from "../../model/plan.ts";
import type { ResourceType } from "../../model/resource.ts";
import { recordIdOf } from "../records/held.ts";
import { factsOfStep, followersOf, type Reaped } from "./reaped.ts";

/** A step that was not done, and why. */
export interface Undone {
  readonly target: Target;
  readonly says: string;
  readonly reason: string;
}

/** What a reap has done, or would do: for a table, JSON, a mail or a chat. */
export interface ReapResult {
  readonly account: string;
  readonly regions: readonly string[];
  readonly mode: "dry run" | "live";
  readonly instances: readonly Reaped[];
  readonly orphans: readonly { readonly type: ResourceType; readonly targets: readonly Target[] }[];
  /** Stopped or tagged, to be removed when the time is over. */
  readonly quarantined: readonly Target[];
  /** To be removed by the next run that finds it again. */
  readonly marked: readonly Target[];
  /** Found by an earlier run and not by this one: its mark is gone. */
  readonly unmarked: readonly Target[];
  /** By a policy that pauses: stopped, until somebody resumes it. */
  readonly paused: readonly Target[];
  /** By which all that was paused is put back; undefined = nothing was paused. */
  readonly record: { readonly id: string; readonly resume: string } | undefined;
  readonly deferred: readonly Undone[];
  readonly errors: readonly Undone[];
  readonly kept: readonly Kept[];
  /** What could not be completely read: whatever depends on it has stayed. */
  readonly degraded: readonly CoverageCell[];
  /** What is not paid any more; undefined = nobody asked for prices. */
  readonly reclaimed: Rate | undefined;
  /** Whether there is anything that a person has to be told. */
  readonly isNews: boolean;
}

/**
 * What became of a plan. Pure.
 * @param outcomes absent = it was not carried out: then it tells what would go
 */
export function reapResult(plan: Plan, outcomes: Outcomes | undefined, now: number): ReapResult {
  const removals = plan.steps.filter(({ operation }) => operation === "remove");
  const isDone = ({ id }: Step) => !outcomes || outcomes.get(id)?.kind === "applied";
  const done = removals.filter(isDone);
  const targetsOf = (operation: Step["operation"]) =>
    plan.steps.filter((step) => step.operation === operation && isDone(step)).map(({ target }) => target);
  const [quarantined, marked, paused] = [targetsOf("quarantine"), targetsOf("mark"), targetsOf("pause")];
  const terminated = done.filter(({ target }) => target.type === "AWS::EC2::Instance");
  const followers = followersOf(terminated, { done, all: plan.steps });
  const along = (arn: string): Target[] =>
    plan.kept.filter(({ goesWith }) => goesWith === arn).flatMap(({ target }) => [target, ...along(target.arn)]);
  const instances = terminated.map((step): Reaped => {
    const behind = followers.get(step.id) ?? [];
    const removed = [...along(step.target.arn), ...behind.flatMap(({ target }) => [target, ...along(target.arn)])];
    return { ...factsOfStep(step, plan, now), removed };
  });
  const following = new Set([...followers.values()].flat().map(({ id }) => id));
  const orphans = done.filter((step) => !terminated.includes(step) && !following.has(step.id));
  const undone = outcomes ? plan.steps.flatMap((step) => undoneOf(step, outcomes.get(step.id))) : [];
  const deferred = undone.filter(({ kind }) => kind !== "failed").map(({ undone }) => undone);
  const errors = undone.filter(({ kind }) => kind === "failed").map(({ undone }) => undone);
  const degraded = incomplete(plan.coverage);
  const stopped = plan.steps.filter((step) => step.operation === "pause" && isDone(step));
  const moneys = [...done, ...stopped].flatMap(({ money }) => money?.net ?? []);
  return {
    account: plan.account,
    regions: plan.selection.regions,
    mode: outcomes ? "live" : "dry run",
    instances,
    orphans: [...new Set(orphans.map(({ target }) => target.type))].sort().map((type) => ({
      type,
      targets: orphans
        .filter(({ target }) => target.type === type)
        .flatMap(({ target }) => [target, ...along(target.arn)]),
    })),
    quarantined,
    marked,
    unmarked: targetsOf("unmark"),
    paused,
    record: outcomes && plan.verb === "pause" && plan.steps.length > 0 ? recordOf(plan) : undefined,
    deferred,
    errors,
    kept: plan.kept.filter(({ goesWith }) => goesWith === undefined),
    degraded,
    reclaimed: plan.money ? rate(sum(moneys)) : undefined,
    isNews: [done, quarantined, marked, paused, undone, degraded].some(({ length }) => length > 0),
  };
}

/** A record is armed before the first step, whatever becomes of that. */
function recordOf(plan: Plan): ReapResult["record"] {
  const id = recordIdOf(plan);
  return { id, resume: `evenkeel resume --record ${id}` };
}

function undoneOf({ target, says }: Step, outcome: Outcome | undefined) {
  if (outcome?.kind === "applied" || outcome?.kind === "unchanged") return [];
  const reason = outcome ? outcome.reason : "the run was stopped before it was begun";
  return [{ kind: outcome?.kind, undone: { target, says, reason } satisfies Undone }];
}
