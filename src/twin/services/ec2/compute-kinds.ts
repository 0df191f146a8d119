import type { Address, Image, Instance, KeyPairInfo, LaunchTemplate, Snapshot, Volume } from "@aws-sdk/client-ec2";
import { kind } from "./rows.ts";

/*
 * What there is to compute with, as AWS names and filters it.
 * Source: EC2 API reference, the Describe action of each.
 */

export const INSTANCE = kind<Instance>({
  table: "ec2.instance",
  id: "InstanceId",
  prefix: "i-",
  type: "instance",
  tags: "Tags",
  notFound: "InvalidInstanceID.NotFound",
  filters: {
    "instance-id": "InstanceId",
    "instance-state-name": "State.Name",
    "instance-state-code": "State.Code",
    "instance-type": "InstanceType",
    "instance-lifecycle": "InstanceLifecycle",
    "instance.group-id": "SecurityGroups[].GroupId",
    "instance.group-name": "SecurityGroups[].GroupName",
    "group-id": "SecurityGroups[].GroupId",
    "group-name": "SecurityGroups[].GroupName",
    "availability-zone": "Placement.AvailabilityZone",
    "image-id": "ImageId",
    "key-name": "KeyName",
    "vpc-id": "VpcId",
    "subnet-id": "SubnetId",
    "private-ip-address": "PrivateIpAddress",
    "ip-address": "PublicIpAddress",
    "private-dns-name": "PrivateDnsName",
    "dns-name": "PublicDnsName",
    "launch-time": "LaunchTime",
    "iam-instance-profile.arn": "IamInstanceProfile.Arn",
    "block-device-mapping.volume-id": "BlockDeviceMappings[].Ebs.VolumeId",
    "block-device-mapping.device-name": "BlockDeviceMappings[].DeviceName",
    "network-interface.network-interface-id": "NetworkInterfaces[].NetworkInterfaceId",
    "root-device-type": "RootDeviceType",
    "spot-instance-request-id": "SpotInstanceRequestId",
    "client-token": "ClientToken",
    "owner-id": "NetworkInterfaces[].OwnerId",
    architecture: "Architecture",
    tenancy: "Placement.Tenancy",
  },
});

export const VOLUME = kind<Volume>({
  table: "ec2.volume",
  id: "VolumeId",
  prefix: "vol-",
  type: "volume",
  tags: "Tags",
  notFound: "InvalidVolume.NotFound",
  filters: {
    "volume-id": "VolumeId",
    status: "State",
    size: "Size",
    encrypted: "Encrypted",
    "volume-type": "VolumeType",
    "snapshot-id": "SnapshotId",
    "availability-zone": "AvailabilityZone",
    "create-time": "CreateTime",
    "attachment.instance-id": "Attachments[].InstanceId",
    "attachment.device": "Attachments[].Device",
    "attachment.status": "Attachments[].State",
    "attachment.delete-on-termination": "Attachments[].DeleteOnTermination",
  },
});

export const SNAPSHOT = kind<Snapshot>({
  table: "ec2.snapshot",
  id: "SnapshotId",
  prefix: "snap-",
  type: "snapshot",
  tags: "Tags",
  notFound: "InvalidSnapshot.NotFound",
  filters: {
    "snapshot-id": "SnapshotId",
    "volume-id": "VolumeId",
    "volume-size": "VolumeSize",
    "owner-id": "OwnerId",
    "start-time": "StartTime",
    "storage-tier": "StorageTier",
    status: "State",
    encrypted: "Encrypted",
    description: "Description",
    progress: "Progress",
  },
});

export const IMAGE = kind<Image>({
  table: "ec2.image",
  id: "ImageId",
  prefix: "ami-",
  type: "image",
  tags: "Tags",
  notFound: "InvalidAMIID.NotFound",
  filters: {
    "image-id": "ImageId",
    "image-type": "ImageType",
    "is-public": "Public",
    "owner-id": "OwnerId",
    "creation-date": "CreationDate",
    "block-device-mapping.snapshot-id": "BlockDeviceMappings[].Ebs.SnapshotId",
    "root-device-type": "RootDeviceType",
    "virtualization-type": "VirtualizationType",
    "source-instance-id": "SourceInstanceId",
    name: "Name",
    state: "State",
    architecture: "Architecture",
    description: "Description",
    platform: "Platform",
  },
});

export const KEY_PAIR = kind<KeyPairInfo>({
  table: "ec2.key-pair",
  id: "KeyPairId",
  prefix: "key-",
  type: "key-pair",
  tags: "Tags",
  notFound: "InvalidKeyPair.NotFound",
  filters: { "key-pair-id": "KeyPairId", "key-name": "KeyName", fingerprint: "KeyFingerprint" },
});

export const ADDRESS = kind<Address>({
  table: "ec2.address",
  id: "AllocationId",
  prefix: "eipalloc-",
  type: "elastic-ip",
  tags: "Tags",
  notFound: "InvalidAllocationID.NotFound",
  filters: {
    "allocation-id": "AllocationId",
    "association-id": "AssociationId",
    "public-ip": "PublicIp",
    "instance-id": "InstanceId",
    "network-interface-id": "NetworkInterfaceId",
    "network-border-group": "NetworkBorderGroup",
    "private-ip-address": "PrivateIpAddress",
    domain: "Domain",
  },
});

export const LAUNCH_TEMPLATE = kind<LaunchTemplate>({
  table: "ec2.launch-template",
  id: "LaunchTemplateId",
  prefix: "lt-",
  type: "launch-template",
  tags: "Tags",
  notFound: "InvalidLaunchTemplateId.NotFound",
  filters: { "launch-template-name": "LaunchTemplateName", "create-time": "CreateTime" },
});
