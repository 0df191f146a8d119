import type { RawSelection } from "../../engine/selection.ts";
import { openSnapshot } from "../../store/snapshots.ts";
import type { VerbContext } from "../context.ts";
import { compareLive } from "../delta/delta.ts";
import type { DeltaResult } from "../delta/result.ts";

/**
 * Scans again and says what differs from a snapshot now: the one that a restore went back to, even where another has become
 * the baseline meanwhile.
 * @throws EvenkeelError NO_SNAPSHOT, CORRUPT_SNAPSHOT
 */
export async function deltaAfter(
  context: VerbContext,
  { snapshot, selection }: { readonly snapshot: string; readonly selection: RawSelection },
): Promise<DeltaResult> {
  const baseline = await openSnapshot(context.store, context.connection.account, snapshot);
  return (await compareLive(context, baseline, selection)).narrowed;
}
