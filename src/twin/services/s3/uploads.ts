import { AwsFault, type Call, type Operations } from "../../service.ts";
import { bucketHere, type Owned } from "./bucket.ts";

type S3 = typeof import("@aws-sdk/client-s3");

interface UploadRow {
  readonly Key: string;
  readonly UploadId: string;
  readonly Initiated: string;
}

function uploadsOf(call: Call, { bucket, owner }: Owned): Record<string, UploadRow> {
  const here = call.world.accounts[owner]?.regions[bucket.region];
  if (!here) throw new TypeError(`no region ${bucket.region} in account ${owner}`);
  const kind = `s3.upload/${bucket.name}`;
  here[kind] ??= {};
  return here[kind] as unknown as Record<string, UploadRow>;
}

/** Uploads in parts, as far as being begun, listed and given up. */
export const uploadOperations = {
  CreateMultipartUpload(input, call) {
    const row = { Key: input.Key ?? "", UploadId: call.uuid(), Initiated: call.now() };
    uploadsOf(call, bucketHere(call, input))[row.UploadId] = row;
    return { Bucket: input.Bucket, Key: row.Key, UploadId: row.UploadId };
  },
  ListMultipartUploads(input, call) {
    const all = Object.values(uploadsOf(call, bucketHere(call, input))).filter(({ Key }) =>
      Key.startsWith(input.Prefix ?? ""),
    );
    const start = all.findIndex(({ UploadId }) => UploadId === input.UploadIdMarker) + 1;
    const shown = all.slice(start, start + (input.MaxUploads ?? 1000));
    const isTruncated = start + shown.length < all.length;
    const last = shown.at(-1);
    return {
      Bucket: input.Bucket,
      IsTruncated: isTruncated,
      Uploads: shown,
      ...(isTruncated && last ? { NextKeyMarker: last.Key, NextUploadIdMarker: last.UploadId } : {}),
    };
  },
  AbortMultipartUpload(input, call) {
    const rows = uploadsOf(call, bucketHere(call, input));
    if (!rows[input.UploadId ?? ""])
      throw new AwsFault("NoSuchUpload", "The specified multipart upload does not exist.", 404);
    delete rows[input.UploadId ?? ""];
  },
} satisfies Operations<S3>;
