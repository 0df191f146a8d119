import type { Removable } from "../../engine/removable.ts";
import type { Kept, Step } from "../../model/plan.ts";
import { unmarkStep } from "../reap/mark-step.ts";

/** The step that takes back a mark, or why there is none. */
export function unmarkOf(
  { target, saves }: Step,
  run: string,
  now: Removable | { readonly unread: string } | undefined,
): Step | Kept {
  if (!now) return { target, reason: "it is gone" };
  if ("unread" in now) return { target, reason: `it could not be read: ${now.unread}` };
  const [tag, value] = [String(saves.tag), String(saves.value)];
  const is = Object.hasOwn(now.resource.tags, tag) ? now.resource.tags[tag] : undefined;
  if (is === undefined) return { target, reason: `it is not marked any more: its tag ${tag} is gone` };
  if (is !== value) return { target, reason: `its tag ${tag} is ${is}, which this run has not set` };
  return unmarkStep(target, `run ${run} has marked it`, { tag, value });
}
