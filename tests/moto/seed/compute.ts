import { asPairs, asSpecification } from "../made.ts";
import type { Network } from "./network.ts";
import type { Seeding } from "./seeding.ts";

/** A server with its disk, key and image, a spare disk with a snapshot, and a fleet made from a launch template. */
export async function seedCompute({ make, note, aws, region }: Seeding, network: Network): Promise<void> {
  const { subnets, webGroup } = network;
  const volume = await make(
    "AWS::EC2::Volume",
    `ec2 create-volume --size 20 --volume-type gp3 --availability-zone ${region}a --query VolumeId`,
    ...asSpecification("volume", "shop-spare"),
  );
  const root = await make(
    "AWS::EC2::Snapshot",
    `ec2 create-snapshot --volume-id ${volume} --query SnapshotId --description root`,
    ...asSpecification("snapshot", "shop-base"),
  );
  const base = await make(
    "AWS::EC2::Image",
    "ec2 register-image --name shop-base --architecture x86_64 --root-device-name /dev/xvda --virtualization-type hvm --query ImageId --block-device-mappings",
    [{ DeviceName: "/dev/xvda", Ebs: { SnapshotId: root } }],
  );
  // Tags given to register-image are lost on moto.
  await aws.call(`ec2 create-tags --resources ${base} --tags`, asPairs);
  await aws.call("ec2 create-key-pair --key-name shop --query KeyPairId", ...asSpecification("key-pair", "shop"));
  note("AWS::EC2::KeyPair", "shop");
  const instance = await make(
    "AWS::EC2::Instance",
    `ec2 run-instances --image-id ${base} --instance-type m5.large --key-name shop --subnet-id ${subnets[0]} --security-group-ids ${webGroup} --iam-instance-profile Name=shop-server --query Instances[0].InstanceId`,
    ...asSpecification("instance", "shop-web-1"),
  );
  await make(
    "AWS::EC2::Image",
    `ec2 create-image --instance-id ${instance} --name shop-web-1 --query ImageId`,
    ...asSpecification("image", "shop-web-1"),
  );
  await make(
    "AWS::EC2::Snapshot",
    `ec2 create-snapshot --volume-id ${volume} --query SnapshotId --description spare`,
    ...asSpecification("snapshot", "shop-spare"),
  );
  const template = await make(
    "AWS::EC2::LaunchTemplate",
    "ec2 create-launch-template --launch-template-name shop-web --query LaunchTemplate.LaunchTemplateId --launch-template-data",
    { ImageId: base, InstanceType: "t3.micro", SecurityGroupIds: [webGroup] },
    ...asSpecification("launch-template", "shop-web"),
  );
  await aws.call(
    `autoscaling create-auto-scaling-group --auto-scaling-group-name shop-web --min-size 1 --max-size 4 --desired-capacity 2 --vpc-zone-identifier ${subnets.join(",")} --launch-template LaunchTemplateId=${template},Version=1 --tags`,
    asPairs.map((tag) => ({ ...tag, PropagateAtLaunch: true })),
  );
  note("AWS::AutoScaling::AutoScalingGroup", "shop-web");
}
