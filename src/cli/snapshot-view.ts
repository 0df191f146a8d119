import type { AccountId } from "../model/brand.ts";
import type { Resource } from "../model/resource.ts";
import type { GroupCount, Grouping, SnapshotView } from "../report/snapshot.ts";
import { activeSnapshot, openSnapshot } from "../store/snapshots.ts";
import type { Store } from "../store/store.ts";

/**
 * Looks into a snapshot. Counts by type and service stand in its header, the others are counted.
 * @throws EvenkeelError NO_SNAPSHOT, OTHER_ACCOUNT, CORRUPT_SNAPSHOT
 */
export async function viewSnapshot(
  store: Store,
  account: AccountId,
  name: string,
  wanted: { readonly groupBy: Grouping; readonly resources: boolean },
): Promise<SnapshotView> {
  const snapshot = await openSnapshot(store, account, name);
  const { header, file } = snapshot;
  const summary = { header, bytes: file.bytes, active: (await activeSnapshot(store, account)) === name };
  const resources = wanted.resources ? await collect(snapshot.resources()) : undefined;
  const groups =
    wanted.groupBy === "region"
      ? await countRegions(resources ?? snapshot.resources())
      : counted(
          Object.entries(header.counts).map(([type, count]) => [
            wanted.groupBy === "type" ? type : serviceOf(type),
            count,
          ]),
        );
  return { summary, groupBy: wanted.groupBy, groups, ...(resources ? { resources } : {}) };
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

async function countRegions(resources: AsyncIterable<Resource> | Iterable<Resource>): Promise<GroupCount[]> {
  const pairs: [string, number][] = [];
  for await (const { region } of resources) pairs.push([region, 1]);
  return counted(pairs);
}

/** `AWS::EC2::Instance` -> `EC2`. */
function serviceOf(type: string): string {
  return type.split("::")[1] ?? type;
}

/** The most first. */
function counted(pairs: readonly (readonly [string, number])[]): GroupCount[] {
  const totals = new Map<string, number>();
  for (const [name, count] of pairs) totals.set(name, (totals.get(name) ?? 0) + count);
  return [...totals]
    .map(([name, resources]) => ({ name, resources }))
    .sort((a, b) => b.resources - a.resources || (a.name < b.name ? -1 : 1));
}
