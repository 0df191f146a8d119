import {
  DeleteBucketCommand,
  GetObjectLockConfigurationCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import type { Found, ReadScope, Removal, RemovalState } from "../contract.ts";
import { orGone } from "../reading.ts";
import { emptyBucket } from "./emptying.ts";

interface BucketConfiguration {
  readonly CreationDate?: Date | string;
  readonly Versioning?: { readonly Status?: string; readonly MFADelete?: string };
}

type Content = "nothing" | "uploads" | "versions";

/** One key is enough to tell. */
async function contentOf(scope: ReadScope, Bucket: string): Promise<Content> {
  const client = scope.client(S3Client);
  const [versions, uploads] = await Promise.all([
    client.send(new ListObjectVersionsCommand({ Bucket, EncodingType: "url", MaxKeys: 1 })),
    client.send(new ListMultipartUploadsCommand({ Bucket, EncodingType: "url", MaxUploads: 1 })),
  ]);
  const count = (versions.Versions?.length ?? 0) + (versions.DeleteMarkers?.length ?? 0);
  if (count > 0) return "versions";
  return (uploads.Uploads?.length ?? 0) > 0 ? "uploads" : "nothing";
}

/** Why nobody but a person can empty it. Object lock and MFA delete are there only where versioning is on. */
async function lockOf(scope: ReadScope, Bucket: string, { Versioning }: BucketConfiguration) {
  if (Versioning?.MFADelete === "Enabled")
    return "it holds versions, and its MFA delete is on: only the root user can delete them, with a code";
  if (!Versioning?.Status) return undefined;
  const answer = await orGone(scope.client(S3Client).send(new GetObjectLockConfigurationCommand({ Bucket })));
  if (answer?.ObjectLockConfiguration?.ObjectLockEnabled !== "Enabled") return undefined;
  return "it holds versions, and its object lock is on: they may not be deleted before their time is over";
}

async function inspect({ id, configuration, unknown = [] }: Found, scope: ReadScope): Promise<RemovalState> {
  const bucket = configuration as BucketConfiguration;
  const { CreationDate: made } = bucket;
  // Outside us-east-1 it moves with every change of the bucket's settings: what is changed is looked at anew, too.
  const identity = { CreationDate: made ? new Date(made).toISOString() : null };
  const unseen = unknown.find(({ path }) => path === "Versioning");
  if (unseen) return { identity, refuses: `its versioning could not be read (${unseen.reason})` };
  const content = await orGone(contentOf(scope, id));
  if (!content || content === "nothing") return { identity, words: "empty" };
  const refuses = content === "versions" ? await lockOf(scope, id, bucket) : undefined;
  const words = content === "versions" ? "not empty" : "holds uploads that were never completed";
  const loses = content === "versions" ? ["all objects in it, with every version of them"] : [];
  return { identity, words, needs: ["empty"], loses, ...(refuses ? { refuses } : {}) };
}

export const removal: Removal = {
  inspect,
  prepare: (scope, { id }) => emptyBucket(scope, id),
  remove: (scope, { id }) =>
    scope.writer(S3Client).send(new DeleteBucketCommand({ Bucket: id, ExpectedBucketOwner: scope.account })),
};
