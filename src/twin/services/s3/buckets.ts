import { AwsFault, type Operations, page, tagMap } from "../../service.ts";
import {
  type BucketRow,
  bucketHere,
  bucketOf,
  canonicalId,
  deleteBucketRow,
  findBucket,
  objectsOf,
  ownBuckets,
} from "./bucket.ts";
import { pastOf } from "./versions.ts";

type S3 = typeof import("@aws-sdk/client-s3");

/** What a bucket has from birth since April 2023. Source: S3 user guide, "Default settings for new S3 buckets". */
function defaults(): BucketRow["settings"] {
  const all = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true };
  const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" }, BucketKeyEnabled: false };
  return {
    encryption: { Rules: [rule] },
    ownership: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
    publicAccess: all,
  };
}

/** us-east-1 has no constraint, and eu-west-1 may be called EU. Source: API reference, GetBucketLocation. */
const regionOf = (constraint: string | undefined) => (constraint === "EU" ? "eu-west-1" : constraint);

export const bucketOperations = {
  CreateBucket(input, call) {
    const name = input.Bucket ?? "";
    if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name))
      throw new AwsFault("InvalidBucketName", "The specified bucket is not valid.");
    const constraint = regionOf(input.CreateBucketConfiguration?.LocationConstraint);
    if ((constraint ?? "us-east-1") !== call.region)
      throw new AwsFault(
        "IllegalLocationConstraintException",
        "The location constraint is incompatible for the region specific endpoint this request was sent to.",
      );
    const found = findBucket(call, name);
    if (found && found.owner !== call.account)
      throw new AwsFault("BucketAlreadyExists", "The requested bucket name is not available.", 409);
    if (found && call.region !== "us-east-1")
      throw new AwsFault(
        "BucketAlreadyOwnedByYou",
        "Your previous request to create the named bucket succeeded and you already own it.",
        409,
      );
    if (!found) {
      const settings = defaults();
      if (input.ObjectOwnership) settings.ownership = { Rules: [{ ObjectOwnership: input.ObjectOwnership }] };
      if (input.ObjectLockEnabledForBucket) {
        settings.objectLock = { ObjectLockEnabled: "Enabled" };
        settings.versioning = { Status: "Enabled" };
      }
      const tags = tagMap(input.CreateBucketConfiguration?.Tags);
      call
        .table<BucketRow>("s3.bucket")
        .put(name, { name, region: call.region, createdAt: call.now(), settings, tags });
    }
    return { Location: call.region === "us-east-1" ? `/${name}` : `http://${name}.s3.amazonaws.com/` };
  },

  ListBuckets(input, call) {
    const found = ownBuckets(call)
      .filter(({ name }) => name.startsWith(input.Prefix ?? ""))
      .filter(({ region }) => region === (input.BucketRegion ?? region));
    const paged = input.MaxBuckets ?? input.ContinuationToken ?? input.Prefix ?? input.BucketRegion;
    const request = { token: input.ContinuationToken, max: input.MaxBuckets };
    const { items, next } = page(found, request, { max: 10_000, invalid: "InvalidArgument" });
    // Only paginated answers tell the regions. Source: API reference, ListBuckets.
    const region = (bucket: BucketRow) => (paged === undefined ? {} : { BucketRegion: bucket.region });
    return {
      Buckets: items.map((bucket) => ({ Name: bucket.name, CreationDate: bucket.createdAt, ...region(bucket) })),
      Owner: { ID: canonicalId(call.account) },
      ContinuationToken: next,
      Prefix: input.Prefix,
    };
  },

  HeadBucket(input, call) {
    const found = findBucket(call, input.Bucket);
    if (!found) throw new AwsFault("NotFound", "Not Found", 404);
    return { BucketRegion: bucketOf(call, input).bucket.region, AccessPointAlias: false };
  },

  GetBucketLocation(input, call) {
    const { region } = bucketOf(call, input).bucket;
    return { LocationConstraint: region === "us-east-1" ? undefined : region };
  },

  DeleteBucket(input, call) {
    const found = bucketHere(call, input);
    // Uploads that were never completed do not count. Source: API reference, DeleteBucket.
    if (Object.keys(objectsOf(call, found)).length > 0)
      throw new AwsFault("BucketNotEmpty", "The bucket you tried to delete is not empty", 409);
    if (pastOf(call, found).length > 0) {
      const message = "The bucket you tried to delete is not empty. You must delete all versions in the bucket.";
      throw new AwsFault("BucketNotEmpty", message, 409);
    }
    deleteBucketRow(call, found);
  },
} satisfies Operations<S3>;
