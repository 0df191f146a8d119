import { DescribeTagsCommand, ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { isError } from "../../model/errors.ts";
import type { Tags, UnknownPart } from "../../model/resource.ts";
import type { ReadScope } from "../contract.ts";
import { inParallel, readParts, tagsOf } from "../reading.ts";

/** AWS's greatest for DescribeTags. */
const BATCH = 20;

/** What is known of the tags of one resource. */
export interface TagReading {
  readonly tags: Tags;
  readonly unknown: readonly UnknownPart[];
}

/** Tags by ARN. A bulk call fails as a whole when one of them is gone, so it is cut in halves until that one is alone. */
export async function readTags(scope: ReadScope, arns: readonly string[]): Promise<ReadonlyMap<string, TagReading>> {
  try {
    const client = scope.client(ElasticLoadBalancingV2Client);
    const { values, unknown } = await readParts({
      Tags: () => client.send(new DescribeTagsCommand({ ResourceArns: [...arns] })),
    });
    const known = new Map(values.Tags?.TagDescriptions?.map((each) => [each.ResourceArn, tagsOf(each.Tags)]));
    return new Map(arns.map((arn) => [arn, { tags: known.get(arn) ?? {}, unknown }]));
  } catch (error) {
    if (!isError(error, "NOT_FOUND")) throw error;
    if (arns.length === 1) return new Map();
    const middle = Math.ceil(arns.length / 2);
    const halves = await Promise.all([readTags(scope, arns.slice(0, middle)), readTags(scope, arns.slice(middle))]);
    return new Map(halves.flatMap((half) => [...half]));
  }
}

async function* batches<T>(items: AsyncIterable<T>): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Each item with its tags; those that are gone meanwhile are left out. */
export async function* withTags<T>(
  scope: ReadScope,
  items: AsyncIterable<T>,
  arnOf: (item: T) => string | undefined,
): AsyncGenerator<readonly [T, TagReading]> {
  const read = async (batch: T[]) => {
    const tags = await readTags(
      scope,
      batch.map((item) => arnOf(item) ?? ""),
    );
    return batch.flatMap((item): (readonly [T, TagReading])[] => {
      const known = tags.get(arnOf(item) ?? "");
      return known ? [[item, known]] : [];
    });
  };
  for await (const batch of inParallel(batches(items), read)) yield* batch;
}
