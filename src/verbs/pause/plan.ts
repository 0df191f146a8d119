import type { PauseFacts, PauseState } from "../../catalog/contract.ts";
import { type Eligibility, type Facts, PAUSE_STAGES } from "../../catalog/contract.ts";
import { type Kept, type Plan, type Step, targetOf } from "../../model/plan.ts";
import { newPlan, type PlanHead } from "../../model/plan-draft.ts";
import type { Resource, ResourceType } from "../../model/resource.ts";
import { type FindResource, resourceIndex } from "../../model/resource-index.ts";
import { memberRefusal, takesMembers } from "./members.ts";
import { inOrder } from "./order.ts";

const AUTO_SCALING_GROUP: ResourceType = "AWS::AutoScaling::AutoScalingGroup";

/** What a pause found out about one resource of a type that has something to do with pausing. */
export interface Candidate {
  readonly resource: Resource;
  readonly facts: Facts;
  /** `undefined` = it has no stop; `unread` = its state could not be read, with the reason. */
  readonly found?: { readonly state: PauseState; readonly eligible: Eligibility } | { readonly unread: string };
}

export interface PausePolicy extends Omit<PlanHead, "verb"> {
  /** Who plans: the ARN of an instance's role session ends in the instance's id. */
  readonly caller: string;
  /** ARNs that an armed record already holds. */
  readonly armed: ReadonlySet<string>;
  /** Why a resource may not be changed; undefined = nothing protects it. */
  readonly protection: (resource: Resource) => string | undefined;
  /** The ways that were chosen, by type; all other types are paused in their usual way. */
  readonly ways: ReadonlyMap<ResourceType, string>;
}

/** What will be paused, in which order, and what was considered and left. Pure. */
export function planPause(candidates: readonly Candidate[], policy: PausePolicy): Plan {
  const find = resourceIndex(candidates.map(({ resource }) => resource));
  const judged = candidates.map((candidate) => ({ candidate, verdict: judge(candidate, policy, find) }));
  const paused = new Map(
    judged.flatMap(({ candidate, verdict }) =>
      verdict.kind === "step" ? [[candidate.resource.arn as string, candidate]] : [],
    ),
  );
  const idle = new Set(
    candidates.flatMap(({ resource, found }) =>
      found && "state" in found && found.state.phase === "paused" ? [resource.arn] : [],
    ),
  );
  const steps: Step[] = [];
  const kept: Kept[] = [];
  for (const { candidate, verdict } of judged) {
    const { resource, facts } = candidate;
    const owners: Owners = verdict.kind === "step" ? ownersOf(resource, paused, find, policy) : { ids: [] };
    const target = targetOf(resource);
    if (verdict.kind === "kept") kept.push({ target, reason: verdict.reason });
    else if (owners.missing) {
      const group = find(AUTO_SCALING_GROUP, resource.region, owners.missing);
      kept.push({ target, reason: missingReason(owners.missing, group !== undefined && idle.has(group.arn)) });
    } else if (owners.taking) kept.push({ target, reason: `its ${owners.taking} goes to zero, and it with it` });
    else steps.push(stepOf(candidate, facts, verdict, owners.ids, policy.ways.get(resource.type)));
  }
  const tags = new Map(candidates.map(({ resource: { arn, tags } }) => [arn, tags]));
  const sorted = steps.sort((a, b) => a.stage - b.stage || (a.id < b.id ? -1 : 1));
  return newPlan({ ...policy, verb: "pause" }, { steps: inOrder(sorted, tags), kept });
}

/** Why it is in no second record. */
export const HELD = "an armed record already holds it";

type Verdict =
  | { readonly kind: "kept"; readonly reason: string }
  | {
      readonly kind: "step";
      readonly state: PauseState;
      readonly loses: readonly string[];
      readonly risks: readonly string[];
    };

