import { createHash } from "node:crypto";
import type { JsonObject } from "../../../model/json.ts";
import { AwsFault, type Call } from "../../service.ts";

/** Settings that are put, got and deleted whole, each by calls of its own. */
export type Setting =
  | "acl"
  | "cors"
  | "encryption"
  | "lifecycle"
  | "logging"
  | "notification"
  | "objectLock"
  | "ownership"
  | "policy"
  | "publicAccess"
  | "replication"
  | "versioning"
  | "website";

export interface BucketRow {
  readonly name: string;
  readonly region: string;
  readonly createdAt: string;
  readonly settings: Partial<Record<Setting, JsonObject>>;
  tags: Record<string, string>;
}

/** An object's latest version; what was before it stands in versions.ts. */
export interface ObjectRow {
  readonly key: string;
  /** Base64. */
  readonly body: string;
  readonly size: number;
  readonly etag: string;
  readonly modifiedAt: string;
  readonly contentType: string;
  readonly metadata: Record<string, string>;
  /** Absent = made while the bucket had no versions. */
  readonly versionId?: string;
  /** Object lock keeps the version until then, ISO. */
  readonly lockedUntil?: string;
}

/** A bucket and the account it belongs to: names are unique in a partition. */
export interface Owned {
  readonly bucket: BucketRow;
  readonly owner: string;
}

function* bucketsOf(call: Call, account: string): Generator<BucketRow> {
  for (const rows of Object.values(call.world.accounts[account]?.regions ?? {}))
    yield* Object.values(rows["s3.bucket"] ?? {}) as unknown as BucketRow[];
}

/** The caller's own buckets in alphabetical order, as S3 lists them. */
export function ownBuckets(call: Call): BucketRow[] {
  return [...bucketsOf(call, call.account)].sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function findBucket(call: Call, name: string | undefined): Owned | undefined {
  for (const owner of Object.keys(call.world.accounts))
    for (const bucket of bucketsOf(call, owner)) if (bucket.name === name) return { bucket, owner };
  return undefined;
}

interface Asked {
  readonly Bucket?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

/** The bucket, if the caller may have it. Another account's opens only to those its policy names. */
export function bucketOf(call: Call, { Bucket, ExpectedBucketOwner }: Asked): Owned {
  const found = findBucket(call, Bucket);
  if (!found) throw new AwsFault("NoSuchBucket", "The specified bucket does not exist", 404);
  const { bucket, owner } = found;
  const policy = JSON.stringify(bucket.settings.policy ?? "");
  const stranger = owner !== call.account && !policy.includes(call.account);
  if (stranger || (ExpectedBucketOwner ?? owner) !== owner) throw new AwsFault("AccessDenied", "Access Denied", 403);
  return found;
}

/** Buckets answer at their own region's endpoint only. */
export function bucketHere(call: Call, asked: Asked): Owned {
  const found = bucketOf(call, asked);
  if (found.bucket.region === call.region) return found;
  const message = "The bucket you are attempting to access must be addressed using the specified endpoint.";
  throw new AwsFault("PermanentRedirect", message, 301);
}

/** Objects of a bucket by key. */
export function objectsOf(call: Call, { bucket, owner }: Owned): Record<string, ObjectRow> {
  const here = call.world.accounts[owner]?.regions[bucket.region];
  if (!here) throw new TypeError(`no region ${bucket.region} in account ${owner}`);
  const kind = `s3.object/${bucket.name}`;
  here[kind] ??= {};
  return here[kind] as unknown as Record<string, ObjectRow>;
}

export function deleteBucketRow(call: Call, { bucket, owner }: Owned): void {
  const here = call.world.accounts[owner]?.regions[bucket.region];
  delete here?.["s3.bucket"]?.[bucket.name];
  for (const kind of ["object", "version", "upload"]) delete here?.[`s3.${kind}/${bucket.name}`];
}

/** S3 knows an account by 64 hex digits. */
export function canonicalId(account: string): string {
  return createHash("sha256").update(account).digest("hex");
}
