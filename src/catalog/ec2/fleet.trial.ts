import {
  CreateFleetCommand,
  type CreateFleetCommandInput,
  CreateLaunchTemplateCommand,
  DescribeInstancesCommand,
  EC2Client,
  RequestSpotFleetCommand,
  type SpotFleetRequestConfigData,
} from "@aws-sdk/client-ec2";
import { type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { memoryStore } from "../../../tests/contract/memory-store.ts";
import { memoryHost } from "../../io/memory.ts";

export const IMAGE_ID = "ami-0123456789abcdef0";

export async function template({ send }: TestAccount, LaunchTemplateName = "web"): Promise<string> {
  const LaunchTemplateData = { ImageId: IMAGE_ID, InstanceType: "t3.micro" } as const;
  const made = await send(EC2Client, new CreateLaunchTemplateCommand({ LaunchTemplateName, LaunchTemplateData }));
  return made.LaunchTemplate?.LaunchTemplateId ?? "";
}

/** One of so many Spot Instances; needs the launch template `web` and a default network. */
export async function fleet(
  { send }: TestAccount,
  TotalTargetCapacity: number,
  more: Partial<CreateFleetCommandInput> = {},
): Promise<string> {
  const LaunchTemplateSpecification = { LaunchTemplateName: "web", Version: "$Latest" };
  const asked = {
    LaunchTemplateConfigs: [{ LaunchTemplateSpecification }],
    TargetCapacitySpecification: { TotalTargetCapacity, DefaultTargetCapacityType: "spot" as const },
    ...more,
  };
  return (await send(EC2Client, new CreateFleetCommand(asked))).FleetId ?? "";
}

export async function spotFleet(
  { send }: TestAccount,
  TargetCapacity: number,
  more: Partial<SpotFleetRequestConfigData> = {},
): Promise<string> {
  const SpotFleetRequestConfig = {
    IamFleetRole: "arn:aws:iam::111111111111:role/spot-fleet",
    TargetCapacity,
    LaunchSpecifications: [{ ImageId: IMAGE_ID, InstanceType: "t3.micro" as const }],
    ...more,
  };
  return (await send(EC2Client, new RequestSpotFleetCommand({ SpotFleetRequestConfig }))).SpotFleetRequestId ?? "";
}

/** Ids of what runs of a fleet. */
export async function membersOf({ send }: TestAccount, tag: string, id: string): Promise<string[]> {
  const Filters = [
    { Name: `tag:${tag}`, Values: [id] },
    { Name: "instance-state-name", Values: ["running", "pending"] },
  ];
  const { Reservations = [] } = await send(EC2Client, new DescribeInstancesCommand({ Filters }));
  return Reservations.flatMap(({ Instances = [] }) => Instances.map(({ InstanceId = "" }) => InstanceId));
}

/** An account, and what verbs are run with in it. */
export async function fleetTrial() {
  const account = await testAccount();
  const { connection, twin } = account;
  const { signal } = new AbortController();
  return { account, context: { connection, host: memoryHost(), clock: twin.clock, signal, store: memoryStore() } };
}
