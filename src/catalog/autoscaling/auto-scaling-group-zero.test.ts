import {
  AutoScalingClient,
  DeleteAutoScalingGroupCommand,
  DescribeAutoScalingGroupsCommand,
  EnterStandbyCommand,
  SuspendProcessesCommand,
  UpdateAutoScalingGroupCommand,
  type UpdateAutoScalingGroupCommandInput,
} from "@aws-sdk/client-auto-scaling";
import { DeleteLaunchTemplateCommand, DescribeInstancesCommand, EC2Client } from "@aws-sdk/client-ec2";
import { describe, expect, it } from "vitest";
import { ACCOUNT, HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { pauseSuite } from "../../../tests/contract/pause-suite.ts";
import type { PauseState } from "../contract.ts";
import { defaultNetwork } from "../ec2/ec2.trial.ts";
import { writeScope } from "../scope.ts";
import { smallGroup } from "./auto-scaling-group.trial.ts";
import { pause } from "./auto-scaling-group-pause.ts";

const NAME = "web";

async function group(account: TestAccount, more: Parameters<typeof smallGroup>[2] = {}): Promise<string> {
  await defaultNetwork(account);
  return smallGroup(account, NAME, more);
}

async function suspended(account: TestAccount, process: string): Promise<string> {
  await group(account);
  const input = { AutoScalingGroupName: NAME, ScalingProcesses: [process] };
  await account.send(AutoScalingClient, new SuspendProcessesCommand(input));
  return NAME;
}

pauseSuite("AWS::AutoScaling::AutoScalingGroup", {
  way: "zero",
  seed: (account) => group(account),
  lost: ["members"],
  unusedActions: {
    "ec2:DescribeInstances": "an empty group has no members that could be judged",
    "ec2:DescribeInstanceStatus": "the same",
    "elasticloadbalancing:DescribeTargetHealth": "the same",
  },
  keeps: [
    { why: /nothing runs in it/, seed: (account) => group(account, { MinSize: 0, DesiredCapacity: 0 }) },
    { why: /suspended Launch/, seed: (account) => suspended(account, "Launch") },
    { why: /suspended Terminate/, seed: (account) => suspended(account, "Terminate") },
    {
      why: /2 members are protected from scale-in/,
      seed: (account) => group(account, { NewInstancesProtectedFromScaleIn: true }),
    },
    {
      why: /1 member is in standby/,
      seed: async (account) => {
        await group(account);
        const { AutoScalingGroups } = await account.send(AutoScalingClient, new DescribeAutoScalingGroupsCommand({}));
        const InstanceIds = [AutoScalingGroups?.[0]?.Instances?.[0]?.InstanceId ?? ""];
        const input = { AutoScalingGroupName: NAME, InstanceIds, ShouldDecrementDesiredCapacity: true };
        await account.send(AutoScalingClient, new EnterStandbyCommand(input));
        return NAME;
      },
    },
    {
      why: /warm pool/,
      seed: async (account) => {
        await group(account);
        const rows = account.twin.world.accounts[ACCOUNT]?.regions[HERE]?.["autoscaling.group"];
        Object.assign(rows?.[NAME] ?? {}, { WarmPoolConfiguration: { MinSize: 1 }, WarmPoolSize: 2 });
        return NAME;
      },
    },
  ],
});

async function trial() {
  const account = await testAccount();
  await group(account);
  const scope = writeScope(account.connection, HERE, { signal: new AbortController().signal });
  const capture = () => pause.capture(scope, NAME) as Promise<PauseState>;
  const { saved } = await capture();
  account.calls.length = 0;
  const { send } = account;
  return {
    account,
    send,
    saved,
    capture,
    stop: () => pause.stop(scope, NAME, saved, "zero"),
    resume: () => pause.resume(scope, NAME, saved, "zero"),
    resumed: async () => pause.resumed(saved, await capture(), "zero"),
    update: (input: Partial<UpdateAutoScalingGroupCommandInput>) =>
      send(AutoScalingClient, new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: NAME, ...input })),
    one: async () => (await send(AutoScalingClient, new DescribeAutoScalingGroupsCommand({}))).AutoScalingGroups?.[0],
    changes: () => account.calls.filter((call) => !/:Describe/.test(call)).map((call) => call.split(":")[1]),
  };
}

