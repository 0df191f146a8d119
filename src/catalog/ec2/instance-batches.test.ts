import { EC2Client, RunInstancesCommand, TerminateInstancesCommand } from "@aws-sdk/client-ec2";
import { describe, expect, it } from "vitest";
import { HERE, testAccount } from "../../../tests/contract/account.ts";
import { pauseSuite } from "../../../tests/contract/pause-suite.ts";
import type { PauseState } from "../contract.ts";
import { writeScope } from "../scope.ts";
import { defaultNetwork } from "./ec2.trial.ts";
import { pause } from "./instance-pause.ts";

const IMAGE = { ImageId: "ami-0a1b2c3d4e5f60718", InstanceType: "m6i.large" as const };

async function trial(count: number) {
  const account = await testAccount();
  await defaultNetwork(account);
  const run = async (more: object = {}, MinCount = 1) => {
    const request = new RunInstancesCommand({ ...IMAGE, MinCount, MaxCount: MinCount, ...more });
    return ((await account.send(EC2Client, request)).Instances ?? []).map(({ InstanceId = "" }) => InstanceId);
  };
  const ids = await run({}, count);
  const { signal } = new AbortController();
  const scope = writeScope(account.connection, HERE, { signal });
  account.calls.length = 0;
  account.twin.log.length = 0;
  const named = (operation: string) => account.calls.filter((call) => call === `ec2:${operation}`).length;
  const capture = () => Promise.all(ids.map((id) => pause.capture(scope, id)));
  const stop = () => Promise.allSettled(ids.map((id) => pause.stop(scope, id, {})));
  const phases = async () => (await capture()).map((state) => state?.phase);
  return { account, ids, run, scope, signal, named, capture, stop, phases };
}

describe("pausing many EC2 instances", () => {
  it("reads, stops and starts 250 in a handful of calls", async () => {
    const { account, ids, scope, named, capture, stop, phases } = await trial(250);
    expect(new Set((await capture()).map((state) => state?.phase))).toEqual(new Set(["running"]));
    expect([named("DescribeInstances"), named("DescribeVolumes"), named("DescribeInstanceTypes")]).toEqual([2, 2, 1]);
    await stop();
    expect(named("StopInstances")).toBe(3);
    account.calls.length = 0;
    expect(new Set(await phases())).toEqual(new Set(["moving"]));
    expect(named("DescribeInstanceAttribute")).toBe(0);

    await account.twin.clock.sleep(60_000);
    await Promise.all(ids.map((id) => pause.resume(scope, id, {})));
    expect(named("StartInstances")).toBe(3);
    await account.twin.clock.sleep(60_000);
    expect(new Set(await phases())).toEqual(new Set(["running"]));
  });

  it("stops all others when some are gone or may not be stopped, and tells each its own", async () => {
    const { account, ids, run, stop, phases } = await trial(30);
    await account.send(EC2Client, new TerminateInstancesCommand({ InstanceIds: [ids[7] ?? ""] }));
    await account.twin.clock.sleep(60_000);
    const [guarded = ""] = await run({ DisableApiStop: true });
    ids.push(guarded);
    const results = await stop();

    const failed = results.flatMap((each, at) => (each.status === "rejected" ? [[at, String(each.reason)]] : []));
    expect(failed).toEqual([
      [7, expect.stringContaining(ids[7] ?? "")],
      [30, expect.stringContaining("disableApiStop")],
    ]);
    const now = await phases();
    expect(now.map((phase, at) => [at, phase]).filter(([, phase]) => phase !== "moving")).toEqual([
      [7, undefined],
      [30, "running"],
    ]);
  });

  it("tells every step that shares a call its request id, and joins no regions", async () => {
    const { account, ids, signal, named } = await trial(3);
    const heard = new Map<string, string[]>();
    const listening = (id: string, region = HERE) =>
      writeScope(account.connection, region, { signal }, (requestId) =>
        heard.set(id, [...(heard.get(id) ?? []), requestId]),
      );
    await Promise.all(ids.map((id) => pause.stop(listening(id), id, {})));
    expect(named("StopInstances")).toBe(1);
    expect(heard.size).toBe(3);
    for (const told of heard.values()) expect(told).toEqual(heard.get(ids[0] ?? ""));

    const elsewhere = listening("i-0123456789abcdef0", "us-east-1" as typeof HERE);
    const other = pause.stop(elsewhere, "i-0123456789abcdef0", {});
    await Promise.allSettled([other, pause.stop(listening(ids[0] ?? ""), ids[0] ?? "", {})]);
    await expect(other).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(named("StopInstances")).toBe(3);
  });
});

const HIBERNATES = { HibernationOptions: { Configured: true } };

async function single(account: Awaited<ReturnType<typeof testAccount>>, more: object): Promise<string> {
  await defaultNetwork(account);
  const answer = await account.send(
    EC2Client,
    new RunInstancesCommand({ ...IMAGE, MinCount: 1, MaxCount: 1, ...more }),
  );
  return answer.Instances?.[0]?.InstanceId ?? "";
}

pauseSuite("AWS::EC2::Instance", {
  way: "hibernate",
  seed: (account) => single(account, HIBERNATES),
  keeps: [
    { why: /hibernation was not enabled/, seed: (account) => single(account, {}) },
    { why: /stop protection/, seed: (account) => single(account, { ...HIBERNATES, DisableApiStop: true }) },
  ],
  lost: ["publicAddress"],
  unusedActions: {
    "ec2:DescribeSpotInstanceRequests": "Spot instances only",
    "kms:CreateGrant": "EC2 calls it in the caller's name for encrypted volumes",
  },
});

describe("hibernating an EC2 instance", () => {
  it("keeps the memory, asks AWS to hibernate, and stops nothing instead that can't", async () => {
    const { account, ids, run, scope, named } = await trial(1);
    const [able = ""] = await run(HIBERNATES);
    const state = (await pause.capture(scope, able)) as PauseState;
    const verdict = pause.eligible(state, { tags: {} } as never, "hibernate");
    expect(verdict).toMatchObject({ kind: "eligible", loses: [expect.stringContaining("public address")] });

    const both = [able, ids[0] ?? ""].map((id) => pause.stop(scope, id, {}, "hibernate"));
    expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    expect(named("StopInstances")).toBe(3);
    await account.twin.clock.sleep(60_000);
    expect((await pause.capture(scope, able))?.words).toBe("stopped");
    expect((await pause.capture(scope, ids[0] ?? ""))?.phase).toBe("running");
  });
});
