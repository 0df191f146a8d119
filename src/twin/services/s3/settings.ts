import type { JsonObject } from "../../../model/json.ts";
import { AwsFault, type Call, type Operations, tagList, tagMap } from "../../service.ts";
import { bucketHere, canonicalId, type Setting } from "./bucket.ts";

type S3 = typeof import("@aws-sdk/client-s3");

type Asked = Parameters<typeof bucketHere>[1];

const settingsOf = (call: Call, asked: Asked) => bucketHere(call, asked).bucket.settings;

/** What S3 answers with when a setting was never made. Source: API reference, the page of each Get call. */
const ABSENT: Partial<Record<Setting, string>> = {
  cors: "NoSuchCORSConfiguration",
  encryption: "ServerSideEncryptionConfigurationNotFoundError",
  lifecycle: "NoSuchLifecycleConfiguration",
  objectLock: "ObjectLockConfigurationNotFoundError",
  ownership: "OwnershipControlsNotFoundError",
  policy: "NoSuchBucketPolicy",
  publicAccess: "NoSuchPublicAccessBlockConfiguration",
  replication: "ReplicationConfigurationNotFoundError",
  website: "NoSuchWebsiteConfiguration",
};

/** A setting; those that are empty rather than absent when never made are `{}`. */
function got(call: Call, asked: Asked, setting: Setting): JsonObject {
  const value = settingsOf(call, asked)[setting];
  const absent = ABSENT[setting];
  if (!value && absent) throw new AwsFault(absent, `The ${setting} configuration was not found`, 404);
  return value ?? {};
}

function put(call: Call, asked: Asked, setting: Setting, value: object | undefined): void {
  settingsOf(call, asked)[setting] = { ...value } as JsonObject;
}

function cleared(call: Call, asked: Asked, setting: Setting): void {
  delete settingsOf(call, asked)[setting];
}

/** Grants are refused while the bucket's owner owns everything. Source: S3 user guide, "Controlling ownership of objects". */
function putAcl(call: Call, asked: Asked, acl: string | undefined, policy: object | undefined): void {
  const { ownership } = settingsOf(call, asked);
  if (JSON.stringify(ownership ?? "").includes("BucketOwnerEnforced"))
    throw new AwsFault("AccessControlListNotSupported", "The bucket does not allow ACLs");
  const owner = ownerGrant(call);
  const everyone = { Type: "Group", URI: "http://acs.amazonaws.com/groups/global/AllUsers" };
  const read = acl?.startsWith("public-read") ? [{ Grantee: everyone, Permission: "READ" }] : [];
  put(call, asked, "acl", policy ?? { Grants: [owner, ...read] });
}

function ownerGrant(call: Call) {
  return { Grantee: { Type: "CanonicalUser", ID: canonicalId(call.account) }, Permission: "FULL_CONTROL" };
}

/** Bucket settings, as they were put. */
export const settingOperations = {
  GetBucketPolicy: (input, call) => ({ Policy: got(call, input, "policy").text }),
  PutBucketPolicy: (input, call) => put(call, input, "policy", { text: input.Policy }),
  DeleteBucketPolicy: (input, call) => cleared(call, input, "policy"),

  GetBucketTagging(input, call) {
    const { tags } = bucketHere(call, input).bucket;
    if (Object.keys(tags).length === 0) throw new AwsFault("NoSuchTagSet", "The TagSet does not exist", 404);
    return { TagSet: tagList(tags) };
  },
  PutBucketTagging(input, call) {
    bucketHere(call, input).bucket.tags = tagMap(input.Tagging?.TagSet);
  },
  DeleteBucketTagging(input, call) {
    bucketHere(call, input).bucket.tags = {};
  },

  GetBucketAcl: (input, call) => ({
    Owner: { ID: canonicalId(call.account) },
    Grants: [ownerGrant(call)],
    ...got(call, input, "acl"),
  }),
  PutBucketAcl: (input, call) => putAcl(call, input, input.ACL, input.AccessControlPolicy),

  GetBucketEncryption: (input, call) => ({ ServerSideEncryptionConfiguration: got(call, input, "encryption") }),
  PutBucketEncryption: (input, call) => put(call, input, "encryption", input.ServerSideEncryptionConfiguration),
  DeleteBucketEncryption(input, call) {
    const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" }, BucketKeyEnabled: false };
    put(call, input, "encryption", { Rules: [rule] });
  },

  GetBucketVersioning: (input, call) => got(call, input, "versioning"),
  PutBucketVersioning: (input, call) => put(call, input, "versioning", input.VersioningConfiguration),

  GetPublicAccessBlock: (input, call) => ({ PublicAccessBlockConfiguration: got(call, input, "publicAccess") }),
  PutPublicAccessBlock: (input, call) => put(call, input, "publicAccess", input.PublicAccessBlockConfiguration),
  DeletePublicAccessBlock: (input, call) => cleared(call, input, "publicAccess"),

  GetBucketOwnershipControls: (input, call) => ({ OwnershipControls: got(call, input, "ownership") }),
  PutBucketOwnershipControls: (input, call) => put(call, input, "ownership", input.OwnershipControls),
  DeleteBucketOwnershipControls: (input, call) => cleared(call, input, "ownership"),

  GetBucketLogging: (input, call) => got(call, input, "logging"),
  PutBucketLogging: (input, call) => put(call, input, "logging", input.BucketLoggingStatus),

  GetBucketLifecycleConfiguration: (input, call) => got(call, input, "lifecycle"),
  PutBucketLifecycleConfiguration: (input, call) => put(call, input, "lifecycle", input.LifecycleConfiguration),
  DeleteBucketLifecycle: (input, call) => cleared(call, input, "lifecycle"),

  GetBucketWebsite: (input, call) => got(call, input, "website"),
  PutBucketWebsite: (input, call) => put(call, input, "website", input.WebsiteConfiguration),
  DeleteBucketWebsite: (input, call) => cleared(call, input, "website"),

  GetBucketCors: (input, call) => got(call, input, "cors"),
  PutBucketCors: (input, call) => put(call, input, "cors", input.CORSConfiguration),
  DeleteBucketCors: (input, call) => cleared(call, input, "cors"),

  GetBucketReplication: (input, call) => ({ ReplicationConfiguration: got(call, input, "replication") }),
  PutBucketReplication: (input, call) => put(call, input, "replication", input.ReplicationConfiguration),
  DeleteBucketReplication: (input, call) => cleared(call, input, "replication"),

  GetBucketNotificationConfiguration: (input, call) => got(call, input, "notification"),
  PutBucketNotificationConfiguration: (input, call) =>
    put(call, input, "notification", input.NotificationConfiguration),

  GetObjectLockConfiguration: (input, call) => ({ ObjectLockConfiguration: got(call, input, "objectLock") }),
  PutObjectLockConfiguration: (input, call) => put(call, input, "objectLock", input.ObjectLockConfiguration),
} satisfies Operations<S3>;
