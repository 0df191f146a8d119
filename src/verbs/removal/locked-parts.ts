import { UNPROTECT } from "../../catalog/contract.ts";
import { factsOf } from "../../catalog/registry.ts";
import type { Looking } from "../../engine/look-around.ts";
import type { Candidate, RemovalPolicy } from "./plan.ts";
import { readOne } from "./read-one.ts";

/**
 * Why parts that would only go along stay, by ARN: AWS's own protection, which their owner's service need not heed.
 * Source: EC2 user guide, "Change instance termination protection" (Auto Scaling terminates them all the same).
 */
export async function lockedParts(
  looking: Looking,
  {
    candidates,
    relations,
    overrideProtection,
  }: Pick<RemovalPolicy, "relations" | "overrideProtection"> & { readonly candidates: readonly Candidate[] },
): Promise<ReadonlyMap<string, string>> {
  const judged = new Set<string>(candidates.flatMap((each) => (each.found ? [each.resource.arn] : [])));
  const parts = new Set(candidates.flatMap(({ resource, alone }) => (alone ? [] : relations.belowOf(resource.arn))));
  const others = [...parts].flatMap((arn) => (judged.has(arn) ? [] : (relations.resource(arn) ?? [])));
  const reasons = await Promise.all(
    others.map(async (part): Promise<[string, string][]> => {
      const facts = factsOf(part.type);
      // What has no such switch need not be read.
      if (!facts?.removal?.preparations?.[UNPROTECT] || overrideProtection.has(part.type)) return [];
      const found = await readOne(looking, part);
      if (found === "gone") return [];
      if ("unread" in found) return [[part.arn, `whether it is protected could not be read: ${found.unread}`]];
      const { guardedBy } = found.state;
      return guardedBy
        ? [[part.arn, `its ${guardedBy} is on; --override-protection ${facts.short} would remove it all the same`]]
        : [];
    }),
  );
  return new Map(reasons.flat());
}
