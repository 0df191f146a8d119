import { DENIABLE, denial, OTHER_DENIAL } from "../../catalog/denying.ts";
import { markingOf } from "../../catalog/marking-rules.ts";
import { pauseOf } from "../../engine/pause-executor.ts";
import type { Removable } from "../../engine/removable.ts";
import type { JsonObject } from "../../model/json.ts";
import type { QuarantineWay } from "../../model/plan.ts";
import type { ResourceType } from "../../model/resource.ts";
import type { VerbContext } from "../context.ts";
import { candidatesOf } from "../pause/candidates.ts";

/** What a quarantine would do to one resource besides its tag, or why it can't even have that. */
export type Way =
  | { readonly never: string }
  | {
      readonly way: QuarantineWay;
      /** What a release puts back. */
      readonly state?: JsonObject;
      readonly loses: readonly string[];
      readonly risks: readonly string[];
    };

const PLAIN = { loses: [], risks: [] };

/** The way of each that was given, by ARN: what runs and can come back is stopped, identities lose their rights. */
export async function quarantineWays(
  context: VerbContext,
  removables: readonly Removable[],
): Promise<ReadonlyMap<string, Way>> {
  const scanned = removables.map(({ resource }) => ({ ...resource, observed: {} }));
  const judged = await candidatesOf(context, scanned, new Map());
  const denied = new Map(removables.map(({ resource, found }) => [resource.arn, denial(found)]));
  const ways = await Promise.all(
    judged.map(async ({ resource: { type, arn }, found }): Promise<[string, Way]> => {
      const rule = markingOf(type);
      if ("never" in rule) return [arn, rule];
      if (Object.hasOwn(DENIABLE, type))
        return [arn, denied.get(arn) === "other" ? { never: OTHER_DENIAL } : { way: "deny", ...PLAIN }];
      if (!found || "unread" in found || found.state.phase !== "running" || found.eligible.kind === "kept")
        return [arn, { way: "tag", ...PLAIN }];
      if (await deletes(type)) return [arn, { way: "tag", ...PLAIN }];
      const { loses, risks } = found.eligible;
      return [arn, { way: "stop", state: found.state.saved, loses, risks }];
    }),
  );
  return new Map(ways);
}

/** A pause that deletes the resource would take its tag away with it, which is all that a quarantine is known by. */
async function deletes(type: ResourceType): Promise<boolean> {
  return (await pauseOf(type)).goneIsPaused === true;
}
