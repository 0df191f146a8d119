import { beforeAll, describe, expect, it } from "vitest";
import { verbTrial } from "../../../tests/contract/verbs.ts";
import { billedAs, billKeys } from "../../catalog/billed.ts";
import type { RawSelection } from "../../engine/selection.ts";
import type { AccountId, Arn, Region } from "../../model/brand.ts";
import { CHARGE_KINDS, type Charged } from "../../model/cost.ts";
import type { Resource } from "../../model/resource.ts";
import { openBaseline } from "../../store/snapshots.ts";
import { FAULTS, type Fault } from "../../twin/faults.ts";
import { createSnapshot } from "../snapshot/create.ts";
import { type BilledBaseline, billedBaseline } from "./baseline.ts";
import { judgeBy } from "./judge.ts";
import { groupKey } from "./makers.ts";

const US = "us-east-1";
const UNSUPPORTED: Fault = { kind: "error", code: "UnsupportedRegion", message: "not in this region", status: 400 };

interface Trial {
  readonly account: AccountId;
  readonly baseline: BilledBaseline;
  readonly resources: readonly Resource[];
}

async function trial(selection: RawSelection = {}, faults: Fault[] = []): Promise<Trial> {
  const { context, twin } = await verbTrial();
  twin.faults = faults;
  await createSnapshot(context, { name: "base", selection, metadata: {}, setActive: true, compress: false });
  const { account } = context.connection;
  const resources: Resource[] = [];
  for await (const resource of (await openBaseline(context.store, account)).resources()) resources.push(resource);
  return { account, baseline: await billedBaseline(context.store, account), resources };
}

let demo: Trial;
beforeAll(async () => {
  demo = await trial();
});

function judged(
  charged: Partial<Charged>,
  { account, baseline }: Trial = demo,
  members = new Map<string, string | null>(),
) {
  return judgeBy({ account, baselines: new Map([[account, baseline]]), members })({
    product: "AmazonEC2",
    kind: "usage",
    region: US,
    ...charged,
  });
}

describe("what is in the baseline", () => {
  it("is found by its ARN, whatever its type", () => {
    // Groups and launch configurations cost nothing, so that no bill names them.
    const billed = demo.resources.filter(({ type }) => !type.startsWith("AWS::AutoScaling::"));
    const missed = billed.filter(({ arn }) => judged({ resource: arn }).side !== "baseline");
    expect(demo.resources.length).toBeGreaterThan(100);
    expect(missed).toEqual([]);
  });

  it("is found by the bare ids that bills have", () => {
    for (const { type, id, region } of demo.resources) {
      const product = type === "AWS::S3::Bucket" ? "AmazonS3" : "AmazonEC2";
      if (!["AWS::EC2::Instance", "AWS::EC2::Volume", "AWS::S3::Bucket"].includes(type)) continue;
      expect(judged({ resource: id, product, region })).toEqual({ side: "baseline", type });
    }
  });

  it.each([
    ["AWS::Lambda::Function", ":7"],
    ["AWS::Lambda::Function", ":live"],
    ["AWS::Logs::LogGroup", ":*"],
    ["AWS::DynamoDB::Table", "/index/by-date"],
  ])("a part of it is: %s%s", (type, part) => {
    const some = demo.resources.find((each) => each.type === type);
    expect(judged({ resource: `${some?.arn}${part}` })).toEqual({ side: "baseline", type });
  });

  it("is found where a bill gives an account to what has none in its ARN", () => {
    const arn = `arn:aws:ec2:${US}::snapshot/snap-0123456789abcdef0` as Arn;
    const keys = billKeys({ ...(demo.resources[0] as Resource), type: "AWS::EC2::Snapshot", arn });
    expect(keys).toContain(
      billedAs({
        resource: `arn:aws:ec2:${US}:${demo.account}:snapshot/snap-0123456789abcdef0`,
        product: "AmazonEC2",
        kind: "usage",
      })?.key,
    );
  });

  it("an Aurora cluster is found by the resource id that its storage is billed under", () => {
    const cluster = demo.resources.find(({ type }) => type === "AWS::RDS::DBCluster");
    const id = String(cluster?.configuration.DbClusterResourceId);
    const resource = `arn:aws:rds:${cluster?.region}:${demo.account}:cluster:${id}`;
    expect(judged({ resource })).toMatchObject({ side: "baseline", type: "AWS::RDS::DBCluster" });
  });
});

