import { EC2Client, RunInstancesCommand, type RunInstancesRequest } from "@aws-sdk/client-ec2";
import { CreateKeyCommand, DisableKeyCommand, EnableKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { describe, expect, it } from "vitest";
import { ACCOUNT, HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { pauseSuite } from "../../../tests/contract/pause-suite.ts";
import { FAULTS } from "../../twin/faults.ts";
import type { PauseState } from "../contract.ts";
import { readScope, writeScope } from "../scope.ts";
import { defaultNetwork } from "./ec2.trial.ts";
import { pause } from "./instance-pause.ts";

type Asked = Partial<RunInstancesRequest>;

async function run(account: TestAccount, more: Asked = {}): Promise<string> {
  await defaultNetwork(account);
  const request = { ImageId: "ami-0a1b2c3d4e5f60718", InstanceType: "m6i.large" as const, MinCount: 1, MaxCount: 1 };
  const answer = await account.send(EC2Client, new RunInstancesCommand({ ...request, ...more }));
  return answer.Instances?.[0]?.InstanceId ?? "";
}

const spot = (SpotInstanceType: "one-time" | "persistent"): Asked => ({
  InstanceMarketOptions: { MarketType: "spot", SpotOptions: { SpotInstanceType } },
});

/** Tags that only AWS sets are put into the world, as it would. */
function tagged(account: TestAccount, id: string, tags: Readonly<Record<string, string>>): string {
  const row = rowOf(account, "ec2.instance", id);
  row.Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return id;
}

function rowOf({ twin }: TestAccount, kind: string, id: string): Record<string, unknown> {
  return twin.world.accounts[ACCOUNT]?.regions[HERE]?.[kind]?.[id] as Record<string, unknown>;
}

const GROUP = { "aws:autoscaling:groupName": "web" };

pauseSuite("AWS::EC2::Instance", {
  seed: (account) => run(account),
  keeps: [
    { why: /Spot request is one-time/, seed: (account) => run(account, spot("one-time")) },
    {
      why: /Spot instance of Auto Scaling group web/,
      seed: async (account) => tagged(account, await run(account, spot("persistent")), GROUP),
    },
    { why: /stop protection/, seed: (account) => run(account, { DisableApiStop: true }) },
    {
      why: /instance store/,
      seed: async (account) => {
        const id = await run(account);
        rowOf(account, "ec2.instance", id).RootDeviceType = "instance-store";
        return id;
      },
    },
    {
      why: /EKS node group workers/,
      seed: async (account) => tagged(account, await run(account), { "eks:nodegroup-name": "workers" }),
    },
    {
      why: /node of Karpenter's node pool spare/,
      seed: async (account) => tagged(account, await run(account), { "karpenter.sh/nodepool": "spare" }),
    },
    {
      why: /node of Karpenter's node pool old/,
      seed: async (account) => tagged(account, await run(account), { "karpenter.sh/provisioner-name": "old" }),
    },
    {
      why: /EMR cluster j-1/,
      seed: async (account) => tagged(account, await run(account), { "aws:elasticmapreduce:job-flow-id": "j-1" }),
    },
  ],
  // The default subnets give public addresses, which a stop takes back.
  lost: ["publicAddress"],
  unusedActions: {
    "ec2:DescribeSpotInstanceRequests": "Spot instances only",
    "kms:CreateGrant": "EC2 calls it in the caller's name for encrypted volumes",
  },
});

async function trial(asked: Asked = {}) {
  const account = await testAccount();
  const id = await run(account, asked);
  const { signal } = new AbortController();
  const scope = writeScope(account.connection, HERE, { signal });
  const capture = () => pause.capture(readScope(account.connection, HERE, { signal }), id) as Promise<PauseState>;
  const later = async (seconds: number) => {
    await account.twin.clock.sleep(seconds * 1000);
    return capture();
  };
  const judge = async (tags = {}) => pause.eligible(await capture(), { tags } as never);
  return { account, id, scope, capture, later, judge };
}

describe("pausing an EC2 instance", () => {
  it("saves the same each time it looks at an untouched instance", async () => {
    const { capture, later } = await trial({ InstanceType: "m5d.large" });

    expect((await later(3600)).saved).toEqual((await capture()).saved);
  });

  it("tells what is lost: memory that could hibernate, instance stores, the public address", async () => {
    const { judge } = await trial({ InstanceType: "m5d.4xlarge", HibernationOptions: { Configured: true } });

    expect(await judge()).toMatchObject({
      kind: "eligible",
      loses: [
        expect.stringContaining("could hibernate"),
        "the data of 2 instance store volumes (600 GB)",
        expect.stringContaining("public address"),
      ],
    });
  });

  it("may stop members of an Auto Scaling group, and Spot instances of a persistent request", async () => {
    const member = await trial();
    expect((await member.judge(GROUP)).kind).toBe("eligible");

    const lasting = await trial(spot("persistent"));
    const before = await lasting.capture();
    expect((await lasting.judge()).kind).toBe("eligible");
    await pause.stop(lasting.scope, lasting.id, before.saved);
    expect((await lasting.later(60)).phase).toBe("paused");
    await pause.resume(lasting.scope, lasting.id, before.saved);
    expect(pause.resumed(before.saved, await lasting.later(60)).differs.map(({ field }) => field)).toEqual([
      "publicAddress",
    ]);
  });

  it.each(["cancelled", "closed", undefined])(
    "keeps a Spot instance whose request is %s: only an active one surely starts it again",
    (state) => {
      const spotRequest = { type: "persistent", ...(state ? { state } : {}) };
      const saved = { lifecycle: "spot", rootDevice: "ebs", spotRequest };
      const verdict = pause.eligible({ phase: "running", saved, words: "running" }, { tags: {} } as never);

      expect(verdict).toEqual({
        kind: "kept",
        reason: expect.stringContaining(`its Spot request is ${state ?? "in an unknown state"}`),
      });
    },
  );

  it("takes its time to stop and to start, and refuses to be turned round on the way", async () => {
    const { id, scope, capture, later } = await trial();
    const { saved } = await capture();
    await pause.stop(scope, id, saved);
    expect(await capture()).toMatchObject({ phase: "moving", words: "stopping" });
    await expect(pause.resume(scope, id, saved)).rejects.toMatchObject({
      details: { awsCode: "IncorrectInstanceState" },
    });
    expect(await later(40)).toMatchObject({ phase: "paused", words: "stopped" });

    await pause.resume(scope, id, saved);
    expect(await capture()).toMatchObject({ phase: "moving", words: "pending" });
    await expect(pause.stop(scope, id, saved)).rejects.toMatchObject({
      details: { awsCode: "IncorrectInstanceState" },
    });
    expect(await later(20)).toMatchObject({ phase: "running", words: "running" });
  });

  it("stays paused and can be tried again when its zone has no room", async () => {
    const { account, id, scope, capture, later } = await trial();
    const { saved } = await capture();
    await pause.stop(scope, id, saved);
    await later(60);
    account.twin.faults = [{ ...FAULTS.noCapacity, operation: "StartInstances" }];
    await expect(pause.resume(scope, id, saved)).rejects.toThrow(/InsufficientInstanceCapacity/);
    expect(pause.resumed(saved, await capture())).toEqual({ phase: "ready", differs: [] });

    account.twin.faults = [];
    await pause.resume(scope, id, saved);
    expect(pause.resumed(saved, await later(60)).phase).toBe("done");
  });

  it("tells why an instance fell back whose KMS key can't be used, and starts it once it can", async () => {
    const account = await testAccount();
    const { KeyMetadata } = await account.send(KMSClient, new CreateKeyCommand({}));
    const KeyId = KeyMetadata?.KeyId ?? "";
    const disk = { DeviceName: "/dev/xvda", Ebs: { Encrypted: true, KmsKeyId: KeyMetadata?.Arn } };
    const id = await run(account, { BlockDeviceMappings: [disk] });
    const { signal } = new AbortController();
    const scope = writeScope(account.connection, HERE, { signal });
    const capture = () => pause.capture(scope, id) as Promise<PauseState>;
    const rest = () => account.twin.clock.sleep(60_000);
    const before = await capture();
    expect(pause.eligible(before, { tags: {} } as never)).toMatchObject({
      risks: expect.arrayContaining([expect.stringContaining(KeyId)]),
    });
    await pause.stop(scope, id, before.saved);
    await rest();
    await account.send(KMSClient, new DisableKeyCommand({ KeyId }));

    await pause.resume(scope, id, before.saved);
    await rest();
    const fallen = await capture();
    expect(fallen.words).toMatch(/Client\.InternalError.*KMS key/);
    // Whoever carries out a step appends this to the words; the reason must not stand there twice.
    expect(fallen.live).not.toHaveProperty("fellBack");
    expect(pause.resumed(before.saved, fallen)).toMatchObject({
      phase: "ready",
      differs: [{ field: "state", because: expect.stringContaining("Client.InternalError") }],
    });

    await account.send(KMSClient, new EnableKeyCommand({ KeyId }));
    await pause.resume(scope, id, before.saved);
    await rest();
    expect(pause.resumed(before.saved, await capture()).phase).toBe("done");
  });

  it("falls back too where nobody may make a grant", async () => {
    const { account, id, scope, capture, later } = await trial();
    const { saved } = await capture();
    await pause.stop(scope, id, saved);
    await later(60);
    rowOf(account, "ec2.instance-settings", id).grantRefused = true;
    await pause.resume(scope, id, saved);

    expect(await later(60)).toMatchObject({ phase: "paused", live: { stoppedBecause: expect.any(String) } });
  });
});
