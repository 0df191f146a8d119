import {
  CreateDefaultVpcCommand,
  CreateTagsCommand,
  CreateVolumeCommand,
  DescribeSubnetsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import type { TestAccount } from "../../../tests/contract/account.ts";

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
