import {
  AttachLoadBalancerTargetGroupsCommand,
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  DescribeAutoScalingGroupsCommand,
  ResumeProcessesCommand,
  SuspendProcessesCommand,
  UpdateAutoScalingGroupCommand,
} from "@aws-sdk/client-auto-scaling";
import {
  CreateDefaultVpcCommand,
  CreateLaunchTemplateCommand,
  DescribeInstancesCommand,
  EC2Client,
  StopInstancesCommand,
} from "@aws-sdk/client-ec2";
import {
  CreateTargetGroupCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { expect, it } from "vitest";
import { type TestAccount, testAccount } from "../../../../tests/contract/account.ts";

const AutoScalingGroupName = "web";

async function groupOfTwo(): Promise<TestAccount> {
  const account = await testAccount();
  const { send } = account;
  await send(EC2Client, new CreateDefaultVpcCommand({}));
  const LaunchTemplateData = { ImageId: "ami-0a1b2c3d4e5f60718", InstanceType: "t3.small" as const };
  await send(EC2Client, new CreateLaunchTemplateCommand({ LaunchTemplateName: "web", LaunchTemplateData }));
  const LaunchTemplate = { LaunchTemplateName: "web", Version: "$Latest" };
  const AvailabilityZones = ["eu-west-1a", "eu-west-1b"];
  const sizes = { MinSize: 0, MaxSize: 4, DesiredCapacity: 2 };
  const Tags = [{ Key: "team", Value: "web", PropagateAtLaunch: true }];
  const input = { AutoScalingGroupName, LaunchTemplate, AvailabilityZones, Tags, ...sizes };
  await send(AutoScalingClient, new CreateAutoScalingGroupCommand(input));
  return account;
}

async function members({ send }: TestAccount): Promise<string[]> {
  const { AutoScalingGroups } = await send(AutoScalingClient, new DescribeAutoScalingGroupsCommand({}));
  return AutoScalingGroups?.[0]?.Instances?.map(({ InstanceId }) => InstanceId ?? "") ?? [];
}

async function running({ send }: TestAccount) {
  const Filters = [
    { Name: "tag:aws:autoscaling:groupName", Values: [AutoScalingGroupName] },
    { Name: "instance-state-name", Values: ["running"] },
  ];
  const { Reservations } = await send(EC2Client, new DescribeInstancesCommand({ Filters }));
  return Reservations?.flatMap(({ Instances }) => Instances ?? []) ?? [];
}

it("launches instances of its template, spread over its zones and tagged", async () => {
  const account = await groupOfTwo();

  const found = await running(account);

  expect(found.map(({ InstanceId }) => InstanceId)).toEqual(await members(account));
  expect(found.map(({ Placement }) => Placement?.AvailabilityZone)).toEqual(["eu-west-1a", "eu-west-1b"]);
  expect(found[0]).toMatchObject({
    InstanceType: "t3.small",
    Tags: expect.arrayContaining([{ Key: "team", Value: "web" }]),
  });
});

it("replaces a member that was stopped, unless it is kept from it", async () => {
  const account = await groupOfTwo();
  const [first = "", second = ""] = await members(account);
  const suspended = { AutoScalingGroupName, ScalingProcesses: ["ReplaceUnhealthy"] };
  await account.send(AutoScalingClient, new SuspendProcessesCommand(suspended));
  await account.send(EC2Client, new StopInstancesCommand({ InstanceIds: [first] }));

  expect(await members(account)).toEqual([first, second]);
  await account.send(AutoScalingClient, new ResumeProcessesCommand(suspended));

  expect(await members(account)).not.toContain(first);
  expect(await running(account)).toHaveLength(2);
});

it("keeps its instances while Terminate is suspended, whatever it wants", async () => {
  const account = await groupOfTwo();
  const { send } = account;
  await send(AutoScalingClient, new SuspendProcessesCommand({ AutoScalingGroupName, ScalingProcesses: ["Terminate"] }));
  await send(AutoScalingClient, new UpdateAutoScalingGroupCommand({ AutoScalingGroupName, DesiredCapacity: 0 }));

  expect(await running(account)).toHaveLength(2);
  await send(AutoScalingClient, new ResumeProcessesCommand({ AutoScalingGroupName }));

  expect(await running(account)).toEqual([]);
});

it("registers its members with its target groups, and takes them out", async () => {
  const account = await groupOfTwo();
  const { send } = account;
  const group = { Name: "web", Protocol: "HTTP" as const, Port: 80, VpcId: "vpc-0a" };
  const { TargetGroups } = await send(ElasticLoadBalancingV2Client, new CreateTargetGroupCommand(group));
  const TargetGroupArn = TargetGroups?.[0]?.TargetGroupArn ?? "";
  const targets = async () => {
    const health = await send(ElasticLoadBalancingV2Client, new DescribeTargetHealthCommand({ TargetGroupArn }));
    return health.TargetHealthDescriptions?.map(({ Target }) => Target?.Id);
  };

  const attached = { AutoScalingGroupName, TargetGroupARNs: [TargetGroupArn] };
  await send(AutoScalingClient, new AttachLoadBalancerTargetGroupsCommand(attached));
  expect(await targets()).toEqual(await members(account));
  await send(AutoScalingClient, new UpdateAutoScalingGroupCommand({ AutoScalingGroupName, DesiredCapacity: 1 }));
  expect(await targets()).toHaveLength(1);
  expect(await members(account)).toHaveLength(2);
  await account.twin.clock.sleep(60_000);

  expect(await targets()).toEqual(await members(account));
  expect(await targets()).toHaveLength(1);
});
