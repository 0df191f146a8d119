import type { BlockDeviceMapping, Image, Instance, Tag } from "@aws-sdk/client-ec2";
import { AwsFault, type Call, type Stored } from "../../service.ts";
import { IMAGE, INSTANCE, SNAPSHOT, VOLUME } from "./compute-kinds.ts";
import { add, type Ec2Operations, get, has, matches, pageOf, remove, rows, tagsFor, those } from "./rows.ts";
import { newSnapshot } from "./snapshots.ts";

type Row = Stored<Image>;

function newImage(call: Call, name: string | undefined, of: Partial<Row>, tags: Stored<Tag>[]): Row {
  const [same] = those(IMAGE, call, (each) => each.Name === name);
  if (same) throw new AwsFault("InvalidAMIName.Duplicate", `AMI name ${name} is already in use by AMI ${same.ImageId}`);
  return add(IMAGE, call, {
    ImageId: call.id(IMAGE.prefix),
    Architecture: "x86_64",
    BlockDeviceMappings: [],
    CreationDate: call.now(),
    DeregistrationProtection: "disabled",
    EnaSupport: true,
    Hypervisor: "xen",
    ImageLocation: `${call.account}/${name}`,
    ImageType: "machine",
    Name: name,
    OwnerId: call.account,
    PlatformDetails: "Linux/UNIX",
    Public: false,
    RootDeviceName: "/dev/xvda",
    RootDeviceType: "ebs",
    State: "available",
    UsageOperation: "RunInstances",
    VirtualizationType: "hvm",
    ...of,
    Tags: tags,
  });
}

/** Block devices of an instance, each with a snapshot of its volume. */
function captured(call: Call, instance: Stored<Instance>, tags: Stored<Tag>[]): Stored<BlockDeviceMapping>[] {
  return (instance.BlockDeviceMappings ?? []).flatMap(({ DeviceName, Ebs }) => {
    const volume = has(VOLUME, call, Ebs?.VolumeId);
    if (!volume) return [];
    const description = `Created by CreateImage(${instance.InstanceId})`;
    const { SnapshotId, VolumeSize } = newSnapshot(call, volume, { description, tags });
    const { Encrypted, VolumeType, Iops, Throughput } = volume;
    const device = { DeleteOnTermination: Ebs?.DeleteOnTermination, SnapshotId, VolumeSize, VolumeType, Encrypted };
    return [{ DeviceName, Ebs: { ...device, ...(VolumeType === "gp2" ? {} : { Iops, Throughput }) } }];
  });
}

export const images: Ec2Operations = {
  CreateImage(input, call) {
    const instance = get(INSTANCE, call, input.InstanceId);
    const BlockDeviceMappings = captured(call, instance, tagsFor(SNAPSHOT, input.TagSpecifications));
    const { Architecture, RootDeviceName, InstanceId: SourceInstanceId } = instance;
    const of = { Architecture, RootDeviceName, SourceInstanceId, BlockDeviceMappings, Description: input.Description };
    return { ImageId: newImage(call, input.Name, of, tagsFor(IMAGE, input.TagSpecifications)).ImageId };
  },

  RegisterImage(input, call) {
    const BlockDeviceMappings = (input.BlockDeviceMappings ?? []).map((each) => {
      const snapshot = each.Ebs?.SnapshotId ? get(SNAPSHOT, call, each.Ebs.SnapshotId) : undefined;
      const size = { VolumeSize: each.Ebs?.VolumeSize ?? snapshot?.VolumeSize ?? 8 };
      return {
        ...each,
        Ebs: { DeleteOnTermination: true, VolumeType: "gp2" as const, Encrypted: false, ...each.Ebs, ...size },
      };
    });
    const { Description, RootDeviceName = "/dev/xvda", Architecture = "x86_64" } = input;
    const of = { BlockDeviceMappings, Description, RootDeviceName, Architecture };
    return { ImageId: newImage(call, input.Name, of, tagsFor(IMAGE, input.TagSpecifications)).ImageId };
  },

  CopyImage(input, call) {
    const source = call.table<Row>(IMAGE.table, input.SourceRegion ?? call.region).get(input.SourceImageId ?? "");
    if (!source) throw new AwsFault(IMAGE.notFound, `The image id '[${input.SourceImageId ?? ""}]' does not exist`);
    const { ImageId: SourceImageId, Name, BlockDeviceMappings = [] } = source;
    const copied = BlockDeviceMappings.map((each) => {
      if (!each.Ebs) return each;
      const volume = { VolumeId: "vol-ffffffff", Size: each.Ebs.VolumeSize, Encrypted: each.Ebs.Encrypted };
      const { SnapshotId } = newSnapshot(call, volume, {
        description: `Copied for DestinationAmi from ${SourceImageId}`,
      });
      return { ...each, Ebs: { ...each.Ebs, SnapshotId } };
    });
    const { Architecture, RootDeviceName, VirtualizationType } = source;
    const origin = { SourceImageId, SourceImageRegion: input.SourceRegion };
    const of = { Architecture, RootDeviceName, VirtualizationType, ...origin, Description: input.Description };
    const tags = tagsFor(IMAGE, input.TagSpecifications);
    return { ImageId: newImage(call, input.Name ?? Name, { ...of, BlockDeviceMappings: copied }, tags).ImageId };
  },

  /** Disabled images are told only to those who ask for them. Source: EC2 user guide, "Disable an AMI". */
  DescribeImages(input, call) {
    const owners = input.Owners ?? ["self"];
    const own = owners.includes("self") || owners.includes(call.account);
    const told = (each: Row) => own && (input.IncludeDisabled || each.State !== "disabled");
    const all = input.ImageIds?.map((id) => get(IMAGE, call, id)) ?? rows(IMAGE, call).all();
    const found = all.filter((each) => told(each) && matches(IMAGE, each, input.Filters));
    const { items, next } = pageOf(found, input, { min: 1, max: 1000 });
    return { Images: items, NextToken: next };
  },

  DeregisterImage(input, call) {
    const image = get(IMAGE, call, input.ImageId);
    if (image.DeregistrationProtection?.startsWith("enabled"))
      throw new AwsFault(
        "OperationNotPermitted",
        `The image '${image.ImageId}' has deregistration protection enabled.`,
      );
    remove(IMAGE, call, image.ImageId);
    const snapshots = (image.BlockDeviceMappings ?? []).flatMap((each) => each.Ebs?.SnapshotId ?? []);
    if (!input.DeleteAssociatedSnapshots) return { Return: true };
    for (const id of snapshots) remove(SNAPSHOT, call, id);
    return {
      Return: true,
      DeleteSnapshotResults: snapshots.map((SnapshotId) => ({ SnapshotId, ReturnCode: "success" })),
    };
  },
};
