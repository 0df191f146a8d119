import type { AccountId, IsoInstant } from "../../model/brand.ts";
import type { CoverageCell } from "../../model/coverage.ts";
import type { Change, DeltaCounts } from "../../model/delta.ts";

/** One side of a delta. */
export interface DeltaSide {
  /** Snapshot name, or `live` for a scan. */
  readonly name: string;
  readonly startedAt: IsoInstant;
  readonly resources: number;
}

/** What `delta` and `snapshot diff` return; every output format is made of it. */
export interface DeltaResult {
  readonly account: AccountId;
  readonly before: DeltaSide;
  readonly after: DeltaSide;
  readonly changes: readonly Change[];
  readonly counts: DeltaCounts;
  /** Resources that stand on both sides, unchanged. */
  readonly unchanged: number;
  /** Cells that were not completely seen on one side or the other. */
  readonly unseen: readonly CoverageCell[];
}
