import type { Call, Operations } from "../../service.ts";
import { bucketHere, canonicalId, type ObjectRow, objectsOf } from "./bucket.ts";
import { allVersions, type Listed } from "./versions.ts";

type S3 = typeof import("@aws-sdk/client-s3");

interface Asked {
  readonly Bucket?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
  readonly Prefix?: string | undefined;
  readonly Delimiter?: string | undefined;
  readonly MaxKeys?: number | undefined;
  readonly EncodingType?: string | undefined;
}

interface Listing {
  readonly objects: readonly ObjectRow[];
  readonly common: readonly string[];
  /** The last key or common prefix of the page; undefined = it was the last page. */
  readonly next: string | undefined;
}

/** S3 lists in the order of the keys' UTF-8 bytes; what the delimiter cuts off becomes one common prefix. */
function listing(call: Call, asked: Asked, after: string): Listing {
  const prefix = asked.Prefix ?? "";
  const groups = new Map<string, ObjectRow | undefined>();
  const keys = Object.values(objectsOf(call, bucketHere(call, asked))).sort((a, b) =>
    Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)),
  );
  for (const row of keys) {
    if (!row.key.startsWith(prefix)) continue;
    const cut = asked.Delimiter ? row.key.indexOf(asked.Delimiter, prefix.length) : -1;
    const name = cut < 0 ? row.key : row.key.slice(0, cut + (asked.Delimiter ?? "").length);
    if (Buffer.compare(Buffer.from(name), Buffer.from(after)) > 0) groups.set(name, cut < 0 ? row : undefined);
  }
  const most = Math.min(asked.MaxKeys ?? 1000, 1000);
  const all = [...groups];
  const shown = all.slice(0, most);
  return {
    objects: shown.flatMap(([, row]) => (row ? [row] : [])),
    common: shown.flatMap(([name, row]) => (row ? [] : [name])),
    next: all.length > shown.length ? shown.at(-1)?.[0] : undefined,
  };
}

/** Keys as the caller wants them: `url` encodes all but slashes. */
function encoder({ EncodingType }: Asked): (key: string) => string {
  if (EncodingType !== "url") return (key) => key;
  return (key) => encodeURIComponent(key).replaceAll("%2F", "/");
}

function answer(asked: Asked, { objects, common, next }: Listing) {
  const encode = encoder(asked);
  return {
    Name: asked.Bucket,
    Prefix: encode(asked.Prefix ?? ""),
    Delimiter: asked.Delimiter,
    MaxKeys: asked.MaxKeys ?? 1000,
    EncodingType: asked.EncodingType,
    IsTruncated: next !== undefined,
    CommonPrefixes: common.map((each) => ({ Prefix: encode(each) })),
    Contents: objects.map((row) => contentOf(row, encode)),
  };
}

function contentOf(row: ObjectRow, encode: (key: string) => string) {
  return {
    Key: encode(row.key),
    LastModified: row.modifiedAt,
    ETag: row.etag,
    Size: row.size,
    StorageClass: "STANDARD",
  };
}

const opaque = (key: string | undefined) => (key === undefined ? undefined : Buffer.from(key).toString("base64url"));

/** The rest of a listing of versions: behind a version of the key, or behind the whole key. What is gone marks its place. */
function after(all: readonly Listed[], { KeyMarker = "", VersionIdMarker }: VersionMarkers): readonly Listed[] {
  if (KeyMarker === "") return all;
  const marked = all.findIndex(({ key, versionId }) => key === KeyMarker && versionId === VersionIdMarker);
  if (marked >= 0) return all.slice(marked + 1);
  const limit = VersionIdMarker === undefined ? 0 : -1;
  return all.filter(({ key }) => Buffer.compare(Buffer.from(key), Buffer.from(KeyMarker)) > limit);
}

interface VersionMarkers {
  readonly KeyMarker?: string | undefined;
  readonly VersionIdMarker?: string | undefined;
}

export const listingOperations = {
  ListObjectsV2(input, call) {
    const token = input.ContinuationToken;
    const found = listing(call, input, token ? Buffer.from(token, "base64url").toString() : (input.StartAfter ?? ""));
    return {
      ...answer(input, found),
      KeyCount: found.objects.length + found.common.length,
      ContinuationToken: token,
      NextContinuationToken: opaque(found.next),
      StartAfter: input.StartAfter,
    };
  },
  ListObjects(input, call) {
    const found = listing(call, input, input.Marker ?? "");
    return {
      ...answer(input, found),
      Marker: input.Marker ?? "",
      NextMarker: input.Delimiter ? found.next : undefined,
    };
  },
  ListObjectVersions(input, call) {
    const encode = encoder(input);
    const all = allVersions(call, bucketHere(call, input)).filter(({ key }) => key.startsWith(input.Prefix ?? ""));
    const shown = after(all, input).slice(0, Math.min(input.MaxKeys ?? 1000, 1000));
    const last = shown.at(-1);
    const isTruncated = last !== undefined && last !== all.at(-1);
    const Owner = { ID: canonicalId(call.account) };
    const head = ({ key, versionId, isLatest, modifiedAt }: Listed) => {
      return { Key: encode(key), VersionId: versionId, IsLatest: isLatest, LastModified: modifiedAt, Owner };
    };
    return {
      Name: input.Bucket,
      Prefix: encode(input.Prefix ?? ""),
      KeyMarker: encode(input.KeyMarker ?? ""),
      MaxKeys: input.MaxKeys ?? 1000,
      EncodingType: input.EncodingType,
      IsTruncated: isTruncated,
      ...(isTruncated ? { NextKeyMarker: encode(last.key), NextVersionIdMarker: last.versionId } : {}),
      Versions: shown.flatMap((each) => (each.object ? [{ ...contentOf(each.object, encode), ...head(each) }] : [])),
      DeleteMarkers: shown.filter(({ object }) => !object).map(head),
    };
  },
} satisfies Operations<S3>;
