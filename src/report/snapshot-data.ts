import { incomplete } from "../model/coverage.ts";
import type { SnapshotHeader, SnapshotSummary } from "../model/snapshot.ts";

/** Total of a snapshot's counts. */
export function resourceCount(header: SnapshotHeader): number {
  return Object.values(header.counts).reduce((total, each) => total + each, 0);
}

/** A snapshot for machines, without its coverage but what was not seen. */
export function snapshotData({ header, active, bytes }: SnapshotSummary): object {
  const { coverage, counts, ...rest } = header;
  return { ...rest, active, bytes, resources: resourceCount(header), counts, incomplete: incomplete(coverage) };
}
