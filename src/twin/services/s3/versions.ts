import { AwsFault, type Call } from "../../service.ts";
import { type ObjectRow, type Owned, objectsOf } from "./bucket.ts";

/** A version that is not what a plain GetObject gives: an earlier one, or a delete marker. */
interface PastRow {
  readonly key: string;
  readonly versionId: string;
  readonly modifiedAt: string;
  /** Absent = a delete marker. */
  readonly object?: ObjectRow;
}

/** Past versions of a bucket, the oldest first. */
export function pastOf(call: Call, { bucket, owner }: Owned): PastRow[] {
  const here = call.world.accounts[owner]?.regions[bucket.region];
  if (!here) throw new TypeError(`no region ${bucket.region} in account ${owner}`);
  const kind = `s3.version/${bucket.name}`;
  here[kind] ??= { past: [] } as never;
  return (here[kind] as unknown as { past: PastRow[] }).past;
}

/** What a version is called in a bucket that has no versions, or none any more. */
export const NULL_VERSION = "null";

const idOf = (row: ObjectRow) => row.versionId ?? NULL_VERSION;

function forget(past: PastRow[], key: string, versionId: string): boolean {
  const at = past.findIndex((each) => each.key === key && each.versionId === versionId);
  if (at >= 0) past.splice(at, 1);
  return at >= 0;
}

/** Moves what is there out of the way of a new version or a delete marker; gives the new one's id. */
export function supersede(call: Call, found: Owned, key: string): string {
  const rows = objectsOf(call, found);
  const past = pastOf(call, found);
  const status = found.bucket.settings.versioning?.Status;
  const versionId = status === "Enabled" ? call.uuid() : NULL_VERSION;
  const before = Object.hasOwn(rows, key) ? rows[key] : undefined;
  if (before && status && idOf(before) !== versionId)
    past.push({ key, versionId: idOf(before), modifiedAt: before.modifiedAt, object: before });
  if (versionId === NULL_VERSION) forget(past, key, NULL_VERSION);
  return versionId;
}

/** Deletes as a caller without a version id does. Source: S3 user guide, "Deleting object versions". */
export function deletePlain(call: Call, found: Owned, key: string): { readonly marker?: string } {
  const rows = objectsOf(call, found);
  if (!found.bucket.settings.versioning?.Status) {
    delete rows[key];
    return {};
  }
  const versionId = supersede(call, found, key);
  delete rows[key];
  pastOf(call, found).push({ key, versionId, modifiedAt: call.now() });
  return { marker: versionId };
}

/** Deletes one version for good; the one before it is the latest then. Deleting what is not there succeeds. */
export function deleteVersion(call: Call, found: Owned, key: string, versionId: string): void {
  const rows = objectsOf(call, found);
  const past = pastOf(call, found);
  const current = Object.hasOwn(rows, key) ? rows[key] : undefined;
  const row =
    current && idOf(current) === versionId
      ? current
      : past.find((each) => each.key === key && each.versionId === versionId)?.object;
  if (row?.lockedUntil && row.lockedUntil > call.now())
    throw new AwsFault("AccessDenied", "Access Denied because object protected by object lock.", 403);
  if (current && idOf(current) === versionId) delete rows[key];
  else forget(past, key, versionId);
  if (Object.hasOwn(rows, key)) return;
  const latest = past.filter((each) => each.key === key).at(-1);
  if (!latest?.object) return;
  forget(past, key, latest.versionId);
  rows[key] = latest.object;
}

/** A version as listings show it. */
export interface Listed extends PastRow {
  readonly isLatest: boolean;
}

/** All versions and markers, by key and the newest first, as S3 lists them. */
export function allVersions(call: Call, found: Owned): Listed[] {
  const current = Object.values(objectsOf(call, found)).map((object): Listed => {
    const { key, modifiedAt } = object;
    return { key, versionId: idOf(object), modifiedAt, object, isLatest: true };
  });
  const taken = new Set(current.map(({ key }) => key));
  const past = [...pastOf(call, found)].reverse().map((row): Listed => {
    const isLatest = !taken.has(row.key);
    taken.add(row.key);
    return { ...row, isLatest };
  });
  const order = (a: Listed, b: Listed) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key));
  return [...current, ...past].sort(order);
}
