import { billKeys } from "../../catalog/billed.ts";
import type { AccountId } from "../../model/brand.ts";
import { coverageIndex, provesAbsence } from "../../model/coverage.ts";
import { isError } from "../../model/errors.ts";
import type { ResourceType } from "../../model/resource.ts";
import type { Selection } from "../../model/selection.ts";
import type { SnapshotHeader } from "../../model/snapshot.ts";
import { type OpenSnapshot, openBaseline, openSnapshot } from "../../store/snapshots.ts";
import type { Store } from "../../store/store.ts";

/** A baseline as bills are held against it. */
export interface BilledBaseline {
  readonly header: SnapshotHeader;
  /** The type of each resource by everything that a bill may call it. */
  readonly types: ReadonlyMap<string, ResourceType>;
  /** Names of its Auto Scaling groups by region. */
  readonly scalingGroups: ReadonlyMap<string, ReadonlySet<string>>;
  /** Why what is not in it may still have been there; undefined = it was certainly not. @param region absent = not told */
  doubt(type: ResourceType, region: string | undefined): string | undefined;
}

/**
 * Reads an account's active snapshot, or the one that is named, as far as bills ask for it.
 * @throws EvenkeelError NO_BASELINE, NO_SNAPSHOT, CORRUPT_SNAPSHOT
 */
export async function billedBaseline(store: Store, account: AccountId, name?: string): Promise<BilledBaseline> {
  const snapshot = await (name === undefined ? openBaseline(store, account) : openSnapshot(store, account, name));
  return index(snapshot);
}

/** Of another account in the same bill; undefined = it has none. */
export async function otherBaseline(store: Store, account: AccountId): Promise<BilledBaseline | undefined> {
  try {
    return await billedBaseline(store, account);
  } catch (error) {
    if (isError(error, "NO_BASELINE")) return undefined;
    throw error;
  }
}

async function index({ header, resources }: OpenSnapshot): Promise<BilledBaseline> {
  const types = new Map<string, ResourceType>();
  const scalingGroups = new Map<string, Set<string>>();
  for await (const resource of resources()) {
    for (const key of billKeys(resource)) types.set(key, resource.type);
    if (resource.type === "AWS::AutoScaling::AutoScalingGroup") {
      const names = scalingGroups.get(resource.region) ?? new Set();
      scalingGroups.set(resource.region, names.add(resource.id));
    }
  }
  return { header, types, scalingGroups, doubt: doubts(header) };
}

function doubts({ coverage, selection }: SnapshotHeader): BilledBaseline["doubt"] {
  const statusOf = coverageIndex(coverage);
  const regionsOf = (type: ResourceType) => coverage.filter((cell) => cell.type === type).map(({ region }) => region);
  return (type, region) => {
    if (hasFilters(selection)) return "not in the baseline, which was made with filters";
    const regions = region === undefined ? regionsOf(type) : [region];
    const statuses = regions.map((each) => statusOf(type, each));
    // A service that does not exist in a region has nothing there, for a bill as for a scan.
    if (regions.length > 0 && statuses.every((each) => provesAbsence(each) || each === "unsupported")) return undefined;
    if (statuses.every((each) => each === "absent"))
      return "of a type or in a region that the baseline did not look at";
    return "of a type that the baseline did not see completely";
  };
}

/** Whether anything but types and regions decided what is in it. */
function hasFilters({ types: _, regions: __, ...filters }: Selection): boolean {
  return Object.keys(filters).length > 0;
}