describe("pausing an Auto Scaling group at zero", () => {
  it("quiets what could raise it, empties it, and only then suspends launching", async () => {
    const { stop, changes, one, send } = await trial();
    await stop();

    expect(changes()).toEqual(["SuspendProcesses", "UpdateAutoScalingGroup", "SuspendProcesses"]);
    expect(await one()).toMatchObject({ MinSize: 0, DesiredCapacity: 0, MaxSize: 4, Instances: [] });
    const { Reservations } = await send(EC2Client, new DescribeInstancesCommand({}));
    const states = Reservations?.flatMap(({ Instances }) => Instances?.map(({ State }) => State?.Name));
    expect(states).toEqual(["shutting-down", "shutting-down"]);
  });

  it("gives the sizes back and resumes the processes that it has suspended itself", async () => {
    const { account, stop, resume, resumed, one, send } = await trial();
    const owners = { AutoScalingGroupName: NAME, ScalingProcesses: ["AddToLoadBalancer"] };
    await send(AutoScalingClient, new SuspendProcessesCommand(owners));
    await stop();
    await account.twin.clock.sleep(3_600_000);
    await resume();

    const now = await one();
    expect(now).toMatchObject({ MinSize: 1, DesiredCapacity: 2, MaxSize: 4 });
    expect(now?.Instances).toHaveLength(2);
    expect(now?.SuspendedProcesses?.map(({ ProcessName }) => ProcessName)).toEqual(["AddToLoadBalancer"]);
    expect((await resumed()).phase).toBe("done");
  });

  it.each([
    ["desired", { DesiredCapacity: 3 }],
    ["minimum", { MinSize: 2 }],
    ["maximum", { MaxSize: 9 }],
  ])("refuses a group whose %s is not as it was saved, and changes nothing", async (_, change) => {
    const { stop, update, changes } = await trial();
    await update(change);

    await expect(stop()).rejects.toMatchObject({ code: "REFUSED" });
    expect(changes()).toEqual([]);
  });

  it("refuses another group of the same name, to stop it and to raise it", async () => {
    const { account, stop, resume, send, changes } = await trial();
    const remake = async () => {
      await send(
        AutoScalingClient,
        new DeleteAutoScalingGroupCommand({ AutoScalingGroupName: NAME, ForceDelete: true }),
      );
      await send(EC2Client, new DeleteLaunchTemplateCommand({ LaunchTemplateName: NAME }));
      // The old one has its name until its members have left.
      await account.twin.clock.sleep(600_000);
      await smallGroup(account, NAME);
    };
    await remake();
    await expect(stop()).rejects.toThrow(/another group/);
    await expect(resume()).rejects.toThrow(/another group/);

    expect(changes()).toEqual([]);
  });

  it("waits until the last member has left before it suspends launching and terminating", async () => {
    const { account, stop, one } = await trial();
    const started = account.twin.clock.now();
    const underWay = stop();
    let seen: readonly string[] = [];
    for (let turn = 0; turn < 100 && seen.length === 0; turn++) {
      await new Promise((resolve) => setImmediate(resolve));
      const now = await one();
      const isLeaving = now?.Instances?.some(({ LifecycleState }) => LifecycleState === "Terminating") ?? false;
      if (isLeaving) seen = now?.SuspendedProcesses?.map(({ ProcessName = "" }) => ProcessName) ?? [];
    }
    await underWay;

    expect(seen).toEqual(expect.arrayContaining(["AlarmNotification", "ScheduledActions", "AZRebalance"]));
    expect(seen).not.toContain("Launch");
    expect(account.twin.clock.now()).toBeGreaterThanOrEqual(started + 30_000);
    expect(await one()).toMatchObject({ Instances: [] });
  });

  it("goes on where it was cut off: half way down, and half way up", async () => {
    const { stop, resume, resumed, update, one, capture } = await trial();
    await update({ MinSize: 0, DesiredCapacity: 0 });
    await stop();
    expect((await capture()).phase).toBe("paused");

    await update({ MinSize: 1, DesiredCapacity: 2 });
    expect((await resumed()).phase).toBe("ready");
    await resume();
    expect((await resumed()).phase).toBe("done");
    expect(await one()).toMatchObject({ MinSize: 1, DesiredCapacity: 2 });
  });

  it("leaves the sizes that someone has given it meanwhile, and tells", async () => {
    const { stop, resume, resumed, update, one } = await trial();
    await stop();
    await update({ DesiredCapacity: 1 });
    await resume();

    expect(await one()).toMatchObject({ MinSize: 0, DesiredCapacity: 1 });
    const { phase, differs } = await resumed();
    expect(phase).toBe("done");
    expect(differs.map(({ field }) => field)).toEqual(["desired", "members", "min"]);
  });
});
