import type { Region } from "./brand.ts";
import type { ResourceType } from "./resource.ts";

/** How well a type was seen in a region. Anything but `complete` means that absence proves nothing. */
export type CoverageStatus = "complete" | "partial" | "denied" | "throttled" | "unsupported" | "failed";

/** One cell of type x region. */
export interface CoverageCell {
  readonly type: ResourceType;
  readonly region: Region;
  readonly status: CoverageStatus;
  /** How many resources were seen. */
  readonly count: number;
  /** The API's words when it was not complete. */
  readonly reason?: string;
  /** The IAM action that was missing. */
  readonly action?: string;
}

export type Coverage = readonly CoverageCell[];

/** Answers for a type and region; a cell that is not there was never looked at. */
export function coverageIndex(coverage: Coverage): (type: string, region: string) => CoverageStatus | "absent" {
  const cells = new Map(coverage.map((cell) => [`${cell.type}|${cell.region}`, cell.status]));
  return (type, region) => cells.get(`${type}|${region}`) ?? "absent";
}

/**
 * Whether absence from this cell proves that nothing is there. A region where the type's service does not exist was
 * seen as far as there is anything to see, but is not proof for what a snapshot once saw there, so only `complete` is.
 */
export function provesAbsence(status: CoverageStatus | "absent"): boolean {
  return status === "complete";
}

/** The cells that a person must know about. */
export function incomplete(coverage: Coverage): CoverageCell[] {
  return coverage.filter((cell) => cell.status !== "complete" && cell.status !== "unsupported");
}
