import { billKeys } from "../../catalog/billed.ts";
import type { AccountId, Region } from "../../model/brand.ts";
import { coverageIndex, provesAbsence } from "../../model/coverage.ts";
import { type EvenkeelError, isError } from "../../model/errors.ts";
import type { ResourceType } from "../../model/resource.ts";
import type { Selection } from "../../model/selection.ts";
import type { SnapshotHeader } from "../../model/snapshot.ts";
import { type OpenSnapshot, openBaseline, openSnapshot } from "../../store/snapshots.ts";
import type { Store } from "../../store/store.ts";
import { MAKERS, makerKey } from "./makers.ts";

/** A baseline as bills are held against it. */
export interface BilledBaseline {
  readonly header: SnapshotHeader;
  /** The type of each resource by everything that a bill may call it. */
  readonly types: ReadonlyMap<string, ResourceType>;
  /** Its Auto Scaling groups, fleets and clusters that launch instances, by region. */
  readonly makers: ReadonlyMap<Region, ReadonlySet<string>>;
  /**
   * Why what is not in it may still have been there; undefined = it was certainly not.
   * @param types of which it is one
   * @param regions where it may have been; absent = nobody knows
   */
  doubt(types: readonly ResourceType[], regions: readonly string[] | undefined): string | undefined;
}

/**
 * Reads an account's active snapshot, or the one that is named, as far as bills ask for it.
 * @throws EvenkeelError NO_BASELINE, NO_SNAPSHOT, CORRUPT_SNAPSHOT
 */
export async function billedBaseline(store: Store, account: AccountId, name?: string): Promise<BilledBaseline> {
  const snapshot = await (name === undefined ? openBaseline(store, account) : openSnapshot(store, account, name));
  return index(snapshot);
}

/** Of another account in the same bill; undefined = it has none. One that can't be read does not end the reading of a bill: why. */
export async function otherBaseline(
  store: Store,
  account: AccountId,
): Promise<BilledBaseline | EvenkeelError | undefined> {
  try {
    return await billedBaseline(store, account);
  } catch (error) {
    if (isError(error, "NO_BASELINE")) return undefined;
    if (isError(error, "NO_SNAPSHOT", "OTHER_ACCOUNT", "CORRUPT_SNAPSHOT")) return error;
    throw error;
  }
}

async function index({ header, resources }: OpenSnapshot): Promise<BilledBaseline> {
  const types = new Map<string, ResourceType>();
  const makers = new Map<Region, Set<string>>();
  for await (const resource of resources()) {
    for (const key of billKeys(resource)) types.set(key, resource.type);
    if (!MAKERS.includes(resource.type)) continue;
    const there = makers.get(resource.region) ?? new Set();
    makers.set(resource.region, there.add(makerKey(resource)));
  }
  return { header, types, makers, doubt: doubts(header) };
}

function doubts({ coverage, selection }: SnapshotHeader): BilledBaseline["doubt"] {
  const statusOf = coverageIndex(coverage);
  return (types, regions) => {
    if (hasFilters(selection)) return "not in the baseline, which was made with filters";
    if (regions === undefined) return "not in the baseline, and of a region that is not told";
    const statuses = types.flatMap((type) => regions.map((region) => statusOf(type, region)));
    // Where a service does not exist it has nothing; but what is charged for there is of some service that does.
    const isSeen = statuses.every((each) => provesAbsence(each) || each === "unsupported");
    if (isSeen && statuses.some(provesAbsence)) return undefined;
    if (statuses.every((each) => each === "absent"))
      return "of a type or in a region that the baseline did not look at";
    return "of a type that the baseline did not see completely";
  };
}

/** Whether anything but types and regions decided what is in it. */
function hasFilters({ types: _, regions: __, ...filters }: Selection): boolean {
  return Object.keys(filters).length > 0;
}
