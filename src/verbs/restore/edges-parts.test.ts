import { AutoScalingClient, CreateAutoScalingGroupCommand } from "@aws-sdk/client-auto-scaling";
import { CloudFormationClient, CreateStackCommand } from "@aws-sdk/client-cloudformation";
import {
  CreateLaunchTemplateCommand,
  CreateVolumeCommand,
  EC2Client,
  ModifyInstanceAttributeCommand,
} from "@aws-sdk/client-ec2";
import { describe, expect, it } from "vitest";
import {
  type EdgeTrial,
  edgeTrial,
  endOf,
  groupIn,
  instance,
  reasonOf,
  removed,
  volume,
} from "../../../tests/contract/edges.ts";
import { removalBreaches } from "../../engine/removal-budget.ts";
import { FAULTS } from "../../twin/faults.ts";

interface StackRow {
  readonly stack: { StackName: string; StackId: string; ParentId?: string };
  readonly resources: { ResourceType: string; PhysicalResourceId: string }[];
}

const rowOf = (trial: EdgeTrial, name: string) =>
  (Object.values(trial.rows("cloudformation.stack")) as unknown as StackRow[]).find(
    (each) => each.stack.StackName === name,
  ) as StackRow;

/** A stack whose one part is something that is there already. */
async function stackOf(trial: EdgeTrial, StackName: string, type: string, id: string): Promise<StackRow> {
  const TemplateBody = JSON.stringify({ Resources: { Part: { Type: type } } });
  await trial.send(CloudFormationClient, new CreateStackCommand({ StackName, TemplateBody }));
  const row = rowOf(trial, StackName);
  for (const part of row.resources) part.PhysicalResourceId = id;
  return row;
}

describe("a stack whose part is used by something that stays", () => {
  it("stays, though the part has no date and is no candidate by itself", async () => {
    const trial = await edgeTrial();
    const machine = await instance(trial);
    await trial.baseline();
    const group = await groupIn(trial, "shared");
    await stackOf(trial, "shop", "AWS::EC2::SecurityGroup", group);
    await trial.hour();
    await trial.send(EC2Client, new ModifyInstanceAttributeCommand({ InstanceId: machine, Groups: [group] }));
    for (const request of [{ includeUndated: false }, { selection: { id: ["shop"], regions: ["eu-west-1"] } }]) {
      const plan = await trial.planned(request);
      expect(removed(plan)).toEqual([]);
      expect(reasonOf(plan, "shop")).toMatch(new RegExp(`would take .*shared along: .*${machine} uses it, and stays`));
    }
  });

  it("stays when that came after the plan", async () => {
    const trial = await edgeTrial();
    await trial.baseline();
    const group = await groupIn(trial, "shared");
    await stackOf(trial, "shop", "AWS::EC2::SecurityGroup", group);
    await trial.hour();
    const plan = await trial.planned({ selection: { id: ["shop"], regions: ["eu-west-1"] } });
    expect(removed(plan)).toEqual(["shop"]);
    const born = await instance(trial, { SecurityGroupIds: [group] });
    const outcomes = await trial.run(plan);
    expect(endOf(plan, outcomes, "shop")).toMatch(new RegExp(`^skipped: .*${born} uses that since the plan was made`));
  });

  it("stays when it can't be seen who uses the part", async () => {
    const trial = await edgeTrial();
    await trial.baseline();
    const group = await groupIn(trial, "shared");
    await stackOf(trial, "shop", "AWS::EC2::SecurityGroup", group);
    await trial.hour();
    trial.twin.faults = [{ ...FAULTS.denied, operation: "DescribeInstances" }];
    const plan = await trial.planned({ selection: { id: ["shop"], regions: ["eu-west-1"] } });
    expect(removed(plan)).toEqual([]);
  });
});

describe("what goes along two steps down", () => {
  it("keeps the outer stack when it is excluded, though the nested one is no candidate", async () => {
    const trial = await edgeTrial();
    await trial.baseline();
    const disk = await volume(trial);
    const outer = await stackOf(trial, "outer", "AWS::CloudFormation::Stack", "later");
    const inner = await stackOf(trial, "inner", "AWS::EC2::Volume", disk);
    inner.stack.ParentId = outer.stack.StackId;
    for (const part of outer.resources) part.PhysicalResourceId = inner.stack.StackId;
    await trial.hour();
    const regions = ["eu-west-1"];
    const all = await trial.planned({ selection: { id: ["outer"], regions } });
    expect(removed(all)).toEqual(["outer"]);
    const plan = await trial.planned({ selection: { id: ["outer"], exclude: [disk], regions } });
    expect(removed(plan)).toEqual([]);
    expect(reasonOf(plan, "outer")).toMatch(/excluded by the selection/);
  });
});

describe("a volume that is a part of a stack", () => {
  it("needs its type to be named, as any other volume", async () => {
    const trial = await edgeTrial();
    await trial.baseline();
    const { VolumeId = "" } = await trial.send(
      EC2Client,
      new CreateVolumeCommand({ AvailabilityZone: "eu-west-1a", Size: 8 }),
    );
    await stackOf(trial, "shop", "AWS::EC2::Volume", VolumeId);
    await trial.hour();
    const plan = await trial.planned({ allowData: [] });
    expect(removed(plan)).toEqual(["shop"]);
    expect(removalBreaches(plan).map(({ guard }) => guard)).toContain("allow-data");
  });
});

describe("a member of a group that is no candidate by itself", () => {
  it("keeps the group by its termination protection, which Auto Scaling does not heed", async () => {
    const trial = await edgeTrial();
    const { send, subnet } = trial;
    await trial.baseline();
    const LaunchTemplateData = { ImageId: "ami-0123456789abcdef0", InstanceType: "t3.micro" as const };
    await send(EC2Client, new CreateLaunchTemplateCommand({ LaunchTemplateName: "fleet", LaunchTemplateData }));
    const sizes = { MinSize: 1, MaxSize: 1, DesiredCapacity: 1, VPCZoneIdentifier: subnet };
    const asked = { AutoScalingGroupName: "fleet", ...sizes, LaunchTemplate: { LaunchTemplateName: "fleet" } };
    await send(AutoScalingClient, new CreateAutoScalingGroupCommand(asked));
    await trial.hour();
    const [InstanceId = ""] = Object.keys(trial.rows("ec2.instance"));
    await send(EC2Client, new ModifyInstanceAttributeCommand({ InstanceId, DisableApiTermination: { Value: true } }));
    const only = { selection: { type: ["autoscaling:group"], regions: ["eu-west-1"] } };
    const plan = await trial.planned(only);

    expect(removed(plan)).toEqual([]);
    expect(reasonOf(plan, "fleet")).toMatch(/would take .* along: its termination protection is on/);
    expect(removed(await trial.planned({ ...only, overrideProtection: ["ec2:instance"] }))).toEqual(["fleet"]);
  });
});
