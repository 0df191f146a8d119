import { factsOf } from "../../catalog/registry.ts";
import { readScope } from "../../catalog/scope.ts";
import { pauseOf } from "../../engine/pause-executor.ts";
import { GLOBAL } from "../../model/brand.ts";
import { EvenkeelError, isError } from "../../model/errors.ts";
import type { ResourceType, ScannedResource } from "../../model/resource.ts";
import type { VerbContext } from "../context.ts";
import type { Candidate } from "./plan.ts";

/**
 * What each resource is like as far as pausing goes, in the order given. A state that can't be read is `unread`.
 * All are read together, so that what AWS tells of many in one call is asked for in one; the governor sets the pace.
 * @param ways chosen by type; all others are judged by their usual way
 */
export function candidatesOf(
  context: VerbContext,
  resources: readonly ScannedResource[],
  ways: ReadonlyMap<ResourceType, string>,
): Promise<Candidate[]> {
  return Promise.all(resources.map((each) => candidate(context, each, ways.get(each.type))));
}

async function candidate(
  { connection, signal }: VerbContext,
  scanned: ScannedResource,
  way: string | undefined,
): Promise<Candidate> {
  const { observed: _, ...resource } = scanned;
  const facts = factsOf(resource.type);
  if (!facts) throw new EvenkeelError("BUG", `scanned a type without facts: ${resource.type}`);
  if (!facts.pause) return { resource, facts };
  const region = resource.region === GLOBAL ? connection.globalRegion : resource.region;
  try {
    const pause = await pauseOf(resource.type);
    const state = await pause.capture(readScope(connection, region, { signal }), resource.id);
    return state
      ? { resource, facts, found: { state, eligible: pause.eligible(state, resource, way) } }
      : { resource, facts };
  } catch (error) {
    if (!isError(error) || error.code === "CANCELLED") throw error;
    return { resource, facts, found: { unread: error.message } };
  }
}
