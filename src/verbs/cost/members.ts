import { billKeys } from "../../catalog/billed.ts";
import { scan } from "../../engine/scan/scan.ts";
import { parseSelection } from "../../engine/selection.ts";
import { redactor } from "../../model/redact.ts";
import type { Resource } from "../../model/resource.ts";
import { secretKey } from "../../store/secret-key.ts";
import type { VerbContext } from "../context.ts";
import type { BilledBaseline } from "./baseline.ts";
import { makersOf } from "./makers.ts";

/**
 * What launched each instance and volume that is there now, by their bill keys; null = nothing did. One of the baseline before
 * others: a group launches by fleets of its own. What could not be read is not in it.
 */
export async function scaledMembers(
  { connection, store, host, clock, signal }: VerbContext,
  { makers }: BilledBaseline,
): Promise<ReadonlyMap<string, string | null>> {
  const regions = [...makers.keys()];
  if (regions.length === 0) return new Map();
  const selection = parseSelection({ type: ["ec2:instance", "ec2:volume"], regions })([]);
  const redact = redactor(await secretKey(store));
  const { resources } = await scan({ connection, selection, redact, host, clock, signal });
  const groupOf = new Map<string, string | null>();
  for (const resource of resources) {
    if (resource.type !== "AWS::EC2::Instance") continue;
    const all = makersOf(resource);
    groupOf.set(resource.id, all.find((each) => makers.get(resource.region)?.has(each)) ?? all[0] ?? null);
  }
  return new Map(
    resources.flatMap((resource) => {
      const group = resource.type === "AWS::EC2::Volume" ? ofInstances(resource, groupOf) : groupOf.get(resource.id);
      return group === undefined ? [] : billKeys(resource).map((key) => [key, group] as const);
    }),
  );
}

/** A volume is its instance's; one that hangs on nothing is of no group. Undefined = its instance could not be read. */
function ofInstances({ links }: Resource, groupOf: ReadonlyMap<string, string | null>): string | null | undefined {
  const groups = links.filter(({ type }) => type === "AWS::EC2::Instance").map(({ to }) => groupOf.get(to));
  const group = groups.find((each) => typeof each === "string");
  return group ?? (groups.includes(undefined) ? undefined : null);
}
