import type { Looking } from "../../engine/look-around.ts";
import { type Removable, readRemovable } from "../../engine/removable.ts";
import { isError } from "../../model/errors.ts";
import { targetOf } from "../../model/plan.ts";
import type { Resource } from "../../model/resource.ts";
import type { Candidate } from "./plan.ts";

/** What one is like just now, as far as removing goes; `unread`: why that is not known. */
export async function readOne(
  looking: Looking,
  resource: Resource,
): Promise<Removable | { readonly unread: string } | "gone"> {
  try {
    return (await readRemovable(looking, targetOf(resource))) ?? "gone";
  } catch (error) {
    if (!isError(error) || error.code === "CANCELLED") throw error;
    return { unread: error.message };
  }
}

/** What a candidate was when it was read, if it could be. */
export function removableOf({ found }: Pick<Candidate, "found">): Removable | undefined {
  return found && found !== "gone" && !("unread" in found) ? found : undefined;
}
