import { isArn } from "../../model/arn.ts";
import type { IsoInstant } from "../../model/brand.ts";
import { type Coverage, coverageIndex, provesAbsence } from "../../model/coverage.ts";
import type { Resource } from "../../model/resource.ts";
import { judge, type Selection } from "../../model/selection.ts";

/** What one side of a delta looked for, and how well it saw it. */
export interface SeenSide {
  /** Snapshot name, or `live`. */
  readonly name: string;
  readonly startedAt: IsoInstant;
  readonly selection: Selection;
  readonly coverage: Coverage;
}

/**
 * What can be said of a resource that stands on one side only. `change`: it was added or deleted;
 * `out`: the other side never looked for it; `undated`: a date filter can't tell whether the other side looked for it.
 */
export type OneSided =
  | { readonly kind: "change" | "out" | "undated" }
  | { readonly kind: "unknown"; readonly reason: string };

/**
 * What a live scan has to look for to be compared with a baseline: everything of its types in its regions. With the
 * baseline's other filters too, a resource that lost a tag would look deleted.
 */
export function scanFor(baseline: Selection): Selection {
  return { types: baseline.types, regions: baseline.regions };
}

/** Gives the judges of what stands on one side only. Coverage is indexed once. */
export function scope(before: SeenSide, after: SeenSide) {
  const blind = blindness(before, after);
  const judgeOne = (resource: Resource, other: SeenSide, doubt: (found: Resource) => string | undefined): OneSided => {
    const verdict = judge(other.selection, resource);
    if (verdict !== "in") return { kind: verdict };
    const reason = blind(resource) ?? doubt(resource);
    return reason === undefined ? { kind: "change" } : { kind: "unknown", reason };
  };
  return {
    /** Of a resource that stands on the before side only. */
    gone: (resource: Resource) => judgeOne(resource, after, () => mayHaveLeft(resource, after)),
    /** Of a resource that stands on the after side only. */
    come: (resource: Resource) => judgeOne(resource, before, () => mayHaveEntered(resource, before)),
  };
}

/** Why absence proves nothing in a resource's cell; undefined = both sides saw it completely. */
function blindness(before: SeenSide, after: SeenSide): (resource: Resource) => string | undefined {
  const sides = [before, after].map((side) => ({ side, status: coverageIndex(side.coverage) }));
  return ({ type, region }) => {
    const doubts = sides.flatMap(({ side, status }) => {
      const seen = status(type, region);
      if (provesAbsence(seen)) return [];
      return [
        seen === "absent"
          ? `${side.name} did not look there`
          : `${side.name} did not see all of it: ${why(side, type, region)}`,
      ];
    });
    return doubts.length === 0 ? undefined : `${type} in ${region}: ${doubts.join("; ")}`;
  };
}

function why(side: SeenSide, type: string, region: string): string {
  const cell = side.coverage.find((each) => each.type === type && each.region === region);
  return cell?.reason === undefined ? String(cell?.status) : `${cell.status}, ${cell.reason}`;
}

/** A side that kept only what has certain tags or a name can't tell a deletion from a lost tag or a new name. */
function mayHaveLeft(resource: Resource, { name, selection }: SeenSide): string | undefined {
  const filter = movableFilter(resource, selection);
  return filter && `deleted, or its ${filter} changed: ${name} holds only what its ${filter} filter lets in`;
}

/**
 * Something older than a side that filters by tags or name was outside of its filter then: it is not new. Of what AWS
 * tells no creation date for, nobody can say.
 */
function mayHaveEntered(resource: Resource, { name, startedAt, selection }: SeenSide): string | undefined {
  const filter = movableFilter(resource, selection);
  if (!filter) return undefined;
  const { createdAt } = resource;
  if (createdAt === undefined)
    return `new, or outside of the ${filter} filter of ${name} then: AWS tells no creation date`;
  if (!isOlder(createdAt, startedAt)) return undefined;
  return `not new (created ${createdAt}), but outside of the ${filter} filter of ${name} then`;
}

/** Many services give creation dates in whole seconds. */
const DATE_GRAIN_MS = 1000;

function isOlder(created: IsoInstant, started: IsoInstant): boolean {
  return Date.parse(created) + DATE_GRAIN_MS <= Date.parse(started);
}

/** The filter that let a resource in and under which it can move: tags, or its name; its ARN, id and creation date stay. */
function movableFilter(resource: Resource, selection: Selection): "tag" | "name" | undefined {
  if (hasMembers(selection.tags) || hasMembers(selection.excludeTags)) return "tag";
  const { ids, excludeIds = [] } = selection;
  // An id stays as an ARN does, but does not look different from a name.
  if (excludeIds.some((each) => !isArn(each))) return "name";
  if (ids === undefined || ids.includes(resource.arn) || ids.includes(resource.id)) return undefined;
  return "name";
}

function hasMembers(tags: Readonly<Record<string, string>> | undefined): boolean {
  return tags !== undefined && Object.keys(tags).length > 0;
}
