import {
  CreateDefaultVpcCommand,
  CreateSubnetCommand,
  CreateTagsCommand,
  CreateVolumeCommand,
  CreateVpcCommand,
  DescribeSubnetsCommand,
  EC2Client,
  RunInstancesCommand,
  type RunInstancesCommandInput,
} from "@aws-sdk/client-ec2";
import { ACCOUNT, HERE, type TestAccount } from "../../../tests/contract/account.ts";

/** More than EC2's smallest page of five. */
export const SEVEN = [1, 2, 3, 4, 5, 6, 7];

/** A default VPC as every new account has one, and its first subnet. */
export async function defaultNetwork({ send }: TestAccount): Promise<{ vpc: string; subnet: string }> {
  const { Vpc } = await send(EC2Client, new CreateDefaultVpcCommand({}));
  const { Subnets = [] } = await send(EC2Client, new DescribeSubnetsCommand({}));
  return { vpc: Vpc?.VpcId ?? "", subnet: Subnets[0]?.SubnetId ?? "" };
}

export async function volume({ send }: TestAccount): Promise<string> {
  const made = await send(EC2Client, new CreateVolumeCommand({ AvailabilityZone: "eu-west-1a", Size: 10 }));
  return made.VolumeId ?? "";
}

/** A network of its own with a subnet in it, beside the default one: nothing of it is AWS's. */
export async function ownNetwork({ send }: TestAccount): Promise<{ vpc: string; subnet: string }> {
  const { Vpc } = await send(EC2Client, new CreateVpcCommand({ CidrBlock: "10.9.0.0/16" }));
  const made = await send(EC2Client, new CreateSubnetCommand({ VpcId: Vpc?.VpcId, CidrBlock: "10.9.1.0/24" }));
  return { vpc: Vpc?.VpcId ?? "", subnet: made.Subnet?.SubnetId ?? "" };
}

export async function launched({ send }: TestAccount, more: Partial<RunInstancesCommandInput> = {}): Promise<string> {
  const launch = { ImageId: "ami-0123456789abcdef0", MinCount: 1, MaxCount: 1, ...more };
  const { Instances = [] } = await send(EC2Client, new RunInstancesCommand(launch));
  return Instances[0]?.InstanceId ?? "";
}

/** Rows of a kind in the world, to do what AWS does by itself. */
export function rowsOf(account: TestAccount, kind: string): Record<string, unknown>[] {
  return Object.values(account.twin.world.accounts[ACCOUNT]?.regions[HERE]?.[kind] ?? {});
}

/** Makes seven, one after another, so that their order is told. */
export async function seven(make: (number: number) => Promise<string | undefined>): Promise<string[]> {
  const ids: string[] = [];
  for (const number of SEVEN) ids.push((await make(number)) ?? "");
  return ids;
}

/** The change that every EC2 resource allows. */
export function tag({ send }: TestAccount, id: string): Promise<unknown> {
  return send(EC2Client, new CreateTagsCommand({ Resources: [id], Tags: [{ Key: "team", Value: "orders" }] }));
}
