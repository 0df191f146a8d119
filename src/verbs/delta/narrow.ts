import type { IsoInstant } from "../../model/brand.ts";
import { type Change, type ChangeKind, countChanges, subject } from "../../model/delta.ts";
import { judge, type Selection } from "../../model/selection.ts";
import type { DeltaResult } from "./result.ts";

/** What of a delta a person wants to see. */
export interface Narrowing {
  readonly selection: Selection;
  readonly since?: IsoInstant | undefined;
  readonly changes?: readonly ChangeKind[] | undefined;
}

/** Leaves out what was not asked for; counts tell what is left. */
export function narrow(result: DeltaResult, { selection, since, changes: kinds }: Narrowing): DeltaResult {
  const changes = result.changes.filter(
    (change) => (kinds?.includes(change.kind) ?? true) && isWanted(change, selection) && isRecent(change, since),
  );
  const unseen = result.unseen.filter(
    (cell) => selection.types.includes(cell.type) && selection.regions.includes(cell.region),
  );
  return { ...result, changes, unseen, counts: countChanges(changes) };
}

/** A change counts when the resource matched before or matches now: one that lost its tag is not to be lost with it. */
function isWanted(change: Change, selection: Selection): boolean {
  if (judge(selection, subject(change)) !== "out") return true;
  return "before" in change && judge(selection, change.before) !== "out";
}

/** A known creation before the date is old news; what AWS gives no date for was first seen now. */
function isRecent(change: Change, since: IsoInstant | undefined): boolean {
  if (since === undefined || change.kind !== "added") return true;
  return change.resource.createdAt === undefined || change.resource.createdAt >= since;
}
