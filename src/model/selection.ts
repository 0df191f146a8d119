import type { IsoInstant, Region } from "./brand.ts";
import type { Resource, ResourceType } from "./resource.ts";

/**
 * The filters of a run, already checked: types resolved to names that exist, dates to instants.
 * Stored in a snapshot's header, because what a baseline never looked for can't be "added" later.
 */
export interface Selection {
  readonly types: readonly ResourceType[];
  readonly regions: readonly Region[];
  /** All of them must match. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Any of them excludes. */
  readonly excludeTags?: Readonly<Record<string, string>>;
  /** ARNs, ids or names. */
  readonly ids?: readonly string[];
  readonly excludeIds?: readonly string[];
  /** Exclusive. */
  readonly createdBefore?: IsoInstant;
  /** Inclusive. */
  readonly createdAfter?: IsoInstant;
}

/** `undated`: a date filter is set and AWS tells no creation date. */
export type Verdict = "in" | "out" | "undated";

/** Whether a resource is in the selection. */
export function judge(selection: Selection, resource: Resource): Verdict {
  if (!selection.types.includes(resource.type) || !selection.regions.includes(resource.region)) return "out";
  if (!hasTags(resource, selection.tags, "every") || hasTags(resource, selection.excludeTags, "some")) return "out";
  if (selection.ids && !isNamed(resource, selection.ids)) return "out";
  if (selection.excludeIds && isNamed(resource, selection.excludeIds)) return "out";
  return judgeDate(selection, resource);
}

function judgeDate({ createdBefore, createdAfter }: Selection, { createdAt }: Resource): Verdict {
  if (createdBefore === undefined && createdAfter === undefined) return "in";
  if (createdAt === undefined) return "undated";
  if (createdBefore !== undefined && createdAt >= createdBefore) return "out";
  return createdAfter !== undefined && createdAt < createdAfter ? "out" : "in";
}

function hasTags(
  resource: Resource,
  tags: Readonly<Record<string, string>> | undefined,
  how: "every" | "some",
): boolean {
  if (tags === undefined) return how === "every";
  return Object.entries(tags)[how](([key, value]) => Object.hasOwn(resource.tags, key) && resource.tags[key] === value);
}

function isNamed(resource: Resource, names: readonly string[]): boolean {
  return names.some((name) => name === resource.arn || name === resource.id || name === resource.name);
}
