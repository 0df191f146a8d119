import { markingOf } from "../../catalog/marking-rules.ts";
import { factsOf } from "../../catalog/registry.ts";
import { markedState } from "../../engine/mark-executor.ts";
import type { Removable } from "../../engine/removable.ts";
import type { Arn } from "../../model/brand.ts";
import { canonical, sha256 } from "../../model/canonical.ts";
import { isConfirmed, markKey, markValue } from "../../model/mark.ts";
import { type Kept, type Plan, type Step, targetOf } from "../../model/plan.ts";
import { amended } from "../../model/plan-draft.ts";
import type { Resource } from "../../model/resource.ts";
import { type Instead, postponed } from "../removal/postponed.ts";
import type { Judged } from "../removal/prepare.ts";
import { removableOf } from "../removal/read-one.ts";
import { markStep, unmarkStep } from "./mark-step.ts";

/** Which findings a second run has to confirm. */
export interface Marking {
  /** Names of the policies of this run that ask for it. */
  readonly policies: readonly string[];
  /** The one of them that wants a resource to go, by ARN; of what another policy removes at once, none. */
  readonly policyOf: ReadonlyMap<Arn, string>;
  /** All that this run has seen and may touch: what of it is marked and not found again loses its mark. */
  readonly seen: readonly Resource[];
  readonly now: number;
}

/** The same plan, where what no run before has found is only marked, and what was not found again is unmarked. Pure. */
export function withMarks(plan: Plan, { candidates, relations }: Judged, marking: Marking): Plan {
  const { policyOf, now } = marking;
  const read = new Map<Arn, Removable>(candidates.flatMap((each) => pairOf(each.resource.arn, removableOf(each))));
  const instead = new Map<string, Instead>();
  for (const step of plan.steps) {
    const { arn } = step.target;
    const policy = policyOf.get(arn);
    const found = read.get(arn);
    if (step.operation !== "remove" || policy === undefined || !found) continue;
    const digest = digestOf(plan.kept, found);
    if (!isConfirmed(found.resource.tags, policy, digest, now))
      instead.set(arn, markOf(step, found, { tag: markKey(policy), value: markValue(now, digest) }));
  }
  const marked = postponed(plan, { instead, relations, first: "is only marked yet" });
  const removed = new Set(
    marked.steps.flatMap(({ operation, target }) => (operation === "remove" ? [target.arn] : [])),
  );
  const lost = unmarks(plan, read, marking).filter(({ target }) => !removed.has(target.arn));
  return amended(marked, { steps: oneByOne([...lost, ...marked.steps]) });
}

/** S3 and CodeBuild know only all tags of a resource at once: of two changes side by side one would be lost. */
function oneByOne(steps: readonly Step[]): Step[] {
  const latest = new Map<Arn, string>();
  return steps.map((step) => {
    if (step.operation !== "mark" && step.operation !== "unmark") return step;
    const before = latest.get(step.target.arn);
    latest.set(step.target.arn, step.id);
    return before === undefined ? step : { ...step, after: [before] };
  });
}

function pairOf(arn: Arn, found: Removable | undefined): [Arn, Removable][] {
  return found ? [[arn, found]] : [];
}

function markOf(step: Step, found: Removable, tag: { readonly tag: string; readonly value: string }): Instead {
  const rule = markingOf(step.target.type);
  if (!("never" in rule)) return markStep(step, found, tag);
  return { kept: `it cannot be marked, so nothing can be confirmed by a second run: ${rule.never}` };
}

/** Of what is found: that very resource with its tags, and all that would go along with it. */
function digestOf(kept: readonly Kept[], found: Removable): string {
  const { arn } = found.resource;
  const below = (owner: Arn): Arn[] =>
    kept.flatMap(({ target, goesWith }) => (goesWith === owner ? [target.arn, ...below(target.arn)] : []));
  return sha256(canonical({ arn, is: markedState(found), along: below(arn).sort() })).slice(0, 32);
}

/** A mark of what this run would not remove must not confirm what a later one finds. */
function unmarks(plan: Plan, read: ReadonlyMap<Arn, Removable>, { policies, policyOf, seen }: Marking): Step[] {
  const going = plan.steps.filter(({ operation }) => operation === "remove").map(({ target }) => target.arn);
  const along = plan.kept.filter(({ goesWith }) => goesWith !== undefined).map(({ target }) => target.arn);
  const found = new Set<Arn>([...going, ...along]);
  return seen.flatMap((scanned): Step[] => {
    const { resource, state } = read.get(scanned.arn) ?? { resource: scanned };
    if (!factsOf(resource.type)?.removal || state?.leaving || "never" in markingOf(resource.type)) return [];
    return policies.flatMap((policy): Step[] => {
      const tag = markKey(policy);
      const value = Object.hasOwn(resource.tags, tag) ? resource.tags[tag] : undefined;
      if (value === undefined || (found.has(resource.arn) && policyOf.get(resource.arn) === policy)) return [];
      return [
        unmarkStep(targetOf(resource), `policy ${policy} marked it, and this run would not remove it`, { tag, value }),
      ];
    });
  });
}
