import { factsOf } from "../catalog/registry.ts";
import { writeScope } from "../catalog/scope.ts";
import { EvenkeelError, isError } from "../model/errors.ts";
import type { JsonObject } from "../model/json.ts";
import { withoutMarks } from "../model/mark.ts";
import type { Step } from "../model/plan.ts";
import type { Tags } from "../model/resource.ts";
import { difference } from "./difference.ts";
import type { Executor, LiveState } from "./live-state.ts";
import type { Looking } from "./look-around.ts";
import { identityOf, type Removable, readRemovable, regionOf } from "./removable.ts";

/** What tells a resource from another one of its name, and its tags; marks, its own and others, do not count. */
export function markedState(now: Pick<Removable, "resource" | "state">): JsonObject {
  return { ...(identityOf(now) as JsonObject), tags: withoutMarks(now.resource.tags) };
}

/** Carries out `mark` and `unmark` steps: one tag is set or taken away, and nothing else is touched. */
export function markExecutor(looking: Looking): Executor {
  const { connection, signal } = looking;

  async function look(step: Step): Promise<LiveState | undefined> {
    const now = await readRemovable(looking, step.target);
    // What is gone has no mark.
    if (step.operation === "unmark")
      return { phase: now && isMarked(now.resource.tags, step) ? "ready" : "done", state: {} };
    if (!now) return undefined;
    const phase = isMarked(now.resource.tags, step) ? "done" : "ready";
    const refusal = now.state.leaving ? "it is being removed already" : undefined;
    return { phase, state: markedState(now), ...(refusal ? { refusal } : {}) };
  }

  async function act(step: Step, heard: (requestId: string) => void): Promise<void> {
    const { operation, target } = step;
    const scope = writeScope(connection, regionOf(connection, target), { signal }, heard);
    const now = await readRemovable(looking, target);
    if (!now && operation === "unmark") return;
    if (!now) throw new EvenkeelError("NOT_FOUND", "it is gone");
    const marked = { type: target.type, arn: target.arn, found: now.found };
    const tag = { Key: keyOf(step), Value: markOf(step) };
    // Loaded here, because it brings three SDK clients that most runs have no use for.
    const { mark, unmark } = await import("../catalog/marking.ts");
    if (operation === "unmark") return unmarked(unmark(scope, marked, tag));
    // The name may be another resource's since the look.
    const changed = difference(step.expects, markedState(now));
    if (changed) throw new EvenkeelError("REFUSED", changed);
    await mark(scope, marked, tag);
  }

  return {
    look,
    act,
    patienceMs: ({ target }) => (factsOf(target.type)?.removal?.patienceMinutes ?? 10) * 60_000,
  };
}

async function unmarked(call: Promise<void>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!isError(error, "NOT_FOUND")) throw error;
  }
}

function isMarked(tags: Tags, step: Step): boolean {
  return tags[keyOf(step)] === markOf(step);
}

function keyOf({ saves }: Step): string {
  return String(saves.tag);
}

function markOf({ saves }: Step): string {
  return String(saves.value);
}
