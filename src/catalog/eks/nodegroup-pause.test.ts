import { AutoScalingClient, SuspendProcessesCommand } from "@aws-sdk/client-auto-scaling";
import { DescribeNodegroupCommand, EKSClient, UpdateNodegroupConfigCommand } from "@aws-sdk/client-eks";
import { expect, it } from "vitest";
import { HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { pauseSuite } from "../../../tests/contract/pause-suite.ts";
import type { Resource } from "../../model/resource.ts";
import { writeScope } from "../scope.ts";
import { cluster, nodegroup, SETTLED_MS } from "./eks.trial.ts";
import { pause } from "./nodegroup-pause.ts";

const ID = { clusterName: "shop", nodegroupName: "workers" };
const ACTIVE = { phase: "running", saved: { min: 1, max: 4, desired: 2 }, words: "2 of 2 nodes" } as const;

const workers = async (account: TestAccount) => nodegroup(account, await cluster(account, "shop"));
const scopeOf = ({ connection }: TestAccount) => writeScope(connection, HERE, { signal: new AbortController().signal });

async function described({ send }: TestAccount) {
  const { nodegroup: group } = await send(EKSClient, new DescribeNodegroupCommand(ID));
  if (!group) throw new Error("it is gone");
  return group;
}

const groupOf = async (account: TestAccount) =>
  (await described(account)).resources?.autoScalingGroups?.[0]?.name ?? "";

async function scaled({ send, twin }: TestAccount, minSize: number, desiredSize: number): Promise<void> {
  const scalingConfig = { minSize, maxSize: 4, desiredSize };
  await send(EKSClient, new UpdateNodegroupConfigCommand({ ...ID, scalingConfig }));
  await twin.clock.sleep(SETTLED_MS);
}

/** What only AWS does is done to the world. */
function rowOf({ twin }: TestAccount, kind: string, key: string): object {
  return twin.world.accounts["111111111111"]?.regions[HERE]?.[kind]?.[key] as object;
}

pauseSuite("AWS::EKS::Nodegroup", {
  seed: workers,
  keeps: [
    {
      why: /its status is DEGRADED/,
      seed: async (account) => {
        const id = await workers(account);
        await described(account);
        Object.assign((rowOf(account, "eks.nodegroup", id) as { group: object }).group, { status: "DEGRADED" });
        return id;
      },
    },
    {
      why: /has a warm pool, which would fill/,
      seed: async (account) => {
        const id = await workers(account);
        const { group } = rowOf(account, "eks.nodegroup", id) as { group: object };
        Object.assign(group, { warmPoolConfig: { enabled: true, poolState: "RUNNING" } });
        return id;
      },
    },
    {
      why: /has Terminate suspended/,
      seed: async (account) => {
        const id = await workers(account);
        const input = { AutoScalingGroupName: await groupOf(account), ScalingProcesses: ["Terminate"] };
        await account.send(AutoScalingClient, new SuspendProcessesCommand(input));
        return id;
      },
    },
    {
      why: /1 of its nodes are protected from scale-in/,
      seed: async (account) => {
        const id = await workers(account);
        const { Instances } = rowOf(account, "autoscaling.group", await groupOf(account)) as { Instances: object[] };
        Object.assign(Instances[0] as object, { ProtectedFromScaleIn: true });
        return id;
      },
    },
  ],
});

it("is kept while one of its nodes is in standby, which scaling in does not end", async () => {
  const account = await testAccount();
  const id = await workers(account);
  const { Instances } = rowOf(account, "autoscaling.group", await groupOf(account)) as { Instances: object[] };
  Object.assign(Instances[0] as object, { LifecycleState: "Standby" });
  const now = await pause.capture(scopeOf(account), id);

  expect(now && pause.eligible(now, {} as Resource)).toEqual({ kind: "kept", reason: "1 of its nodes are in standby" });
});

it("leaves all but the minimum and the desired size as it is", async () => {
  const account = await testAccount();
  const id = await workers(account);
  const { modifiedAt: _, ...before } = await described(account);

  await pause.stop(scopeOf(account), id, ACTIVE.saved);
  await account.twin.clock.sleep(SETTLED_MS);

  const scalingConfig = { minSize: 0, maxSize: 4, desiredSize: 0 };
  expect(await described(account)).toMatchObject({ ...before, scalingConfig });
});

it("is not paused while nodes are still leaving", async () => {
  const account = await testAccount();
  const id = await workers(account);
  await pause.stop(scopeOf(account), id, ACTIVE.saved);
  const { Instances } = rowOf(account, "autoscaling.group", await groupOf(account)) as { Instances: object[] };
  expect(Instances.length).toBe(2);

  expect(await pause.capture(scopeOf(account), id)).toMatchObject({ phase: "moving" });
});

it("waits for an update of somebody else's, because EKS takes one at a time", async () => {
  const account = await testAccount();
  const id = await workers(account);
  const input = { ...ID, scalingConfig: { minSize: 1, maxSize: 4, desiredSize: 3 } };
  await account.send(EKSClient, new UpdateNodegroupConfigCommand(input));

  await pause.stop(scopeOf(account), id, ACTIVE.saved);
  await account.twin.clock.sleep(SETTLED_MS);

  expect(await pause.capture(scopeOf(account), id)).toMatchObject({ phase: "paused" });
});

it("puts the saved sizes back where somebody scaled it out a little meanwhile", async () => {
  const account = await testAccount();
  const id = await workers(account);
  await scaled(account, 0, 1);
  const now = await pause.capture(scopeOf(account), id);
  if (!now) throw new Error("it is gone");
  expect(pause.resumed({ min: 0, max: 4, desired: 2 }, now).phase).toBe("ready");

  await pause.resume(scopeOf(account), id, ACTIVE.saved);
  await account.twin.clock.sleep(SETTLED_MS);

  expect(await described(account)).toMatchObject({ scalingConfig: { minSize: 1, maxSize: 4, desiredSize: 2 } });
});

it.each(["Pending", "Pending:Wait", "Terminating:Wait"])(
  "is not back while its nodes are %s, though EKS has finished",
  async (LifecycleState) => {
    const account = await testAccount();
    const id = await workers(account);
    const { Instances } = rowOf(account, "autoscaling.group", await groupOf(account)) as { Instances: object[] };
    Object.assign(Instances[0] as object, { LifecycleState });
    const now = await pause.capture(scopeOf(account), id);

    expect(now?.live?.status).toBe("ACTIVE");
    expect(now && pause.resumed(ACTIVE.saved, now).phase).toBe("moving");
  },
);

it("is back where the autoscaler has scaled it out further", async () => {
  const account = await testAccount();
  const id = await workers(account);
  await scaled(account, 1, 3);
  const now = await pause.capture(scopeOf(account), id);

  expect(now && pause.resumed(ACTIVE.saved, now)).toMatchObject({
    phase: "done",
    differs: [{ field: "desired", before: 2, after: 3, because: expect.stringMatching(/Autoscaler/) }],
  });
});

it("is kept where its nodes, and what protects them, could not be read", () => {
  const unknown = [{ path: "Nodes", reason: "denied: autoscaling:DescribeAutoScalingGroups" }];
  const verdict = pause.eligible({ ...ACTIVE, live: { status: "ACTIVE", inService: 2 } }, {
    unknown,
  } as unknown as Resource);

  expect(verdict).toEqual({
    kind: "kept",
    reason: "whether one of its nodes is protected could not be read: denied: autoscaling:DescribeAutoScalingGroups",
  });
});
