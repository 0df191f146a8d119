import type { AccountId, IsoInstant, Region } from "./brand.ts";
import type { Coverage } from "./coverage.ts";
import type { Selection } from "./selection.ts";

/** Raised when a stored snapshot's lines change their meaning. */
export const SNAPSHOT_SCHEMA = 1;

/** The first line of a snapshot file. */
export interface SnapshotHeader {
  readonly schema: typeof SNAPSHOT_SCHEMA;
  readonly name: string;
  readonly account: AccountId;
  readonly partition: string;
  readonly regions: readonly Region[];
  readonly selection: Selection;
  /** The cut-off: what was created later is not the baseline's. */
  readonly startedAt: IsoInstant;
  readonly finishedAt: IsoInstant;
  readonly coverage: Coverage;
  /** Resources per type. */
  readonly counts: Readonly<Record<string, number>>;
  /** Resources that a date filter left out because AWS tells no creation date. */
  readonly undated: number;
  readonly metadata: Readonly<Record<string, string>>;
  readonly tool: string;
  /**
   * SHA-256 over the resource lines, each with its newline, and then the header's canonical JSON without this member:
   * coverage and selection decide what a delta says, so they must not be edited unseen either.
   */
  readonly digest: string;
}

/** What `snapshot list` shows. */
export interface SnapshotSummary {
  readonly header: SnapshotHeader;
  readonly active: boolean;
  readonly bytes: number;
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/;

export function isSnapshotName(name: string): boolean {
  return NAME.test(name);
}
