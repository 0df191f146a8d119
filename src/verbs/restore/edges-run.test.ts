import { CloudFormationClient, DeleteStackCommand } from "@aws-sdk/client-cloudformation";
import { CreateSubnetCommand, EC2Client } from "@aws-sdk/client-ec2";
import { CreateFunctionCommand, LambdaClient } from "@aws-sdk/client-lambda";
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { HERE } from "../../../tests/contract/account.ts";
import {
  edgeTrial,
  endOf,
  groupIn,
  HOUR_MS,
  instance,
  keyPair,
  notApplied,
  reasonOf,
  removed,
  role,
  stack,
  volume,
} from "../../../tests/contract/edges.ts";

describe("in one run", () => {
  it("a versioned bucket goes with 3,000 objects, and with delete markers", async () => {
    const trial = await edgeTrial();
    const { send } = trial;
    await trial.baseline();
    const Bucket = "left-behind";
    const CreateBucketConfiguration = { LocationConstraint: HERE } as never;
    await send(S3Client, new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
    const VersioningConfiguration = { Status: "Enabled" } as const;
    await send(S3Client, new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
    for (let number = 0; number < 3000; number++) {
      const Key = `orders/${number}`;
      await send(S3Client, new PutObjectCommand({ Bucket, Key, Body: "order" }));
      if (number % 2 === 0) await send(S3Client, new DeleteObjectCommand({ Bucket, Key }));
    }
    const plan = await trial.planned();

    expect(removed(plan)).toEqual([Bucket]);
    expect(notApplied(await trial.run(plan))).toEqual([]);
    expect(trial.rows("s3.bucket", "global")).not.toHaveProperty([Bucket]);
    expect(trial.rows("s3.bucket")).not.toHaveProperty([Bucket]);
  });

  it("a role goes when the stack that works through it is gone, and not before", async () => {
    const trial = await edgeTrial();
    await trial.baseline();
    const name = await role(trial, "deploy", "cloudformation.amazonaws.com");
    const RoleARN = `arn:aws:iam::${trial.connection.account}:role/${name}`;
    await stack(trial, { RoleARN });
    const plan = await trial.planned();
    const seen: string[] = [];
    const { log } = trial.twin;
    const push = log.push.bind(log);
    log.push = (...calls) => {
      const [row] = Object.values(trial.rows("cloudformation.stack")) as { stack: { StackStatus: string } }[];
      if (calls.some(({ operation }) => operation === "DeleteRole")) seen.push(row?.stack.StackStatus ?? "gone");
      return push(...calls);
    };

    expect(removed(plan).sort()).toEqual(["deploy", "shop"]);
    expect(notApplied(await trial.run(plan))).toEqual([]);
    expect(seen).toEqual(["DELETE_COMPLETE"]);
  });

  it("a role of a stack that was being deleted already stays, and goes in the next restore", async () => {
    const trial = await edgeTrial();
    await trial.baseline();
    const name = await role(trial, "deploy", "cloudformation.amazonaws.com");
    const RoleARN = `arn:aws:iam::${trial.connection.account}:role/${name}`;
    await stack(trial, { RoleARN });
    await trial.send(CloudFormationClient, new DeleteStackCommand({ StackName: "shop" }));
    const plan = await trial.planned();

    expect(removed(plan)).toEqual([]);
    expect(reasonOf(plan, name)).toMatch(/shop uses it, and stays: it is on its way out already/);
    await trial.hour();
    expect(notApplied(await trial.run(await trial.planned()))).toEqual([]);
    expect(trial.rows("iam.role", "global")).not.toHaveProperty([name]);
  });

  it("what a function in a network leaves behind for twenty minutes is waited for", async () => {
    const trial = await edgeTrial();
    const { send, vpc } = trial;
    await trial.baseline();
    const place = { VpcId: vpc, CidrBlock: "10.7.2.0/24" };
    const subnet = (await send(EC2Client, new CreateSubnetCommand(place))).Subnet?.SubnetId ?? "";
    const group = await groupIn(trial, "left-behind");
    const code = { Code: { ZipFile: new Uint8Array([1]) }, Runtime: "nodejs22.x", Handler: "index.handler" } as const;
    const Role = `arn:aws:iam::${trial.connection.account}:role/${await role(trial, "left", "lambda.amazonaws.com")}`;
    const VpcConfig = { SubnetIds: [subnet], SecurityGroupIds: [group] };
    await send(LambdaClient, new CreateFunctionCommand({ FunctionName: "left", Role, VpcConfig, ...code }));
    await trial.hour();
    const plan = await trial.planned();
    const before = trial.twin.clock.now();

    expect(removed(plan).sort()).toEqual(["left", "left", group, subnet].sort());
    expect(notApplied(await trial.run(plan))).toEqual([]);
    const minutes = (trial.twin.clock.now() - before) / 60_000;
    expect(minutes).toBeGreaterThan(20);
    expect(minutes).toBeLessThan(45);
    expect(trial.rows("ec2.subnet")).not.toHaveProperty([subnet]);
    expect(trial.rows("ec2.security-group")).not.toHaveProperty([group]);
  });
});

describe("an instance that will not terminate", () => {
  async function stuck() {
    const trial = await edgeTrial();
    await trial.baseline();
    const [group, key, other] = [await groupIn(trial, "left"), await keyPair(trial, "left"), await volume(trial)];
    const [bad, good] = [await instance(trial, { KeyName: key, SecurityGroupIds: [group] }), await instance(trial)];
    await trial.hour();
    const never = { id: bad, until: Number.MAX_SAFE_INTEGER, to: "terminated" };
    const stands = { get: () => never, set: () => undefined, enumerable: true };
    Object.defineProperty(trial.rows("ec2.instance-move"), bad, stands);
    return { trial, group, key, other, bad, good };
  }

  it("is deferred when its patience is over, blocks what depends on it, and nothing else", async () => {
    const { trial, group, key, other, bad, good } = await stuck();
    const plan = await trial.planned();
    const before = trial.twin.clock.now();
    const outcomes = await trial.run(plan);

    expect(endOf(plan, outcomes, bad)).toMatch(/^deferred: its effect did not show in time: .*shutting-down/);
    expect(trial.twin.clock.now() - before).toBeGreaterThanOrEqual(15 * 60_000);
    expect(trial.twin.clock.now() - before).toBeLessThan(HOUR_MS / 2);
    for (const id of [group, key]) expect(endOf(plan, outcomes, id)).toMatch(/^blocked: it waits for/);
    for (const id of [good, other]) expect(endOf(plan, outcomes, id)).toBe("applied");
    expect(trial.rows("ec2.security-group")).toHaveProperty([group]);
  });

  it("keeps what depends on it in the next restore, too", async () => {
    const { trial, group, key, bad } = await stuck();
    await trial.run(await trial.planned());
    const plan = await trial.planned();

    expect(removed(plan)).toEqual([]);
    expect(reasonOf(plan, bad)).toMatch(/on its way out already/);
    for (const id of [group, key]) expect(reasonOf(plan, id)).toMatch(/uses it, and stays: it is on its way out/);
  });
});
