import {
  type Bucket,
  GetBucketLocationCommand,
  GetBucketTaggingCommand,
  type ListBucketsCommandInput,
  paginateListBuckets,
  S3Client,
} from "@aws-sdk/client-s3";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { inParallel, orGone, readParts, tagsOf, unknownOf, without } from "../reading.ts";
import { removal } from "./bucket-removal.ts";
import { bucketSettings } from "./settings.ts";

/** S3's greatest is 10,000, which is more than a scan needs in one answer. */
const PAGE = 1000;

/** Buckets of the scope's region. Its endpoint refuses to list any other. */
async function* buckets(scope: ReadScope, input: ListBucketsCommandInput): AsyncGenerator<Bucket> {
  const client = scope.client(S3Client);
  const asked = { ...input, BucketRegion: scope.region, MaxBuckets: scope.pageSize(PAGE) };
  for await (const page of paginateListBuckets({ client }, asked))
    for (const bucket of page.Buckets ?? []) if ((await regionOf(client, bucket)) === scope.region) yield bucket;
}

/** S3's own look-alikes leave the region out and the filter aside. */
async function regionOf(client: S3Client, bucket: Bucket): Promise<string | undefined> {
  if (bucket.BucketRegion) return bucket.BucketRegion;
  const answer = await orGone(client.send(new GetBucketLocationCommand({ Bucket: bucket.Name })));
  if (!answer) return undefined;
  const constraint: string | undefined = answer.LocationConstraint;
  if (!constraint) return "us-east-1";
  return constraint === "EU" ? "eu-west-1" : constraint;
}

type TagReading = Pick<Found, "tags" | "unknown">;

async function describe(scope: ReadScope, bucket: Bucket, tagging: Promise<TagReading>): Promise<Found> {
  const id = bucket.Name ?? "";
  const [settings, { tags, unknown }] = await Promise.all([bucketSettings(scope.client(S3Client), id), tagging]);
  return {
    id,
    // Elsewhere CreationDate is the time of the last change.
    createdAt: scope.region === "us-east-1" ? bucket.CreationDate : undefined,
    tags,
    configuration: { ...without(bucket, "Name", "BucketRegion", "BucketArn"), ...settings.values },
    ...unknownOf(settings.unknown, unknown),
  };
}

/** Asked of S3 itself: what the Tagging API says may be minutes old, and a tag can protect a bucket. */
async function ownTags(scope: ReadScope, bucket: string): Promise<TagReading> {
  const command = new GetBucketTaggingCommand({ Bucket: bucket });
  const { values, unknown } = await readParts({ Tags: () => scope.client(S3Client).send(command) }, ["NoSuchTagSet"]);
  return { tags: tagsOf(values.Tags?.TagSet), unknown };
}

export default {
  list: (scope) =>
    inParallel(buckets(scope, {}), (bucket) => {
      const tags = scope.tags("s3").then((lookup) => lookup(`arn:${scope.partition}:s3:::${bucket.Name}`));
      return orGone(describe(scope, bucket, tags));
    }),

  async read(scope, id) {
    for await (const bucket of buckets(scope, { Prefix: id }))
      if (bucket.Name === id) return orGone(describe(scope, bucket, ownTags(scope, id)));
    return undefined;
  },
  removal,
} satisfies Entry;
