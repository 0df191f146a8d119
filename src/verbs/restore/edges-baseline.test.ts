import { CreateVolumeCommand, EC2Client } from "@aws-sdk/client-ec2";
import { CreateFunctionCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { describe, expect, it } from "vitest";
import { HERE } from "../../../tests/contract/account.ts";
import {
  edgeTrial,
  groupIn,
  keyPair,
  notApplied,
  reasonOf,
  removed,
  role,
  stack,
  tag,
  volume,
} from "../../../tests/contract/edges.ts";
import { region } from "../../model/brand.ts";
import { FAULTS } from "../../twin/faults.ts";

const THERE = region("eu-central-1");

describe("a baseline that was made with filters", () => {
  it("by type: of the types it never looked for nothing is removed", async () => {
    const trial = await edgeTrial();
    await trial.baseline({ regions: [HERE], type: ["ec2:key-pair"] });
    const [key, other] = [await keyPair(trial, "left-behind"), await volume(trial)];
    const plan = await trial.planned();

    expect(removed(plan)).toEqual([key]);
    expect(notApplied(await trial.run(plan))).toEqual([]);
    expect(trial.rows("ec2.volume")).toHaveProperty([other]);
  });

  it("by tag: what is older than it, or has no such tag, stays", async () => {
    const trial = await edgeTrial();
    const [old, late] = [await volume(trial), await volume(trial)];
    await tag(trial, old, "team", "shop");
    await trial.baseline({ regions: [HERE], tag: ["team=shop"] });
    const [added, untagged] = [await volume(trial), await volume(trial)];
    for (const id of [added, late]) await tag(trial, id, "team", "shop");

    const plan = await trial.planned();
    expect(removed(plan)).toEqual([added]);
    await trial.run(plan);
    expect(Object.keys(trial.rows("ec2.volume")).sort()).toEqual([old, late, untagged].sort());
  });

  it("by tag: of what AWS tells no creation date for nothing is removed, undated or not", async () => {
    const trial = await edgeTrial();
    await trial.baseline({ regions: [HERE], tag: ["team=shop"] });
    await tag(trial, await groupIn(trial, "left-behind"), "team", "shop");

    expect(removed(await trial.planned())).toEqual([]);
  });

  it("of fewer regions: nothing is removed where it never looked, though that region is asked for", async () => {
    const trial = await edgeTrial();
    await trial.baseline();
    const here = await volume(trial);
    const asked = new CreateVolumeCommand({ AvailabilityZone: "eu-central-1a", Size: 8 });
    const there = (await trial.send(EC2Client, asked, THERE)).VolumeId ?? "";
    const plan = await trial.planned({ selection: { regions: [HERE, THERE] } });

    expect(removed(plan)).toEqual([here]);
    expect(reasonOf(plan, there)).toBeUndefined();
  });

  it("of fewer regions: an added role stays that something in another region uses", async () => {
    const trial = await edgeTrial();
    await trial.baseline();
    const [used, unused] = [
      await role(trial, "used", "lambda.amazonaws.com"),
      await role(trial, "unused", "lambda.amazonaws.com"),
    ];
    const Role = `arn:aws:iam::${trial.connection.account}:role/${used}`;
    const code = { Code: { ZipFile: new Uint8Array([1]) }, Runtime: "nodejs22.x", Handler: "index.handler" } as const;
    await trial.send(LambdaClient, new CreateFunctionCommand({ FunctionName: "far", Role, ...code }), THERE);
    const plan = await trial.planned();

    expect(removed(plan)).toEqual([unused]);
    expect(reasonOf(plan, used)).toMatch(/far uses it, and stays/);
  });
});

describe("a type that was not completely seen", () => {
  it("keeps a stack that has one of it: that may be older than the baseline", async () => {
    const trial = await edgeTrial();
    trial.twin.faults = [{ ...FAULTS.denied, service: "sqs", operation: "ListQueues" }];
    await trial.baseline();
    trial.twin.faults = [];
    await stack(trial);
    const plan = await trial.planned();

    expect(removed(plan)).toEqual([]);
    expect(reasonOf(plan, "shop")).toMatch(/would take .* along: whether it is in baseline is not known/);
  });

  const blind = { ...FAULTS.denied, service: "ec2", operation: "DescribeKeyPairs" };

  it.each(["the baseline", "the restore"])("by %s: none of it is removed, and the rest goes", async (when) => {
    const trial = await edgeTrial();
    if (when === "the baseline") trial.twin.faults = [blind];
    await trial.baseline();
    trial.twin.faults = [];
    const [key, left] = [await keyPair(trial, "left-behind"), await volume(trial)];
    if (when === "the restore") trial.twin.faults = [blind];
    const plan = await trial.planned();

    expect(removed(plan)).toEqual([left]);
    await trial.run(plan);
    expect(Object.values(trial.rows("ec2.key-pair")).map(({ KeyName }) => KeyName)).toEqual([key]);
  });

  it("and may use something: what it may use stays, with the type that could not be read as the reason", async () => {
    const trial = await edgeTrial();
    await trial.baseline();
    const key = await keyPair(trial, "left-behind");
    trial.twin.faults = [{ ...blind, operation: "DescribeLaunchTemplates" }];
    const plan = await trial.planned();

    expect(removed(plan)).not.toContain(key);
    expect(reasonOf(plan, key)).toMatch(/AWS::EC2::LaunchTemplate in eu-west-1 was not completely seen/);
  });
});

describe("the age of what is not in the baseline", () => {
  it("is not told by AWS: it is listed and kept, and goes only with includeUndated", async () => {
    const trial = await edgeTrial();
    await trial.baseline();
    const group = await groupIn(trial, "left-behind");

    const listed = await trial.planned({ includeUndated: false });
    expect(removed(listed)).toEqual([]);
    expect(reasonOf(listed, group)).toMatch(/does not tell when it was created/);
    const plan = await trial.planned();
    expect(removed(plan)).toEqual([group]);
    expect(notApplied(await trial.run(plan))).toEqual([]);
  });

  it("is greater than the baseline's, which failed to see it: it is listed and never removed", async () => {
    const trial = await edgeTrial();
    const overlooked = await volume(trial);
    await trial.hour();
    const { [overlooked]: row } = trial.rows("ec2.volume");
    delete trial.rows("ec2.volume")[overlooked];
    await trial.baseline();
    if (row) trial.rows("ec2.volume")[overlooked] = row;
    const plan = await trial.planned();

    expect(removed(plan)).toEqual([]);
    expect(reasonOf(plan, overlooked)).toMatch(/created before baseline .* which does not have it/);
  });
});
