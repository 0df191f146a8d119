import { type CallName, rateOf } from "./rates/index.ts";

/** IAM prefixes differ from signing names in a few services. */
const IAM_PREFIX: Readonly<Record<string, string>> = { monitoring: "cloudwatch", tagging: "tag" };

/** IAM actions that are not named after their operation. Source: the service authorisation reference. */
const IAM_ACTION: Readonly<Record<string, string>> = {
  "s3:ListBuckets": "s3:ListAllMyBuckets",
  "s3:GetBucketEncryption": "s3:GetEncryptionConfiguration",
  "s3:GetBucketLifecycleConfiguration": "s3:GetLifecycleConfiguration",
  "s3:GetBucketReplication": "s3:GetReplicationConfiguration",
  "s3:GetPublicAccessBlock": "s3:GetBucketPublicAccessBlock",
  "s3:GetBucketNotificationConfiguration": "s3:GetBucketNotification",
  "s3:GetBucketAccelerateConfiguration": "s3:GetAccelerateConfiguration",
  "s3:GetBucketCors": "s3:GetBucketCORS",
  "s3:HeadBucket": "s3:ListBucket",
  "s3:ListObjectsV2": "s3:ListBucket",
  "s3:HeadObject": "s3:GetObject",
  "s3:ListObjectVersions": "s3:ListBucketVersions",
  "s3:ListMultipartUploads": "s3:ListBucketMultipartUploads",
  // Every call names versions; without that it would be s3:DeleteObject.
  "s3:DeleteObjects": "s3:DeleteObjectVersion",
  "s3:GetObjectLockConfiguration": "s3:GetBucketObjectLockConfiguration",
};

/** The IAM action that a call needs. */
export function iamAction(call: CallName): string {
  const plain = `${IAM_PREFIX[call.service] ?? call.service}:${call.operation}`;
  return IAM_ACTION[plain] ?? plain;
}

/** How fast AWS lets the call behind an action be made, going by its documented rates. */
export function callsPerSecond(action: string): number {
  const [prefix = "", operation = ""] = action.split(":");
  const service = Object.keys(IAM_PREFIX).find((name) => IAM_PREFIX[name] === prefix) ?? prefix;
  return rateOf({ service, operation }, { MaxResults: 1 }).size.refill;
}
