import { creatorOf } from "../../aws/trail.ts";
import { GLOBAL } from "../../model/brand.ts";
import type { Change } from "../../model/delta.ts";
import { EvenkeelError } from "../../model/errors.ts";
import type { VerbContext } from "../context.ts";
import type { DeltaResult } from "./result.ts";

/** CloudTrail answers two look-ups a second: more than this would keep a person waiting for minutes. */
const MOST_LOOKUPS = 100;

/** Adds to what was added who created it, as far as CloudTrail tells (90 days back). */
export async function nameCreators(context: VerbContext, result: DeltaResult): Promise<DeltaResult> {
  const { host } = context;
  const added = result.changes.filter((change) => change.kind === "added");
  if (added.length > MOST_LOOKUPS)
    host.tell({
      kind: "warning",
      text: `creators are looked up for the first ${MOST_LOOKUPS} of ${added.length} added`,
      hint: "narrow with --type or --region",
    });
  const named = new Map<Change, Change>();
  try {
    for (const [index, change] of added.slice(0, MOST_LOOKUPS).entries()) {
      host.tell({
        kind: "progress",
        task: "creators",
        done: index,
        total: Math.min(added.length, MOST_LOOKUPS),
        at: change.resource.id,
      });
      const createdBy = await creator(context, change);
      if (createdBy !== undefined) named.set(change, { ...change, createdBy });
    }
  } catch (error) {
    if (!(error instanceof EvenkeelError) || error.code === "CANCELLED") throw error;
    host.tell({
      kind: "warning",
      text: `creators are unknown: ${error.message}`,
      ...(error.details.hint ? { hint: error.details.hint } : {}),
    });
  }
  return { ...result, changes: result.changes.map((change) => named.get(change) ?? change) };
}

function creator(
  { connection }: VerbContext,
  { resource }: Extract<Change, { kind: "added" }>,
): Promise<string | undefined> {
  const where = resource.region === GLOBAL ? connection.globalRegion : resource.region;
  return creatorOf(connection, where, resource.id, resource.createdAt);
}