function judge({ resource, facts, found }: Candidate, policy: PausePolicy, find: FindResource): Verdict {
  const { armed, caller, protection } = policy;
  if (!facts.pause) return { kind: "kept", reason: facts.noStop ?? "it has no stop" };
  const protectedBy = protection(resource);
  if (protectedBy) return { kind: "kept", reason: protectedBy };
  if (!found) return { kind: "kept", reason: "it is gone" };
  if ("unread" in found) return { kind: "kept", reason: `its state could not be read: ${found.unread}` };
  if (isHome(resource, caller))
    return { kind: "kept", reason: "this very run is on it: it would stop itself half way" };
  if (armed.has(resource.arn)) return { kind: "kept", reason: HELD };
  if (found.state.phase === "paused") return { kind: "kept", reason: `nothing to pause: ${found.state.words}` };
  // What is broken counts as moving, too, and only its type knows that it does not change by itself.
  if (found.eligible.kind === "kept") return found.eligible;
  if (found.state.phase === "moving") return { kind: "kept", reason: `it is changing just now: ${found.state.words}` };
  const byMember = takesMembers(facts, policy.ways)
    ? memberRefusal(resource, found.state, { ...policy, find })
    : undefined;
  if (byMember) return { kind: "kept", reason: byMember };
  return { kind: "step", state: found.state, loses: found.eligible.loses, risks: found.eligible.risks };
}

/** Whether this run is on the instance, or on a node of the node group, which ends its nodes. */
function isHome({ type, id, links }: Resource, caller: string): boolean {
  const instances = type === "AWS::EKS::Nodegroup" ? links.map(({ to }) => to) : [id];
  return instances.some((instance) => instance.startsWith("i-") && caller.endsWith(`/${instance}`));
}

/** A group that somebody else has suspended is not ours to hold: they may let it replace members at any time. */
function missingReason(name: string, suspended: boolean): string {
  return suspended
    ? `Auto Scaling group ${name} was suspended by someone else already, and would replace it as soon as they end that`
    : `Auto Scaling group ${name}, which is not paused with it, would replace it`;
}

interface Owners {
  readonly ids: readonly string[];
  /** One that is not paused with it. */
  readonly missing?: string;
  /** One that is paused in a way that ends its members. */
  readonly taking?: string;
}

/** Owners that are paused in the same plan come first. One that is not would undo the pause. */
function ownersOf(
  resource: Resource,
  paused: ReadonlyMap<string, Candidate>,
  find: FindResource,
  { ways }: PausePolicy,
): Owners {
  const groups = resource.links.filter((link) => link.kind === "member-of" && link.type === AUTO_SCALING_GROUP);
  const ids: string[] = [];
  for (const { type, to } of groups) {
    const owner = paused.get(find(type, resource.region, to)?.arn ?? "");
    if (!owner) return { ids, missing: to };
    if (takesMembers(owner.facts, ways)) return { ids, taking: `Auto Scaling group ${to}` };
    ids.push(stepId(owner.resource));
  }
  return { ids };
}

function stepId({ arn }: Pick<Resource, "arn">): string {
  return `pause ${arn}`;
}

function stepOf(
  { resource }: Candidate,
  facts: Facts,
  { state, loses, risks }: Extract<Verdict, { kind: "step" }>,
  after: readonly string[],
  way: string | undefined,
): Step {
  const { stage, how, ways, iam, restartsAfterDays }: PauseFacts = facts.pause ?? {
    stage: "services",
    how: "",
    keepsCosting: [],
    patienceMinutes: 0,
    iam: { capture: [], pause: [], resume: [] },
  };
  return {
    id: stepId(resource),
    operation: "pause",
    target: targetOf(resource),
    ...(way === undefined ? {} : { way }),
    says: `${facts.title} ${resource.name ?? resource.id}: ${way === undefined ? how : ways?.[way]}`,
    reason: `it is ${state.words}`,
    stage: PAUSE_STAGES.indexOf(stage),
    expects: state.saved,
    saves: state.saved,
    after,
    loses,
    risks:
      restartsAfterDays === undefined
        ? risks
        : [...risks, `AWS starts it again by itself after ${restartsAfterDays} days`],
    iam: [...new Set([...iam.capture, ...iam.pause])].sort(),
  };
}
