import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  type CreateAutoScalingGroupCommandInput,
  DescribeAutoScalingGroupsCommand,
  SuspendProcessesCommand,
  UpdateAutoScalingGroupCommand,
} from "@aws-sdk/client-auto-scaling";
import {
  CreateLaunchTemplateCommand,
  EC2Client,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from "@aws-sdk/client-ec2";
import { CreateTargetGroupCommand, ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { describe, expect, it } from "vitest";
import { ACCOUNT, HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { pauseSuite } from "../../../tests/contract/pause-suite.ts";
import type { PauseState } from "../contract.ts";
import { defaultNetwork } from "../ec2/ec2.trial.ts";
import { readScope, writeScope } from "../scope.ts";
import { pause } from "./auto-scaling-group-pause.ts";

const NAME = "web";

/** A group of two behind a target group, whose health checks it heeds. */
async function group(account: TestAccount, more: Partial<CreateAutoScalingGroupCommandInput> = {}): Promise<string> {
  const { send } = account;
  const { vpc } = await defaultNetwork(account);
  const LaunchTemplateData = { ImageId: "ami-0a1b2c3d4e5f60718", InstanceType: "t3.small" as const };
  await send(EC2Client, new CreateLaunchTemplateCommand({ LaunchTemplateName: NAME, LaunchTemplateData }));
  const target = { Name: NAME, Protocol: "HTTP" as const, Port: 80, VpcId: vpc };
  const { TargetGroups } = await send(ElasticLoadBalancingV2Client, new CreateTargetGroupCommand(target));
  const input = {
    AutoScalingGroupName: NAME,
    LaunchTemplate: { LaunchTemplateName: NAME, Version: "$Latest" },
    AvailabilityZones: ["eu-west-1a", "eu-west-1b"],
    TargetGroupARNs: [TargetGroups?.[0]?.TargetGroupArn ?? ""],
    HealthCheckType: "ELB",
    MinSize: 0,
    MaxSize: 4,
    DesiredCapacity: 2,
  };
  await send(AutoScalingClient, new CreateAutoScalingGroupCommand({ ...input, ...more }));
  return NAME;
}

interface Row {
  SuspendedProcesses: { ProcessName: string; SuspensionReason: string }[];
}

/** What only AWS does is done to the world. */
function rowOf({ twin }: TestAccount): Row {
  return twin.world.accounts[ACCOUNT]?.regions[HERE]?.["autoscaling.group"]?.[NAME] as unknown as Row;
}

pauseSuite("AWS::AutoScaling::AutoScalingGroup", {
  seed: (account) => group(account),
  keeps: [
    { why: /nothing runs in it/, seed: (account) => group(account, { DesiredCapacity: 0 }) },
    {
      why: /EKS node group workers/,
      seed: (account) => group(account, { Tags: [{ Key: "eks:nodegroup-name", Value: "workers" }] }),
    },
    {
      why: /AWS itself has suspended Launch/,
      seed: async (account) => {
        await group(account);
        const SuspensionReason = "Administrative suspension at 2026-01-05T09:00:00Z";
        rowOf(account).SuspendedProcesses.push({ ProcessName: "Launch", SuspensionReason });
        return NAME;
      },
    },
  ],
  unusedActions: { "autoscaling:UpdateAutoScalingGroup": "the way zero only" },
});

async function trial(owners: readonly string[] = []) {
  const account = await testAccount();
  const { send, twin } = account;
  await group(account);
  if (owners.length > 0) {
    const suspended = { AutoScalingGroupName: NAME, ScalingProcesses: [...owners] };
    await send(AutoScalingClient, new SuspendProcessesCommand(suspended));
  }
  const { signal } = new AbortController();
  const reading = readScope(account.connection, HERE, { signal });
  const scope = writeScope(account.connection, HERE, { signal });
  const capture = () => pause.capture(reading, NAME) as Promise<PauseState>;
  const later = async (seconds: number) => {
    await twin.clock.sleep(seconds * 1000);
    return capture();
  };
  const before = await capture();
  return {
    send,
    capture,
    later,
    before,
    members: before.saved.members as string[],
    suspended: async () => {
      const { AutoScalingGroups } = await send(AutoScalingClient, new DescribeAutoScalingGroupsCommand({}));
      return AutoScalingGroups?.[0]?.SuspendedProcesses?.map(({ ProcessName }) => ProcessName).sort();
    },
    stop: () => pause.stop(scope, NAME, before.saved),
    resume: () => pause.resume(scope, NAME, before.saved),
  };
}

describe("pausing an Auto Scaling group", () => {
  it("keeps members that are stopped, and gets the same ones back", async () => {
    const { send, before, members, stop, resume, later, suspended } = await trial();
    await stop();
    await send(EC2Client, new StopInstancesCommand({ InstanceIds: members }));
    const paused = await later(3600);
    expect(paused).toMatchObject({ phase: "paused", saved: { members } });
    expect(paused.words).toBe("scaling is suspended, 0 of 2 members pass their checks");

    await send(EC2Client, new StartInstancesCommand({ InstanceIds: members }));
    expect(pause.resumed(before.saved, await later(1)).phase).toBe("moving");
    expect(pause.resumed(before.saved, await later(30)).phase).toBe("moving");
    expect(pause.resumed(before.saved, await later(90)).phase).toBe("ready");
    await resume();

    expect(await suspended()).toEqual([]);
    expect(pause.resumed(before.saved, await later(60))).toEqual({ phase: "done", differs: [] });
  });

  it("refuses to judge members again while some of them would be replaced", async () => {
    const { send, before, members, stop, resume, later, suspended } = await trial();
    await stop();
    await send(EC2Client, new StopInstancesCommand({ InstanceIds: members }));
    await later(60);
    await send(EC2Client, new StartInstancesCommand({ InstanceIds: members.slice(0, 1) }));
    await later(300);

    await expect(resume()).rejects.toThrow(/1 of 2 members pass/);
    expect(await suspended()).toContain("ReplaceUnhealthy");
    await send(EC2Client, new StartInstancesCommand({ InstanceIds: members }));
    await later(300);
    await resume();
    expect(pause.resumed(before.saved, await later(60))).toEqual({ phase: "done", differs: [] });
  });

  it("leaves suspended what the owner had suspended, and what it never touches", async () => {
    const { before, stop, resume, suspended, later } = await trial(["AZRebalance", "AddToLoadBalancer"]);
    await stop();
    expect(await suspended()).toHaveLength(9);
    await resume();

    expect(await suspended()).toEqual(["AZRebalance", "AddToLoadBalancer"]);
    expect(pause.resumed(before.saved, await later(60))).toEqual({ phase: "done", differs: [] });
  });

  it("does not call at all where the owner has suspended everything: no names would mean all processes", async () => {
    const { before, stop, resume, suspended } = await trial([
      ...["HealthCheck", "ReplaceUnhealthy", "AZRebalance", "AlarmNotification"],
      ...["ScheduledActions", "Launch", "Terminate", "InstanceRefresh"],
    ]);
    expect(before.phase).toBe("paused");
    await stop();
    expect(await suspended()).not.toContain("AddToLoadBalancer");
    await resume();

    expect(await suspended()).toHaveLength(8);
  });

  it("does not wait for members that the owner keeps from being replaced", async () => {
    const { send, before, members, stop, resume, later, suspended } = await trial(["ReplaceUnhealthy"]);
    await send(EC2Client, new StopInstancesCommand({ InstanceIds: members.slice(0, 1) }));
    await stop();
    await later(60);
    await resume();

    expect(await suspended()).toEqual(["ReplaceUnhealthy"]);
    expect(pause.resumed(before.saved, await later(1)).phase).toBe("done");
  });

  it("is not held up by a member that was terminated meanwhile, and tells that another came", async () => {
    const { send, before, members, stop, resume, later } = await trial();
    await stop();
    await send(EC2Client, new TerminateInstancesCommand({ InstanceIds: members.slice(0, 1) }));
    await later(60);
    await resume();

    expect(pause.resumed(before.saved, await later(60))).toMatchObject({
      phase: "done",
      differs: [{ field: "members", because: expect.stringContaining("terminated") }],
    });
  });

  it("tells what someone changed meanwhile, and leaves it", async () => {
    const { send, before, stop, resume, later } = await trial();
    await stop();
    await send(AutoScalingClient, new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: NAME, MaxSize: 6 }));
    await resume();

    expect(pause.resumed(before.saved, await later(60)).differs).toEqual([{ field: "max", before: 4, after: 6 }]);
  });
});