describe("what is not in the baseline", () => {
  it.each([
    [`arn:aws:sqs:${US}:{account}:new-queue`, "AWS::SQS::Queue"],
    [`arn:aws:lambda:${US}:{account}:function:new:3`, "AWS::Lambda::Function"],
    [
      `arn:aws:elasticloadbalancing:${US}:{account}:loadbalancer/app/new/50dc6c495c0c9188`,
      "AWS::ElasticLoadBalancingV2::LoadBalancer",
    ],
    [`arn:aws:ec2:${US}:{account}:natgateway/nat-0123456789abcdef0`, "AWS::EC2::NatGateway"],
    [`arn:aws:logs:${US}:{account}:log-group:/shop/web/not-this-one`, "AWS::Logs::LogGroup"],
  ])("%s is of a type that was seen completely in its region", (arn, type) => {
    expect(judged({ resource: arn.replace("{account}", demo.account) })).toEqual({ side: "notBaseline", type });
  });

  it("a bucket that is called like an instance is a bucket", () => {
    expect(judged({ resource: "i-0abc", product: "AmazonS3" })).toEqual({
      side: "notBaseline",
      type: "AWS::S3::Bucket",
    });
  });
});

describe("what nobody can say", () => {
  it.each(CHARGE_KINDS)("a charge of kind %s without a resource, with the reason", (kind) => {
    const verdict = judged({ kind });
    expect(verdict.side).toBe("unallocated");
    expect(verdict.reason).toMatch(/\w/);
  });

  it.each(["tax", "support", "fee"] as const)("a charge of kind %s also where it names a resource", (kind) => {
    expect(judged({ kind, resource: demo.resources[0]?.arn ?? "" }).side).toBe("unallocated");
  });

  it.each([
    "arn:aws:cloudfront::111122223333:distribution/E1",
    "arn:aws:route53:::hostedzone/Z1",
    `arn:aws:elasticloadbalancing:${US}:111122223333:loadbalancer/classic-one`,
    `arn:aws:sns:${US}:111122223333:topic:6b0e71bd-7e97-4d97-80ce-4a0994e55286`,
    `arn:aws:ecs:${US}:111122223333:task/shop/0f9de17a6465404e8b1b2356dc13c2f8`,
    "something-else",
    "i-",
    "arn:aws:ec2",
  ])("%s: the catalog does not know such resources", (resource) => {
    const { side, reason } = judged({ resource });
    expect(side === "unallocated" || resource.includes(":sns:")).toBe(true);
    expect(reason ?? "").not.toBe("");
  });

  it("a resource of an account without a baseline", () => {
    const resource = `arn:aws:sqs:${US}:999988887777:new-queue`;
    expect(judged({ resource, account: "999988887777" })).toMatchObject({ reason: "accounts without a baseline" });
  });

  it("a resource in a region that the baseline did not look at", () => {
    const resource = `arn:aws:sqs:ap-south-2:${demo.account}:new-queue`;
    expect(judged({ resource })).toMatchObject({
      side: "unallocated",
      reason: expect.stringContaining("did not look"),
    });
  });

  it("anything new, where the baseline was made with a filter", async () => {
    const filtered = await trial({ tag: ["env=prod"] });
    const resource = `arn:aws:sqs:${US}:${demo.account}:new-queue`;
    expect(judged({ resource }, filtered)).toMatchObject({
      side: "unallocated",
      reason: expect.stringContaining("filters"),
    });
  });

  it("a new bucket whose region the bill does not tell, where not every region was looked at for certain", async () => {
    const line = { resource: "new-bucket", product: "AmazonS3", kind: "usage" } as const;
    const some = await trial({ type: ["s3:bucket"], regions: ["eu-west-1"] });
    const REGIONS = demo.baseline.header.regions.filter((each) => each !== "global");
    const judge = ({ account, baseline }: Trial, everywhere?: readonly Region[]) =>
      judgeBy({ account, baselines: new Map([[account, baseline]]), members: new Map(), everywhere })(line);

    expect(judge(demo)).toMatchObject({ side: "unallocated", reason: expect.stringContaining("region") });
    expect(judge(demo, REGIONS)).toMatchObject({ side: "notBaseline" });
    expect(judge(some, REGIONS)).toMatchObject({ side: "unallocated" });
  });

  it("what is charged in a region where the baseline had found no such service", async () => {
    const without = await trial({}, [{ ...UNSUPPORTED, operation: "ListQueues" }]);
    const resource = `arn:aws:sqs:${US}:${demo.account}:new-queue`;
    expect(judged({ resource }, without)).toMatchObject({ side: "unallocated" });
  });

  it("a database, unless none of the services with such ARNs may have had it", async () => {
    const resource = `arn:aws:rds:${US}:${demo.account}:db:new`;
    const without = await trial({}, [{ ...UNSUPPORTED, service: "neptune", operation: "DescribeDBInstances" }]);
    expect(judged({ resource })).toMatchObject({ side: "notBaseline" });
    expect(judged({ resource }, without)).toMatchObject({ side: "notBaseline" });
  });

  it("the address of an interface that came later: services make interfaces for what the baseline has", () => {
    const resource = `arn:aws:ec2:${US}:${demo.account}:network-interface/eni-0123456789abcdef0`;
    expect(judged({ resource, product: "AmazonVPC" })).toMatchObject({
      side: "unallocated",
      reason: expect.stringContaining("network interfaces"),
    });
  });

  it("a resource of another account, which one account pays for", () => {
    const resource = `arn:aws:sqs:${US}:999988887777:theirs`;
    expect(judged({ resource, account: demo.account })).toMatchObject({ reason: "accounts without a baseline" });
  });

  it("a new queue, where queues could not be listed", async () => {
    const denied = await trial({}, [{ ...FAULTS.denied, operation: "ListQueues" }]);
    const resource = `arn:aws:sqs:${US}:${demo.account}:new-queue`;
    expect(judged({ resource }, denied)).toMatchObject({
      side: "unallocated",
      reason: "of a type that the baseline did not see completely",
    });
  });
});

