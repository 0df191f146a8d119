import { factsOf } from "../../catalog/registry.ts";
import type { Outcomes } from "../../engine/apply.ts";
import type { Outcome, Step, Target } from "../../model/plan.ts";

/** `unsure`: AWS takes a final snapshot while it deletes, and whether it has begun to is not known. */
export type BackupState = "planned" | "made" | "not made" | "unsure";

/** A copy of a resource that outlives it. */
export interface Backup {
  /** `an EBS snapshot`. */
  readonly kind: string;
  readonly name: string;
  /** In whose region it is. */
  readonly of: Target;
}

/** The copy that one of a resource's steps makes: a step of its own, or AWS's final snapshot at the deletion. */
export function backupOf(
  steps: readonly Step[],
  outcomes: Outcomes | undefined,
): (Backup & { readonly state: BackupState }) | undefined {
  for (const { id, target, operation, saves } of steps) {
    const name = operation === "back-up" ? saves.backup : saves.finalSnapshot;
    if (typeof name !== "string") continue;
    const kind = factsOf(target.type)?.removal?.backup ?? "a backup";
    const state = outcomes ? stateOf(outcomes.get(id), operation === "back-up") : "planned";
    return { kind, name, of: target, state };
  }
  return undefined;
}

function stateOf(outcome: Outcome | undefined, isOwnStep: boolean): BackupState {
  switch (outcome?.kind) {
    case "applied":
      return "made";
    case "unchanged":
      return isOwnStep ? "made" : "not made";
    case "deferred":
      return "unsure";
    case "failed":
      return isOwnStep ? "not made" : "unsure";
    case "blocked":
    case "skipped":
    case undefined:
      return "not made";
  }
}
