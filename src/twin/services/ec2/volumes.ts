import type { Tag, Volume, VolumeAttachment, VolumeModification } from "@aws-sdk/client-ec2";
import { AwsFault, type Call, type Stored } from "../../service.ts";
import { INSTANCE, SNAPSHOT, VOLUME } from "./compute-kinds.ts";
import { attach, refreshById } from "./instance-parts.ts";
import { zone } from "./regions.ts";
import { add, type Ec2Operations, get, has, list, pageOf, remove, tagsFor } from "./rows.ts";
import { derivedId } from "./vpc-settings.ts";

/** What a volume is asked to be, by itself or as a block device of an instance. */
export interface NewVolume {
  readonly zone: string | undefined;
  readonly Size?: number | undefined;
  readonly VolumeType?: Volume["VolumeType"];
  readonly Iops?: number | undefined;
  readonly Throughput?: number | undefined;
  readonly SnapshotId?: string | undefined;
  readonly Encrypted?: boolean | undefined;
  readonly KmsKeyId?: string | undefined;
  readonly MultiAttachEnabled?: boolean | undefined;
  readonly tags?: Stored<Tag>[];
}

/** The AWS managed key of EBS, which encrypts where no other is named. */
export function ebsKey(call: Call): string {
  const digits = derivedId("", call.account, call.region, "aws/ebs").padEnd(32, "0");
  return call.arn("kms", `key/${digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5")}`);
}

/** Source: EBS user guide, "Amazon EBS volume types". */
function iopsOf(type: string, size: number, asked: number | undefined): number | undefined {
  if (type === "gp2") return Math.min(16_000, Math.max(100, size * 3));
  return type === "gp3" ? (asked ?? 3000) : asked;
}

export function newVolume(call: Call, asked: NewVolume): Stored<Volume> {
  const snapshot = asked.SnapshotId ? has(SNAPSHOT, call, asked.SnapshotId) : undefined;
  const Size = asked.Size ?? snapshot?.VolumeSize ?? 8;
  const VolumeType = asked.VolumeType ?? "gp2";
  if ((VolumeType === "io1" || VolumeType === "io2") && !asked.Iops)
    throw new AwsFault("MissingParameter", "The request must contain the parameter iops");
  const Encrypted = asked.Encrypted ?? snapshot?.Encrypted ?? asked.KmsKeyId !== undefined;
  const { name, id } = zone(call, asked.zone);
  return add(VOLUME, call, {
    VolumeId: call.id(VOLUME.prefix),
    Attachments: [],
    AvailabilityZone: name,
    AvailabilityZoneId: id,
    CreateTime: call.now(),
    Encrypted,
    Iops: iopsOf(VolumeType, Size, asked.Iops),
    ...(Encrypted ? { KmsKeyId: asked.KmsKeyId ?? snapshot?.KmsKeyId ?? ebsKey(call) } : {}),
    MultiAttachEnabled: asked.MultiAttachEnabled ?? false,
    Size,
    SnapshotId: asked.SnapshotId ?? "",
    State: "available",
    Tags: asked.tags ?? [],
    ...(VolumeType === "gp3" ? { Throughput: asked.Throughput ?? 125 } : {}),
    VolumeType,
  });
}

export function attachVolume(
  call: Call,
  volume: Stored<Volume>,
  to: { readonly instance: string; readonly device: string; readonly deleteOnTermination: boolean },
): Stored<VolumeAttachment> {
  const made: Stored<VolumeAttachment> = {
    AttachTime: call.now(),
    DeleteOnTermination: to.deleteOnTermination,
    Device: to.device,
    InstanceId: to.instance,
    State: "attached",
    VolumeId: volume.VolumeId,
  };
  volume.Attachments = [...(volume.Attachments ?? []), made];
  volume.State = "in-use";
  attach(call, to.instance, { volume: volume.VolumeId ?? "" });
  return made;
}

export function detachVolume(call: Call, volume: Stored<Volume>, instance: string | undefined): void {
  volume.Attachments = (volume.Attachments ?? []).filter((each) => each.InstanceId !== instance);
  if (volume.Attachments.length === 0) volume.State = "available";
  refreshById(call, instance);
}

