import {
  AbortMultipartUploadCommand,
  DeleteObjectsCommand,
  type DeleteObjectsCommandOutput,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsOutput,
  type ObjectIdentifier,
  S3Client,
} from "@aws-sdk/client-s3";
import { EvenkeelError } from "../../model/errors.ts";
import type { WriteScope } from "../contract.ts";
import { orGone } from "../reading.ts";

/** Keys come URL-encoded: XML has no way to write some characters that a key may hold. */
function decoded(key: string | undefined): string | undefined {
  return key === undefined ? undefined : decodeURIComponent(key.replaceAll("+", " "));
}

/** Every version, and every delete marker, which is a version of no content. */
function versionsOf({ Versions = [], DeleteMarkers = [] }: ListObjectVersionsOutput): ObjectIdentifier[] {
  return [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key: decoded(Key), VersionId }));
}

/** S3's own passing troubles with single keys. Source: S3 API reference, "Error responses". */
const PASSING = /^(InternalError|SlowDown|ServiceUnavailable|OperationAborted)$/;

/** @throws EvenkeelError when S3, whose answer is a success all the same, has left some of them */
function refuseLeft(bucket: string, asked: number, { Errors: left = [] }: DeleteObjectsCommandOutput): void {
  const worst = left.find(({ Code = "" }) => !PASSING.test(Code)) ?? left[0];
  if (!worst) return;
  const { Code = "UnknownError", Message = "", Key } = worst;
  const said = `${left.length} of ${asked} versions were not deleted; ${Key}: ${Code}: ${Message}`;
  throw new EvenkeelError("AWS_REFUSED", `s3 DeleteObjects in ${bucket}: ${said}`, {
    awsCode: Code,
    ...(PASSING.test(Code) ? { isHeld: true } : {}),
  });
}

async function deleteVersions(scope: WriteScope, Bucket: string): Promise<void> {
  let from: Pick<ListObjectVersionsOutput, "KeyMarker" | "VersionIdMarker"> = {};
  for (let more = true; more; ) {
    const asked = { Bucket, EncodingType: "url", MaxKeys: scope.pageSize(1000), ...from } as const;
    const page = await scope.client(S3Client).send(new ListObjectVersionsCommand(asked));
    const Objects = versionsOf(page);
    if (Objects.length > 0) {
      const command = new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } });
      refuseLeft(Bucket, Objects.length, await scope.writer(S3Client).send(command));
    }
    more = page.IsTruncated === true;
    from = { KeyMarker: decoded(page.NextKeyMarker), VersionIdMarker: page.NextVersionIdMarker };
  }
}

async function abortUploads(scope: WriteScope, Bucket: string): Promise<void> {
  let from: { KeyMarker?: string | undefined; UploadIdMarker?: string | undefined } = {};
  for (let more = true; more; ) {
    const asked = { Bucket, EncodingType: "url", MaxUploads: scope.pageSize(1000), ...from } as const;
    const page = await scope.client(S3Client).send(new ListMultipartUploadsCommand(asked));
    for (const { Key, UploadId } of page.Uploads ?? [])
      await orGone(
        scope.writer(S3Client).send(new AbortMultipartUploadCommand({ Bucket, Key: decoded(Key), UploadId })),
      );
    more = page.IsTruncated === true;
    from = { KeyMarker: decoded(page.NextKeyMarker), UploadIdMarker: page.NextUploadIdMarker };
  }
}

/** Deletes all that is in a bucket, once through: what is put into it meanwhile is found by the next look. */
export async function emptyBucket(scope: WriteScope, bucket: string): Promise<void> {
  await abortUploads(scope, bucket);
  await deleteVersions(scope, bucket);
}
