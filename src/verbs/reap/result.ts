import type { Outcomes } from "../../engine/apply.ts";
import { type CoverageCell, incomplete } from "../../model/coverage.ts";
import { type Rate, rate, sum } from "../../model/money.ts";
import type { Kept, Outcome, Plan, Step, Target } from "../../model/plan.ts";
import type { ResourceType } from "../../model/resource.ts";

/** An instance that was terminated, and what went with it. */
export interface Reaped {
  readonly target: Target;
  readonly instanceType: string | undefined;
  /** Before it was terminated. */
  readonly state: string | undefined;
  readonly key: string | undefined;
  readonly ageMs: number | undefined;
  readonly reason: string;
  /** Undefined = the console of its partition is not known. */
  readonly link: string | undefined;
  readonly removed: readonly Target[];
}

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
  const quarantined = plan.steps.filter((step) => step.operation === "quarantine" && isDone(step));
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
  const moneys = done.flatMap(({ money }) => money?.net ?? []);
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
    quarantined: quarantined.map(({ target }) => target),
    deferred,
    errors,
    kept: plan.kept.filter(({ goesWith }) => goesWith === undefined),
    degraded,
    reclaimed: plan.money ? rate(sum(moneys)) : undefined,
    isNews: [done, quarantined, undone, degraded].some(({ length }) => length > 0),
  };
}

/**
 * The removals that waited for each instance, directly or through others' steps; what waited for several is told of with the
 * first.
 */
function followersOf(
  instances: readonly Step[],
  { done, all }: { readonly done: readonly Step[]; readonly all: readonly Step[] },
): Map<string, Step[]> {
  const taken = new Set(instances.map(({ id }) => id));
  const followers = new Map<string, Step[]>();
  for (const { id } of instances) {
    const behind: string[] = [id];
    for (const before of behind)
      for (const step of all)
        if (!taken.has(step.id) && step.after.includes(before)) {
          taken.add(step.id);
          behind.push(step.id);
        }
    followers.set(
      id,
      done.filter((step) => step.id !== id && behind.includes(step.id)),
    );
  }
  return followers;
}

function factsOfStep({ target, saves, reason }: Step, { partition }: Plan, now: number): Omit<Reaped, "removed"> {
  const text = (value: unknown) => (typeof value === "string" ? value : undefined);
  const since = text(saves.since);
  return {
    target,
    instanceType: text(saves.instanceType),
    state: text(saves.state),
    key: text(saves.key),
    ageMs: since === undefined ? undefined : now - Date.parse(since),
    reason,
    link: consoleLink(target, partition),
  };
}

/* Source: AWS General Reference, "Service endpoints of the AWS Management Console", by partition. */
const CONSOLES: Readonly<Record<string, string>> = {
  aws: "console.aws.amazon.com",
  "aws-cn": "console.amazonaws.cn",
  "aws-us-gov": "console.amazonaws-us-gov.com",
};

function consoleLink({ id, region }: Target, partition: string): string | undefined {
  const host = CONSOLES[partition];
  return host && `https://${host}/ec2/home?region=${region}#InstanceDetails:instanceId=${id}`;
}

function undoneOf({ target, says }: Step, outcome: Outcome | undefined) {
  if (outcome?.kind === "applied" || outcome?.kind === "unchanged") return [];
  const reason = outcome ? outcome.reason : "the run was stopped before it was begun";
  return [{ kind: outcome?.kind, undone: { target, says, reason } satisfies Undone }];
}
