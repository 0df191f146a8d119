import type { Aws } from "../awscli.ts";

/** All that a failed Packer build leaves behind, made by awscli. */
export interface Zombie {
  readonly instance: string;
  readonly key: string;
  readonly group: string;
  readonly profile: string;
  readonly role: string;
  readonly volume: string;
  readonly address: string;
}

const HOUR = 3600;

/** @param name its last twelve characters, hexadecimal; Packer's UUIDs begin with the time, here that of five hours ago */
export async function makeZombie(aws: Pick<Aws, "call" | "text">, name: string): Promise<Zombie> {
  const then = Math.floor(Date.now() / 1000) - 5 * HOUR;
  const uuid = `${then.toString(16).padStart(8, "0")}-0000-4000-8000-${name.padStart(12, "0")}`;
  const [key, role] = [`packer_${uuid}`, `packer-${uuid}`];
  await aws.call(`ec2 create-key-pair --key-name ${key}`);
  const group = await aws.text(
    `ec2 create-security-group --group-name ${key} --query GroupId --description`,
    "Temporary group for Packer",
  );
  await aws.call(`ec2 authorize-security-group-ingress --group-id ${group} --protocol tcp --port 22 --cidr 10.0.0.0/8`);
  await aws.call(
    `iam create-role --role-name ${role} --assume-role-policy-document`,
    {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
    },
    "--description",
    "Temporary role for Packer",
  );
  await aws.call(`iam put-role-policy --role-name ${role} --policy-name build --policy-document`, {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "ec2:DescribeImages", Resource: "*" }],
  });
  await aws.call(`iam create-instance-profile --instance-profile-name ${role}`);
  await aws.call(`iam add-role-to-instance-profile --instance-profile-name ${role} --role-name ${role}`);
  const instance = await aws.text(
    `ec2 run-instances --image-id ami-12c6146b --instance-type t3.micro --key-name ${key} --security-group-ids ${group} --iam-instance-profile Name=${role} --query Instances[0].InstanceId`,
  );
  const zone = await aws.text(
    `ec2 describe-instances --instance-ids ${instance} --query Reservations[0].Instances[0].Placement.AvailabilityZone`,
  );
  const volume = await aws.text(`ec2 create-volume --size 1 --availability-zone ${zone} --query VolumeId`);
  await aws.call(`ec2 attach-volume --volume-id ${volume} --instance-id ${instance} --device /dev/sdg`);
  const address = await aws.text("ec2 allocate-address --domain vpc --query AllocationId");
  await aws.call(`ec2 associate-address --allocation-id ${address} --instance-id ${instance}`);
  return { instance, key, group, profile: role, role, volume, address };
}