export const volumes: Ec2Operations = {
  CreateVolume(input, call) {
    if (input.SnapshotId) get(SNAPSHOT, call, input.SnapshotId);
    if (!input.Size && !input.SnapshotId)
      throw new AwsFault("MissingParameter", "The request must contain the parameter size/snapshot");
    const tags = tagsFor(VOLUME, input.TagSpecifications);
    const { Attachments: _, ...told } = newVolume(call, { ...input, zone: input.AvailabilityZone, tags });
    return told;
  },

  DescribeVolumes(input, call) {
    const { items, next } = list(VOLUME, call, { ids: input.VolumeIds, ...input });
    return { Volumes: items, NextToken: next };
  },

  DeleteVolume(input, call) {
    const volume = get(VOLUME, call, input.VolumeId);
    const [held] = volume.Attachments ?? [];
    if (held)
      throw new AwsFault("VolumeInUse", `Volume ${volume.VolumeId} is currently attached to ${held.InstanceId}`);
    remove(VOLUME, call, volume.VolumeId);
  },

  AttachVolume(input, call) {
    const volume = get(VOLUME, call, input.VolumeId);
    const instance = get(INSTANCE, call, input.InstanceId);
    if (volume.Attachments?.length && !volume.MultiAttachEnabled)
      throw new AwsFault("VolumeInUse", `${volume.VolumeId} is already attached to an instance`);
    if (volume.AvailabilityZone !== instance.Placement?.AvailabilityZone)
      throw new AwsFault(
        "InvalidVolume.ZoneMismatch",
        `The volume '${volume.VolumeId}' is not in the same availability zone as instance '${instance.InstanceId}'`,
      );
    if (instance.BlockDeviceMappings?.some((each) => each.DeviceName === input.Device))
      throw new AwsFault(
        "InvalidParameterValue",
        `Invalid value '${input.Device}' for unixDevice. Attachment point ${input.Device} is already in use`,
      );
    const to = { instance: instance.InstanceId ?? "", device: input.Device ?? "", deleteOnTermination: false };
    return attachVolume(call, volume, to);
  },

  DetachVolume(input, call) {
    const volume = get(VOLUME, call, input.VolumeId);
    const held = volume.Attachments?.find((each) => !input.InstanceId || each.InstanceId === input.InstanceId);
    if (!held) throw new AwsFault("IncorrectState", `Volume '${volume.VolumeId}' is in the 'available' state.`);
    const instance = has(INSTANCE, call, held.InstanceId);
    if (instance?.RootDeviceName === held.Device && instance?.State?.Name === "running")
      throw new AwsFault(
        "OperationNotPermitted",
        `Unable to detach root volume '${volume.VolumeId}' from instance '${held.InstanceId}'`,
      );
    detachVolume(call, volume, held.InstanceId);
    return { ...held, State: "detached" };
  },

  ModifyVolume(input, call) {
    const volume = get(VOLUME, call, input.VolumeId);
    const before = structuredClone(volume);
    if ((input.Size ?? Number.POSITIVE_INFINITY) < (volume.Size ?? 0))
      throw new AwsFault("InvalidParameterValue", "New size cannot be smaller than existing size");
    volume.Size = input.Size ?? volume.Size;
    volume.VolumeType = input.VolumeType ?? volume.VolumeType;
    volume.Iops = iopsOf(volume.VolumeType ?? "gp2", volume.Size ?? 0, input.Iops ?? volume.Iops);
    if (volume.VolumeType === "gp3") volume.Throughput = input.Throughput ?? volume.Throughput ?? 125;
    const VolumeModification: Stored<VolumeModification> = {
      VolumeId: volume.VolumeId,
      ModificationState: "completed",
      OriginalSize: before.Size,
      OriginalVolumeType: before.VolumeType,
      OriginalIops: before.Iops,
      TargetSize: volume.Size,
      TargetVolumeType: volume.VolumeType,
      TargetIops: volume.Iops,
      Progress: 100,
      StartTime: call.now(),
      EndTime: call.now(),
    };
    call.table<Stored<VolumeModification>>("ec2.volume-modification").put(volume.VolumeId ?? "", VolumeModification);
    return { VolumeModification };
  },

  DescribeVolumesModifications(input, call) {
    const all = call.table<Stored<VolumeModification>>("ec2.volume-modification").all();
    const { items, next } = pageOf(
      all.filter((each) => input.VolumeIds?.includes(each.VolumeId ?? "") ?? true),
      input,
      { min: 1, max: 500 },
    );
    return { VolumesModifications: items, NextToken: next };
  },
};
