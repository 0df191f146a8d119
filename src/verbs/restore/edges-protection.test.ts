import { AutoScalingClient, CreateAutoScalingGroupCommand } from "@aws-sdk/client-auto-scaling";
import { CreateLaunchTemplateCommand, EC2Client } from "@aws-sdk/client-ec2";
import { SQSClient, TagQueueCommand } from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import {
  type EdgeTrial,
  edgeTrial,
  groupIn,
  instance,
  protect,
  reasonOf,
  removed,
  stack,
  volume,
} from "../../../tests/contract/edges.ts";

const PROTECT = { Key: "evenkeel:protect", Value: "true" };

const tagQueue = ({ send }: EdgeTrial, QueueUrl: string, key: string, value: string) =>
  send(SQSClient, new TagQueueCommand({ QueueUrl, Tags: { [key]: value } }));

/** A fleet of one. Returns its instance. */
async function fleet(trial: EdgeTrial, Tags: { Key: string; Value: string; PropagateAtLaunch: boolean }[] = []) {
  const { send, subnet, hour } = trial;
  const LaunchTemplateData = { ImageId: "ami-0123456789abcdef0", InstanceType: "t3.micro" as const };
  const template = { LaunchTemplateName: "fleet", LaunchTemplateData };
  await send(EC2Client, new CreateLaunchTemplateCommand(template));
  const sizes = { MinSize: 1, MaxSize: 1, DesiredCapacity: 1, VPCZoneIdentifier: subnet };
  const LaunchTemplate = { LaunchTemplateName: "fleet" };
  const asked = { AutoScalingGroupName: "fleet", ...sizes, LaunchTemplate, Tags };
  await send(AutoScalingClient, new CreateAutoScalingGroupCommand(asked));
  await hour();
  return Object.keys(trial.rows("ec2.instance"))[0] ?? "";
}

const volumeOf = (trial: EdgeTrial) => Object.keys(trial.rows("ec2.volume"))[0] ?? "";

describe("a protected part keeps its unprotected owner", () => {
  it("a queue its stack", async () => {
    const trial = await edgeTrial();
    await trial.baseline();
    await tagQueue(trial, await stack(trial), PROTECT.Key, PROTECT.Value);
    const plan = await trial.planned();

    expect(removed(plan)).toEqual([]);
    expect(reasonOf(plan, "shop")).toMatch(/would take .* along: it is protected by its tag/);
  });

  it("an instance its Auto Scaling group, and what that is made of", async () => {
    const trial = await edgeTrial();
    await trial.baseline();
    const member = await fleet(trial);
    await protect(trial, member);
    const plan = await trial.planned();

    expect(removed(plan)).toEqual([]);
    expect(reasonOf(plan, "fleet")).toMatch(/would take .* along: it is protected by its tag/);
    expect(reasonOf(plan, member)).toMatch(/it is protected by its tag/);
  });

  it("a volume its instance, and through that the Auto Scaling group", async () => {
    for (const launch of [fleet, instance]) {
      const trial = await edgeTrial();
      await trial.baseline();
      await launch(trial as never);
      await protect(trial, volumeOf(trial));

      expect(removed(await trial.planned()), launch.name).toEqual([]);
    }
  });
});

describe("a protected parent keeps its unprotected parts", () => {
  it("a stack its queue", async () => {
    const trial = await edgeTrial();
    await trial.baseline();
    const url = await stack(trial, { Tags: [PROTECT] });
    // As CloudFormation gives its tags to the parts; this part has lost it.
    await tagQueue(trial, url, PROTECT.Key, "false");

    expect(removed(await trial.planned())).toEqual([]);
  });

  it("an Auto Scaling group its instance and that one's volume", async () => {
    const trial = await edgeTrial();
    await trial.baseline();
    const member = await fleet(trial, [{ ...PROTECT, PropagateAtLaunch: false }]);
    const plan = await trial.planned();

    expect(removed(plan)).toEqual([]);
    expect(reasonOf(plan, member)).toMatch(/part of fleet or attached to it: it is protected/);
    expect(reasonOf(plan, volumeOf(trial))).toMatch(/it is protected/);
  });

  it("a network what stands in it", async () => {
    const trial = await edgeTrial();
    const { vpc } = trial;
    await trial.baseline();
    const [machine, group] = [await instance(trial), await groupIn(trial, "left-behind")];
    await trial.hour();
    await protect(trial, vpc);
    const plan = await trial.planned();

    expect(removed(plan)).toEqual([]);
    for (const id of [machine, group]) expect(reasonOf(plan, id)).toMatch(/attached to it: it is protected by its tag/);
  });

  it("an instance its volume, its security group and its interface, and everything else goes", async () => {
    const trial = await edgeTrial();
    await trial.baseline();
    const group = await groupIn(trial, "left-behind");
    const machine = await instance(trial, { SecurityGroupIds: [group] });
    await trial.hour();
    await protect(trial, machine);
    const root = volumeOf(trial);
    const other = await volume(trial);
    const plan = await trial.planned();

    expect(removed(plan)).toEqual([other]);
    expect(reasonOf(plan, root)).toMatch(/attached to it: it is protected/);
    expect(reasonOf(plan, group)).toMatch(/uses it, and stays: it is protected/);
  });
});
