/** Resources, headers and worlds for tests of snapshots and deltas. */
import fc from "fast-check";
import { type AccountId, type Arn, instant, type Region } from "../../src/model/brand.ts";
import type { CoverageStatus } from "../../src/model/coverage.ts";
import { fingerprint } from "../../src/model/normalise.ts";
import type { Resource, ResourceType } from "../../src/model/resource.ts";
import type { Selection } from "../../src/model/selection.ts";
import type { SnapshotDraft } from "../../src/store/snapshot-writer.ts";

export const ACCOUNT = "111122223333" as AccountId;
export const TYPES = ["AWS::SQS::Queue", "AWS::SNS::Topic", "AWS::EC2::Instance"] as const satisfies ResourceType[];
export const REGIONS = ["eu-west-1", "us-east-1"] as Region[];
export const STARTED = instant("2026-03-01T12:00:00Z");

type Sample = Partial<Omit<Resource, "arn" | "fingerprint">>;

/** A queue, unless told otherwise; its ARN is made of type, region and id. */
export function sample(id: string, more: Sample = {}): Resource {
  const { type = TYPES[0], region = "eu-west-1" as Region, tags = {}, configuration = { Size: 1 } } = more;
  const arn = `arn:aws:${type.split("::")[1]?.toLowerCase()}:${region}:${ACCOUNT}:${id}` as Arn;
  const seen = { arn, type, id, account: ACCOUNT, region, tags, links: [], configuration };
  return { ...seen, ...more, fingerprint: fingerprint(configuration, tags) };
}

export const EVERYTHING: Selection = { types: TYPES, regions: REGIONS };

export function draft(name: string, more: Partial<SnapshotDraft> = {}): SnapshotDraft {
  return {
    schema: 1,
    name,
    account: ACCOUNT,
    partition: "aws",
    regions: REGIONS,
    selection: EVERYTHING,
    startedAt: STARTED,
    finishedAt: instant("2026-03-01T12:01:00Z"),
    coverage: allSeen(),
    undated: 0,
    metadata: {},
    tool: "evenkeel test",
    ...more,
  };
}

/** A complete cell for every type and region, but for those named `type|region`. */
export function allSeen(other: Readonly<Record<string, CoverageStatus>> = {}) {
  return TYPES.flatMap((type) =>
    REGIONS.map((region) => ({ type, region, status: other[`${type}|${region}`] ?? ("complete" as const), count: 0 })),
  );
}

const words = fc.constantFrom("a", "b", "c", "prod", "dev");
const dates = fc.constantFrom("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", "2026-06-01T00:00:00Z");

/** Any resource of a small world, so that two worlds have much in common. */
export const anyResource: fc.Arbitrary<Resource> = fc
  .record({
    id: fc.integer({ min: 0, max: 12 }).map((number) => `r${number}`),
    type: fc.constantFrom(...TYPES),
    region: fc.constantFrom(...REGIONS),
    tags: fc.dictionary(fc.constantFrom("env", "team"), words),
    size: fc.integer({ min: 0, max: 3 }),
    state: fc.option(words, { nil: undefined }),
    createdAt: fc.option(dates, { nil: undefined }),
  })
  .map(({ id, type, region, tags, size, state, createdAt }) =>
    sample(id, {
      type,
      region,
      tags,
      configuration: { Size: size },
      ...(state === undefined ? {} : { state }),
      ...(createdAt === undefined ? {} : { createdAt: instant(createdAt) }),
    }),
  );

export const anyResources = fc.uniqueArray(anyResource, { selector: ({ arn }) => arn, maxLength: 25 });

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
