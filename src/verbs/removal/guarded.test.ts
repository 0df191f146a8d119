import { CreateSnapshotCommand, CreateTagsCommand, CreateVolumeCommand, EC2Client } from "@aws-sdk/client-ec2";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import { HERE, testAccount } from "../../../tests/contract/account.ts";
import { leaveBehind } from "../../../tests/contract/leave-behind.ts";
import { memoryStore } from "../../../tests/contract/memory-store.ts";
import type { ProtectRule } from "../../engine/protect-rules.ts";
import { memoryHost } from "../../io/memory.ts";
import type { Plan } from "../../model/plan.ts";
import { FAULTS } from "../../twin/faults.ts";
import type { VerbContext } from "../context.ts";
import { prepareRestore } from "../restore/restore.ts";
import { createSnapshot } from "../snapshot/create.ts";
import { executeRemoval } from "./execute.ts";

const HOUR_MS = 3_600_000;
const FREE = { selection: { regions: [HERE] }, maxShare: 1, allowData: ["storage"], includeUndated: true };

/** An account in which everything was added since its baseline, three hours ago. */
async function trial() {
  const account = await testAccount();
  const { signal } = new AbortController();
  const { connection, twin } = account;
  const context: VerbContext = { connection, clock: twin.clock, host: memoryHost(), signal, store: memoryStore() };
  const selection = { regions: [HERE] };
  await createSnapshot(context, { selection, metadata: {}, setActive: true, compress: false, name: "baseline" });
  await twin.clock.sleep(HOUR_MS);
  const left = await leaveBehind(account);
  await twin.clock.sleep(3 * HOUR_MS);
  const planned = async (...protect: ProtectRule[]) =>
    (await prepareRestore({ ...context, guards: { protect } }, FREE)).plan;
  return { ...account, context, left, planned };
}

const removed = ({ steps }: Plan) => steps.map(({ target }) => target.type as string);
const reasonOf = ({ kept }: Plan, id = "") =>
  kept.find(({ target, goesWith }) => goesWith === undefined && [target.id, target.name].includes(id))?.reason;

describe("rules of guards.protect in a restore", () => {
  it("keep what is named by id, and whatever is attached to it, and go on with the rest", async () => {
    const { planned, left } = await trial();
    const all = await planned();
    const plan = await planned({ id: left.vpc ?? "" });

    expect(removed(all)).toContain("AWS::EC2::VPC");
    expect(reasonOf(plan, left.vpc)).toContain("protected by name");
    expect(reasonOf(plan, left.subnet)).toMatch(/part of .* or attached to it: it is protected by name/);
    expect(reasonOf(plan, left.instance)).toContain("protected by name");
    expect(removed(plan)).toContain("AWS::EC2::Volume");
  });

  it("keep what has a tag, and whatever is attached to it; tags that can't be read protect", async () => {
    const { planned, left, send, twin } = await trial();
    await send(
      EC2Client,
      new CreateTagsCommand({ Resources: [left.vpc ?? ""], Tags: [{ Key: "env", Value: "prod" }] }),
    );
    const plan = await planned({ key: "env", value: "prod" });
    const other = await planned({ key: "env", value: "dev" });

    expect(reasonOf(plan, left.vpc)).toContain("its tag env=prod (guards.protect)");
    expect(reasonOf(plan, left.instance)).toContain("its tag env=prod");
    expect(removed(other)).toContain("AWS::EC2::VPC");
    const { QueueUrl } = await send(SQSClient, new CreateQueueCommand({ QueueName: "jobs" }));
    expect(QueueUrl).toBeDefined();
    twin.faults = [{ ...FAULTS.denied, service: "tagging" }];
    expect(reasonOf(await planned({ key: "env" }), "jobs")).toContain("its tags could not be read");
  });

  it("keep a type, and not what is attached to one of that type", async () => {
    const { planned, left } = await trial();
    const plan = await planned({ types: ["AWS::EC2::VPC"], called: "ec2:vpc" });

    expect(reasonOf(plan, left.vpc)).toContain("its type is protected, as ec2:vpc");
    expect(plan.steps.map(({ target }) => target.id)).toContain(left.instance);
  });

  it("keep the members of a protected type with it", async () => {
    const { planned } = await trial();
    const plan = await planned({ types: ["AWS::AutoScaling::AutoScalingGroup"], called: "autoscaling:group" });
    const launched = plan.kept.filter(({ reason }) => /attached to it: its type is protected/.test(reason));

    expect(launched.map(({ target }) => target.type)).toContain("AWS::EC2::Instance");
    expect(removed(plan)).toContain("AWS::EC2::Instance");
    expect(removed(plan)).not.toContain("AWS::EC2::SecurityGroup");
  });

  it("keep what is younger, and whatever has no date; the parts of what is old are as old as that", async () => {
    const { planned, left, send, twin } = await trial();
    const fresh = await send(EC2Client, new CreateVolumeCommand({ AvailabilityZone: "eu-west-1a", Size: 1 }));
    await twin.clock.sleep(HOUR_MS);
    const plan = await planned({ youngerThanMs: 2 * HOUR_MS, called: "2h" });

    expect(reasonOf(plan, fresh.VolumeId)).toContain("it is younger than 2h");
    expect(reasonOf(plan, left.vpc)).toContain("AWS does not tell when it was created");
    expect(plan.steps.map(({ target }) => target.id)).toContain(left.instance);
    const older = await planned({ youngerThanMs: 5 * HOUR_MS, called: "5h" });
    expect(older.steps).toEqual([]);
  });

  it("hold also against a plan that was made before they were", async () => {
    const { context, planned, send, twin } = await trial();
    const { VolumeId } = await send(EC2Client, new CreateVolumeCommand({ AvailabilityZone: "eu-west-1a", Size: 1 }));
    await send(EC2Client, new CreateSnapshotCommand({ VolumeId }));
    await twin.clock.sleep(60_000);
    const plan = await planned();
    const guards = { protect: [{ id: VolumeId ?? "" }] };
    twin.log.length = 0;

    await expect(executeRemoval({ ...context, guards }, plan)).rejects.toMatchObject({ code: "REFUSED" });
    expect(twin.log.filter(({ operation }) => /^(Delete|Terminate)/.test(operation))).toEqual([]);
  });
});
