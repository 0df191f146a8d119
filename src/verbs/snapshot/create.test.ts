import { describe, expect, it } from "vitest";
import { verbTrial } from "../../../tests/contract/verbs.ts";
import { openSnapshot } from "../../store/snapshots.ts";
import { FAULTS } from "../../twin/faults.ts";
import { createSnapshot } from "./create.ts";

const EVERYTHING = { selection: {}, metadata: {}, setActive: true, compress: false };

/** Planted in the demo world: a database password in function variables, user data and a secret's value. */
const PLANTED = ["correct-horse-battery", Buffer.from("correct-horse-battery").toString("base64").slice(0, 20)];

describe("snapshot create", () => {
  it("stores no secret anywhere", async () => {
    const { context } = await verbTrial();
    await createSnapshot(context, { ...EVERYTHING, name: "all" });
    const objects = (context.store as unknown as { objects: Map<string, Buffer> }).objects;

    for (const [path, content] of objects)
      for (const secret of PLANTED) expect(content.includes(secret), path).toBe(false);
    expect([...objects.keys()].some((path) => path.endsWith(".jsonl"))).toBe(true);
  });

  it("gives byte-identical resources for an untouched account", async () => {
    const { context, twin } = await verbTrial();
    const first = await createSnapshot(context, { ...EVERYTHING, name: "one" });
    await twin.clock.sleep(86_400_000);
    const second = await createSnapshot(context, { ...EVERYTHING, name: "two" });
    const lines = async (name: string) => {
      const all: string[] = [];
      for await (const resource of (await openSnapshot(context.store, context.connection.account, name)).resources())
        all.push(JSON.stringify(resource));
      return all;
    };

    expect(await lines("two")).toEqual(await lines("one"));
    expect(first.summary.header.counts).toEqual(second.summary.header.counts);
  });

  it("sees whatever the demo world has", async () => {
    const { context } = await verbTrial();
    const { summary, incomplete } = await createSnapshot(context, { ...EVERYTHING, name: "all" });

    expect(incomplete).toEqual([]);
    const seen = summary.header.selection.types.filter((type) => summary.header.counts[type]);
    const services = new Set(seen.map((type) => type.split("::")[1]));
    const inTheDemo =
      "AutoScaling CloudFormation CloudWatch DynamoDB EC2 ECS ElasticLoadBalancingV2 Events IAM KMS Kinesis Lambda Logs RDS S3 SNS SQS SageMaker SecretsManager";
    expect([...services].sort()).toEqual(inTheDemo.split(" "));
    expect(seen.length).toBeGreaterThan(40);
  });

  it("refuses a name that is taken before it scans", async () => {
    const { context, twin } = await verbTrial();
    await createSnapshot(context, { ...EVERYTHING, name: "taken" });
    twin.log.length = 0;

    await expect(createSnapshot(context, { ...EVERYTHING, name: "taken" })).rejects.toMatchObject({
      code: "SNAPSHOT_EXISTS",
    });
    expect(twin.log).toEqual([]);
  });

  it("saves an empty snapshot with a warning when nothing matches", async () => {
    const { context, host } = await verbTrial();
    const { summary } = await createSnapshot(context, {
      ...EVERYTHING,
      name: "none",
      selection: { tag: ["env=mars"] },
    });

    expect(summary.header.counts).toEqual({});
    expect(host.texts("warning").join()).toContain("the snapshot is empty");
  });

  it("counts what a date filter left out because AWS gives no date", async () => {
    const { context, host } = await verbTrial();
    const { summary } = await createSnapshot(context, {
      ...EVERYTHING,
      name: "old",
      selection: { createdBefore: "2026-01-06" },
    });

    expect(summary.header.undated).toBeGreaterThan(0);
    expect(host.texts("warning").join()).toContain("no creation date");
  });

  it("warns of parts that may not be read, and says which permission is missing", async () => {
    const { context, host, twin } = await verbTrial();
    twin.faults = [{ ...FAULTS.denied, operation: "GetBucketPolicy" }];
    const selection = { type: ["s3:bucket"] };
    const { incomplete } = await createSnapshot(context, { ...EVERYTHING, name: "dim", selection });

    expect(incomplete).toEqual([]);
    expect(host.texts("warning").join()).toContain("could not be read");
    expect(host.texts("warning").join()).toContain("denied: s3:GetBucketPolicy");
  });

  it("warns of nothing when all was read", async () => {
    const { context, host } = await verbTrial();
    await createSnapshot(context, { ...EVERYTHING, name: "all" });

    expect(host.texts("warning")).toEqual([]);
  });

  it("writes nothing when nothing could be read", async () => {
    const { context, twin } = await verbTrial();
    await context.connection.enabledRegions();
    twin.faults = [FAULTS.denied];

    await expect(createSnapshot(context, { ...EVERYTHING, name: "blind" })).rejects.toMatchObject({
      code: "NOTHING_SEEN",
    });
    const objects = (context.store as unknown as { objects: Map<string, Buffer> }).objects;
    expect([...objects.keys()]).toEqual(["key"]);
  });

  it("refuses a region that the account does not have, without calling it", async () => {
    const { context, twin } = await verbTrial();
    const selection = { type: ["sqs:queue"], regions: ["eu-west-1", "eu-north-1"] };

    await expect(createSnapshot(context, { ...EVERYTHING, name: "off", selection })).rejects.toMatchObject({
      code: "USAGE",
      details: { hint: expect.stringContaining("eu-west-1") },
    });
    expect(twin.log.filter(({ region }) => region === "eu-north-1")).toEqual([]);
  });
});
