import { createHash } from "node:crypto";
import { AwsFault, type Call, type Operations } from "../../service.ts";
import { bucketHere, type ObjectRow, type Owned, objectsOf } from "./bucket.ts";
import { deletePlain, deleteVersion, NULL_VERSION, supersede } from "./versions.ts";

type S3 = typeof import("@aws-sdk/client-s3");

interface Asked {
  readonly Bucket?: string | undefined;
  readonly Key?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
  readonly Range?: string | undefined;
}

function objectAt(call: Call, asked: Asked, missing = "NoSuchKey"): ObjectRow {
  const rows = objectsOf(call, bucketHere(call, asked));
  const row = rows[asked.Key ?? ""];
  if (!row || !Object.hasOwn(rows, asked.Key ?? ""))
    throw new AwsFault(missing, "The specified key does not exist.", 404);
  if (asked.IfMatch && asked.IfMatch !== row.etag) throw precondition();
  if (asked.IfNoneMatch && asked.IfNoneMatch === row.etag) throw new AwsFault("NotModified", "Not Modified", 304);
  return row;
}

function precondition(): AwsFault {
  return new AwsFault("PreconditionFailed", "At least one of the pre-conditions you specified did not hold", 412);
}

function headOf(row: ObjectRow) {
  return {
    AcceptRanges: "bytes",
    ContentLength: row.size,
    ContentType: row.contentType,
    ETag: row.etag,
    LastModified: row.modifiedAt,
    Metadata: row.metadata,
    ServerSideEncryption: "AES256",
  };
}

/** The part that `bytes=0-9`, `bytes=10-` or `bytes=-5` asks for. */
function ranged(
  bytes: Uint8Array,
  range: string | undefined,
): { readonly part: Uint8Array; readonly ContentRange?: string } {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(range ?? "") ?? [];
  if (first === "" && last === "") return { part: bytes };
  const start = first === "" ? Math.max(0, bytes.length - Number(last)) : Number(first);
  const end = first === "" || last === "" ? bytes.length : Math.min(bytes.length, Number(last) + 1);
  if (start >= bytes.length) throw new AwsFault("InvalidRange", "The requested range is not satisfiable", 416);
  return { part: bytes.subarray(start, end), ContentRange: `bytes ${start}-${end - 1}/${bytes.length}` };
}

/** Bytes with the looks of the SDK's response streams, for callers that have no wire between. */
function streamOf(bytes: Uint8Array) {
  return Object.assign(new Uint8Array(bytes), {
    transformToByteArray: () => Promise.resolve(bytes),
    transformToString: (encoding: BufferEncoding = "utf8") => Promise.resolve(Buffer.from(bytes).toString(encoding)),
    async *[Symbol.asyncIterator]() {
      yield bytes;
    },
  });
}

/** @param body base64 as it comes off the wire, or bytes where there is no wire */
function bytesOf(body: string | Uint8Array | undefined): Buffer {
  return typeof body === "string" ? Buffer.from(body, "base64") : Buffer.from(body ?? []);
}

export const objectOperations = {
  PutObject(input, call) {
    const found = bucketHere(call, input);
    const rows = objectsOf(call, found);
    const key = input.Key ?? "";
    const before = Object.hasOwn(rows, key) ? rows[key] : undefined;
    if (input.IfNoneMatch === "*" && before) throw precondition();
    if (input.IfMatch && !before) throw new AwsFault("NoSuchKey", "The specified key does not exist.", 404);
    if (input.IfMatch && input.IfMatch !== before?.etag) throw precondition();
    const bytes = bytesOf(input.Body as string | Uint8Array | undefined);
    const etag = `"${createHash("md5").update(bytes).digest("hex")}"`;
    const versionId = supersede(call, found, key);
    rows[key] = {
      key,
      body: bytes.toString("base64"),
      size: bytes.length,
      etag,
      modifiedAt: call.now(),
      contentType: input.ContentType ?? "application/octet-stream",
      metadata: { ...(input.Metadata as Record<string, string> | undefined) },
      ...(versionId === NULL_VERSION ? {} : { versionId }),
      ...(input.ObjectLockRetainUntilDate
        ? { lockedUntil: new Date(input.ObjectLockRetainUntilDate).toISOString() }
        : {}),
    };
    const made = versionId === NULL_VERSION ? {} : { VersionId: versionId };
    return { ETag: etag, ServerSideEncryption: "AES256", ...made };
  },
  GetObject(input, call) {
    const row = objectAt(call, input);
    const { part, ...range } = ranged(bytesOf(row.body), input.Range);
    return { ...headOf(row), ...range, ContentLength: part.length, Body: streamOf(part) };
  },
  HeadObject(input, call) {
    return headOf(objectAt(call, input, "NotFound"));
  },
  CopyObject(input, call) {
    const [Bucket, ...path] = decodeURIComponent(input.CopySource ?? "")
      .replace(/^\//, "")
      .split("/");
    const source = objectAt(call, { Bucket, Key: path.join("/") });
    const Key = input.Key ?? "";
    const found = bucketHere(call, input);
    const { versionId: _, lockedUntil: __, ...plain } = source;
    const versionId = supersede(call, found, Key);
    const copy = { ...plain, key: Key, modifiedAt: call.now(), ...(versionId === NULL_VERSION ? {} : { versionId }) };
    objectsOf(call, found)[Key] = copy;
    return { CopyObjectResult: { ETag: copy.etag, LastModified: copy.modifiedAt } };
  },
  /** Deleting what is not there succeeds too. */
  DeleteObject: (input, call) => deleteOne(call, bucketHere(call, input), input),
  /** Its answer is a success also where none of them could be deleted. Source: API reference, DeleteObjects. */
  DeleteObjects(input, call) {
    const found = bucketHere(call, input);
    const objects = input.Delete?.Objects ?? [];
    if (objects.length > 1000)
      throw new AwsFault(
        "MalformedXML",
        "The XML you provided was not well-formed or did not validate against our published schema",
      );
    const Deleted: object[] = [];
    const Errors: object[] = [];
    for (const { Key, VersionId } of objects)
      try {
        Deleted.push({ Key, ...deleteOne(call, found, { Key, VersionId }) });
      } catch (error) {
        if (!(error instanceof AwsFault)) throw error;
        Errors.push({ Key, VersionId, Code: error.code, Message: error.message });
      }
    return { ...(input.Delete?.Quiet ? {} : { Deleted }), ...(Errors.length > 0 ? { Errors } : {}) };
  },
} satisfies Operations<S3>;

interface Deletion {
  readonly Key?: string | undefined;
  readonly VersionId?: string | undefined;
}

function deleteOne(call: Call, found: Owned, { Key = "", VersionId }: Deletion) {
  if (VersionId !== undefined) {
    deleteVersion(call, found, Key, VersionId);
    return { VersionId };
  }
  const { marker } = deletePlain(call, found, Key);
  return marker === undefined ? {} : { DeleteMarker: true };
}
