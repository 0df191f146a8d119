import { type AccountId, type Arn, instant, type Region } from "../src/model/brand.ts";
import { sha256 } from "../src/model/canonical.ts";
import type { JsonObject } from "../src/model/json.ts";
import type { Resource, ResourceType } from "../src/model/resource.ts";
import type { SnapshotDraft } from "../src/store/snapshot-writer.ts";

export const ACCOUNT = "111122223333" as AccountId;
const TYPES: readonly ResourceType[] = [
  "AWS::EC2::Volume",
  "AWS::Lambda::Function",
  "AWS::SQS::Queue",
  "AWS::RDS::DBSnapshot",
];
const REGIONS = ["eu-central-1", "eu-west-1", "us-east-1", "us-west-2"] as Region[];

/** Of every 200 resources two are modified, one is deleted and one is added. */
const CYCLE = 200;

/** The resources of one side of the benchmark's delta, about 700 bytes a line. */
export function* world(count: number, side: "before" | "after"): Iterable<Resource> {
  for (let index = 0; index < count; index++) {
    const place = index % CYCLE;
    if (place === 50) yield resource(index, side === "before" ? "deleted" : "added", 0);
    else yield resource(index, "kept", side === "after" && (place === 10 || place === 110) ? 1 : 0);
  }
}

function resource(index: number, fate: string, version: number): Resource {
  const type = TYPES[index % TYPES.length] as ResourceType;
  const region = REGIONS[Math.floor(index / 7) % REGIONS.length] as Region;
  const number = String(index).padStart(8, "0");
  const id = `${fate}-0${sha256(number).slice(0, 16)}-${number}`;
  const tags = { Name: `server-${number}`, env: index % 3 ? "prod" : "dev", team: `team-${index % 40}` };
  const configuration = configurationOf(index, version);
  return {
    arn: `arn:aws:ec2:${region}:${ACCOUNT}:volume/${id}` as Arn,
    type,
    id,
    account: ACCOUNT,
    region,
    state: "available",
    tags,
    links: [{ kind: "attached-to", type: "AWS::EC2::Instance", to: `i-0${number}` }],
    configuration,
    createdAt: instant(1_700_000_000_000 + index * 1000),
    fingerprint: sha256(`${id}${version}`),
  };
}

function configurationOf(index: number, version: number): JsonObject {
  return {
    AvailabilityZone: "eu-west-1a",
    Encrypted: index % 2 === 0,
    Iops: 3000 + version,
    KmsKeyId: `arn:aws:kms:eu-west-1:${ACCOUNT}:key/${index % 10}`,
    MultiAttachEnabled: false,
    Size: 8 + (index % 500),
    SnapshotId: `snap-0${index}`,
    Throughput: 125,
    VolumeType: "gp3",
  };
}

export function draft(name: string): SnapshotDraft {
  const coverage = TYPES.flatMap((type) =>
    REGIONS.map((region) => ({ type, region, status: "complete" as const, count: 0 })),
  );
  const at = instant("2026-03-01T12:00:00Z");
  const seen = { regions: REGIONS, selection: { types: TYPES, regions: REGIONS }, coverage, undated: 0 };
  return {
    schema: 1,
    name,
    account: ACCOUNT,
    partition: "aws",
    startedAt: at,
    finishedAt: at,
    metadata: {},
    tool: "bench",
    ...seen,
  };
}
