import {
  GetBucketAclCommand,
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLoggingCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketReplicationCommand,
  GetBucketVersioningCommand,
  GetBucketWebsiteCommand,
  GetPublicAccessBlockCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { parseDocument, readParts, without } from "../reading.ts";

/** What S3 answers with where a setting was never made. */
const ABSENT = [
  "NoSuchBucketPolicy",
  "NoSuchCORSConfiguration",
  "NoSuchLifecycleConfiguration",
  "NoSuchPublicAccessBlockConfiguration",
  "NoSuchWebsiteConfiguration",
  "OwnershipControlsNotFoundError",
  "ReplicationConfigurationNotFoundError",
  "ServerSideEncryptionConfigurationNotFoundError",
] as const;

/** The settings of a bucket that drift is about, side by side. */
export function bucketSettings(s3: S3Client, Bucket: string) {
  const at = { Bucket };
  return readParts(
    {
      Acl: async () => without(await s3.send(new GetBucketAclCommand(at)), "$metadata"),
      Cors: async () => without(await s3.send(new GetBucketCorsCommand(at)), "$metadata"),
      Encryption: async () => (await s3.send(new GetBucketEncryptionCommand(at))).ServerSideEncryptionConfiguration,
      Lifecycle: async () => without(await s3.send(new GetBucketLifecycleConfigurationCommand(at)), "$metadata"),
      Logging: async () => (await s3.send(new GetBucketLoggingCommand(at))).LoggingEnabled,
      Notification: async () => without(await s3.send(new GetBucketNotificationConfigurationCommand(at)), "$metadata"),
      OwnershipControls: async () => (await s3.send(new GetBucketOwnershipControlsCommand(at))).OwnershipControls,
      Policy: async () => parseDocument((await s3.send(new GetBucketPolicyCommand(at))).Policy),
      PublicAccessBlock: async () =>
        (await s3.send(new GetPublicAccessBlockCommand(at))).PublicAccessBlockConfiguration,
      Replication: async () => (await s3.send(new GetBucketReplicationCommand(at))).ReplicationConfiguration,
      Versioning: async () => without(await s3.send(new GetBucketVersioningCommand(at)), "$metadata"),
      Website: async () => without(await s3.send(new GetBucketWebsiteCommand(at)), "$metadata"),
    },
    ABSENT,
  );
}
