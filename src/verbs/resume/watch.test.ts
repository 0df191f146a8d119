import { EC2Client, StopInstancesCommand, TerminateInstancesCommand } from "@aws-sdk/client-ec2";
import { ECSClient, UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { describe, expect, it } from "vitest";
import { type VerbTrial, verbTrial } from "../../../tests/contract/verbs.ts";
import type { Region } from "../../model/brand.ts";
import { FAULTS } from "../../twin/faults.ts";
import { executePause, preparePause } from "../pause/pause.ts";
import { executeResume, prepareResume } from "./resume.ts";
import { watchResumed } from "./watch.ts";

const WEEK = 7 * 24 * 3_600_000;
const READS = /^(Describe|List|Get|Head|Lookup)/;

async function resumed(type: string) {
  const trial = await verbTrial();
  const { context } = trial;
  const bastion = { regions: ["eu-west-1"], tag: ["Name=bastion"] };
  const selection = { type: [type], ...(type === "ec2:instance" ? bastion : {}) };
  await executePause(context, await preparePause(context, { selection, extend: false }), context.clock.now() + WEEK);
  const prepared = await prepareResume(context, undefined);
  const { verified } = await executeResume(context, prepared);
  trial.twin.log.length = 0;
  return { ...trial, record: prepared.record, verified, step: prepared.record.plan.steps[0] };
}

const client = ({ context }: VerbTrial) => context.connection.client(EC2Client, "eu-west-1" as Region, "write");

describe("a watch after a resume", () => {
  it("looks as long as it was told to, changes nothing, and tells that all stayed", async () => {
    const { context, twin, record, verified } = await resumed("ec2:instance");
    const watched = await watchResumed(context, record, verified, 30);

    expect(watched).toMatchObject({ count: 1, fallen: [], complete: true, unread: 0 });
    expect(Date.parse(watched.until) - Date.parse(watched.from)).toBe(30 * 60_000);
    expect(twin.log.filter(({ operation }) => !READS.test(operation))).toEqual([]);
    expect(twin.log.length).toBeGreaterThan(30);
  });

  it("tells what was stopped again, when and field by field, and once", async () => {
    const trial = await resumed("ec2:instance");
    const { context, host, record, verified, step } = trial;
    const watching = watchResumed(context, record, verified, 20);
    await context.clock.sleep(5 * 60_000);
    await client(trial).send(new StopInstancesCommand({ InstanceIds: [step?.target.id ?? ""] }));
    const { fallen } = await watching;

    expect(fallen).toHaveLength(1);
    expect(fallen[0]).toMatchObject({ target: { id: step?.target.id }, now: "stopped", recovered: false });
    expect(fallen[0]?.fields).toContainEqual({ field: "state", before: "running", after: "stopped" });
    expect(host.texts("warning").filter((text) => text.includes("it is stopped"))).toHaveLength(1);
  });

  it("tells what is gone", async () => {
    const trial = await resumed("ec2:instance");
    const { context, record, verified, step } = trial;
    const watching = watchResumed(context, record, verified, 200);
    await context.clock.sleep(60_000);
    await client(trial).send(new TerminateInstancesCommand({ InstanceIds: [step?.target.id ?? ""] }));

    expect((await watching).fallen).toMatchObject([
      { now: expect.stringMatching(/gone|terminated/), recovered: false },
    ]);
  });

  it("tells which count a service fell back to, and that it came back", async () => {
    const trial = await resumed("ecs:service");
    const { context, record, verified, step } = trial;
    const ecs = context.connection.client(ECSClient, step?.target.region ?? context.connection.defaultRegion, "write");
    const [cluster, service] = ["shop", step?.target.arn.split("/").at(-1)];
    const set = (desiredCount: number) => ecs.send(new UpdateServiceCommand({ cluster, service, desiredCount }));
    const was = Number(step?.saves.desiredCount);
    const watching = watchResumed(context, record, verified, 60);
    await context.clock.sleep(5 * 60_000);
    await set(0);
    await context.clock.sleep(10 * 60_000);
    await set(was);
    const { fallen } = await watching;

    expect(fallen.map(({ target, recovered }) => [target.id, recovered])).toEqual([[step?.target.id, true]]);
    expect(fallen[0]?.fields).toContainEqual({ field: "desiredCount", before: was, after: 0 });
  });

  it("ends at Ctrl-C with what it has seen", async () => {
    const { context, record, verified } = await resumed("ec2:instance");
    const abort = new AbortController();
    const watching = watchResumed({ ...context, signal: abort.signal }, record, verified, 600);
    await context.clock.sleep(3 * 60_000);
    abort.abort(new Error("Ctrl-C"));

    expect(await watching).toMatchObject({ complete: false, count: 1, fallen: [] });
  });

  it("takes a read that fails for no news, never for a fall", async () => {
    const { context, twin, record, verified } = await resumed("ec2:instance");
    twin.faults = [{ ...FAULTS.denied, service: "ec2", operation: "DescribeInstances" }];
    const watched = await watchResumed(context, record, verified, 5);

    expect(watched.fallen).toEqual([]);
    expect(watched.unread).toBeGreaterThan(0);
  });
});
