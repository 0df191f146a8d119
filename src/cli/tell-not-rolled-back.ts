import type { Host } from "../io/host.ts";
import { countOf } from "../report/humanise.ts";
import type { DeltaResult } from "../verbs/delta/result.ts";

/** What else differs from the baseline: a restore removes, and rolls no configuration back. */
export function tellNotRolledBack(host: Host, { counts, before }: DeltaResult): void {
  const parts = (["modified", "replaced", "deleted", "unknown"] as const).flatMap((kind) =>
    counts[kind] > 0 ? [`${counts[kind]} ${kind}`] : [],
  );
  if (parts.length === 0) return;
  const all = counts.modified + counts.replaced + counts.deleted + counts.unknown;
  host.tell({
    kind: "warning",
    text: `${countOf(all, "resource")} differ otherwise from ${before.name} (${parts.join(", ")}): they are left as they are`,
    hint: "`evenkeel delta` shows them",
  });
}
