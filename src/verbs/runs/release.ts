import { DENIABLE } from "../../catalog/denying.ts";
import { markingOf } from "../../catalog/marking-rules.ts";
import { factsOf } from "../../catalog/registry.ts";
import { identityOf, type Removable } from "../../engine/removable.ts";
import type { Kept, Step } from "../../model/plan.ts";
import { QUARANTINE_TAG } from "../../model/quarantine.ts";

/** The step that takes a quarantine back, or why there is none. */
export function releaseOf(
  step: Step,
  run: string,
  now: Removable | { readonly unread: string } | undefined,
): Step | Kept {
  const { target } = step;
  if (!now) return { target, reason: "it is gone" };
  if ("unread" in now) return { target, reason: `it could not be read: ${now.unread}` };
  const tag = now.resource.tags[QUARANTINE_TAG];
  if (tag === undefined)
    return { target, reason: `it is not in quarantine any more: its tag ${QUARANTINE_TAG} is gone` };
  if (tag !== step.saves.until)
    return { target, reason: `its tag ${QUARANTINE_TAG} is ${tag}, which this run has not set` };
  const { id: _, after: __, money: ___, loses: ____, ...same } = step;
  return {
    ...same,
    id: `release ${target.arn}`,
    operation: "release",
    says: `${factsOf(target.type)?.title ?? target.type} ${target.name ?? target.id}: ${HOW[step.way ?? ""] ?? HOW.tag}`,
    reason: `run ${run} has put it into quarantine until ${tag}`,
    // Backwards, as a resume: databases come before what works with them.
    stage: 0 - step.stage,
    expects: identityOf(now),
    after: [],
    loses: [],
    iam: actionsOf(step),
  };
}

const HOW: Readonly<Record<string, string>> = {
  stop: "started again, out of quarantine",
  deny: "rights given back, out of quarantine",
  tag: "out of quarantine",
};

function actionsOf({ target: { type }, way }: Step): string[] {
  const facts = factsOf(type);
  const rule = markingOf(type);
  const actions = [
    ...(facts?.iam.read ?? []),
    ...(facts?.removal?.iam.inspect ?? []),
    ...("unmark" in rule ? rule.unmark : []),
    ...(way === "stop" ? [...(facts?.pause?.iam.capture ?? []), ...(facts?.pause?.iam.resume ?? [])] : []),
    ...(way === "deny" ? (DENIABLE[type]?.allow ?? []) : []),
  ];
  return [...new Set(actions)].sort();
}
