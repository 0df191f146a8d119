import { CreateKeyPairCommand, EC2Client, RunInstancesCommand } from "@aws-sdk/client-ec2";
import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  IAMClient,
} from "@aws-sdk/client-iam";
import { trust } from "./identity.ts";
import { type Network, securityGroup, tagged } from "./network.ts";
import { known, type Seed } from "./seed.ts";

/** A UUID as Packer makes them: its first eight hex digits are the time in Unix seconds. */
function packerId(millis: number, tail: string): string {
  const seconds = Math.floor(millis / 1000)
    .toString(16)
    .padStart(8, "0");
  return `${seconds}-0c4e-4b1a-9d2e-${tail.padStart(12, "0")}`;
}

/** A build that died half way: instance, key pair, temporary group, and for some a role with its profile. */
export async function failedBuild(seed: Seed, at: Network, tail: string, withRole: boolean): Promise<void> {
  const ec2 = seed.client(EC2Client);
  const id = packerId(seed.twin.clock.now(), tail);
  const KeyName = `packer_${id}`;
  await ec2.send(new CreateKeyPairCommand({ KeyName }));
  const group = await securityGroup(seed, at.vpc, `packer_${id}`, "Temporary group for Packer");
  await ec2.send(
    new RunInstancesCommand({
      ImageId: "ami-0a1b2c3d4e5f60718",
      InstanceType: "c6i.xlarge",
      MinCount: 1,
      MaxCount: 1,
      KeyName,
      SubnetId: known(at.publicSubnets[0]),
      SecurityGroupIds: [group],
      TagSpecifications: tagged("instance", "Packer Builder"),
    }),
  );
  if (!withRole) return;
  const iam = seed.client(IAMClient);
  const name = `packer-${id}`;
  await iam.send(
    new CreateRoleCommand({
      RoleName: name,
      AssumeRolePolicyDocument: trust("ec2"),
      Description: "Temporary role for Packer",
    }),
  );
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: name }));
  await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: name, RoleName: name }));
}
