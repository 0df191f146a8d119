import { markingOf } from "../../catalog/marking-rules.ts";
import { factsOf } from "../../catalog/registry.ts";
import { markedState } from "../../engine/mark-executor.ts";
import type { Removable } from "../../engine/removable.ts";
import type { Operation, Step, Target } from "../../model/plan.ts";

/** A tag that stands for what a run has found. */
export interface MarkTag {
  readonly tag: string;
  readonly value: string;
}

/** The step that marks one, in place of the one that would have removed it. */
export function markStep({ target, reason }: Step, found: Removable, tag: MarkTag): Step {
  const says = "marked; a later run that finds it again removes it";
  return { ...tagStep("mark", target, { says, reason, tag }), expects: markedState(found) };
}

/** The step that takes a mark away, as long as it is that one. Nothing else of the resource matters for it. */
export function unmarkStep(target: Target, reason: string, tag: MarkTag): Step {
  return tagStep("unmark", target, { says: "its mark is taken away", reason, tag });
}

function tagStep(
  operation: Extract<Operation, "mark" | "unmark">,
  target: Target,
  { says, reason, tag }: { readonly says: string; readonly reason: string; readonly tag: MarkTag },
): Step {
  const facts = factsOf(target.type);
  const rule = markingOf(target.type);
  const actions = [
    ...(facts?.iam.read ?? []),
    ...(facts?.removal?.iam.inspect ?? []),
    ...("never" in rule ? [] : rule[operation]),
  ];
  return {
    id: `${operation} ${tag.tag} ${target.arn}`,
    operation,
    target,
    says: `${facts?.title ?? target.type} ${target.name ?? target.id}: ${says}`,
    reason,
    stage: 0,
    expects: {},
    saves: { ...tag },
    after: [],
    loses: [],
    risks: [],
    iam: [...new Set(actions)].sort(),
  };
}