describe("what Auto Scaling groups make", () => {
  const resource = "i-0123456789abcdef0";
  const key = billedAs({ resource, product: "AmazonEC2", kind: "usage" })?.key ?? "";
  let group: string;
  let region: string;
  beforeAll(() => {
    const found = demo.resources.find(({ type }) => type === "AWS::AutoScaling::AutoScalingGroup");
    group = String(found?.id);
    region = String(found?.region);
  });

  it("is the baseline's, where its group is: the bill tells the group", () => {
    const verdict = judged({ resource, region, scalingGroup: group });
    expect(verdict).toMatchObject({
      side: "baseline",
      reason: "of Auto Scaling groups, fleets and EMR clusters in the baseline",
    });
  });

  it("or the account tells it", () => {
    expect(judged({ resource, region }, demo, new Map([[key, groupKey(group)]]))).toMatchObject({
      side: "baseline",
    });
  });

  it("is unallocated where the baseline did not see groups", async () => {
    const typed = await trial({ type: ["ec2:instance"] });
    const unseen = { side: "unallocated", reason: expect.stringContaining("did not see") };
    expect(judged({ resource, region }, typed)).toMatchObject(unseen);
    expect(judged({ resource, region, scalingGroup: group }, typed)).toMatchObject(unseen);
    expect(judged({ resource, region }, typed, new Map([[key, null]]))).toMatchObject({ side: "notBaseline" });
  });

  it("is not the baseline's, where its group is not, or where it has none", () => {
    expect(judged({ resource, region, scalingGroup: "of-yesterday" })).toMatchObject({ side: "notBaseline" });
    expect(judged({ resource, region }, demo, new Map([[key, null]]))).toMatchObject({ side: "notBaseline" });
  });

  it("is unallocated where nobody tells, not even the region", () => {
    const line = { product: "AmazonEC2", kind: "usage", resource } as const;
    const judge = judgeBy({
      account: demo.account,
      baselines: new Map([[demo.account, demo.baseline]]),
      members: new Map(),
    });
    expect(judge(line)).toMatchObject({ side: "unallocated", reason: expect.stringContaining("Auto Scaling") });
  });

  it("is unallocated where nobody tells, and not the baseline's in a region without groups", () => {
    const without = demo.resources.find((each) => !demo.baseline.makers.has(each.region) && each.region !== "global");
    expect(judged({ resource, region })).toMatchObject({ side: "unallocated" });
    expect(judged({ resource, region: String(without?.region) })).toMatchObject({ side: "notBaseline" });
  });
});
