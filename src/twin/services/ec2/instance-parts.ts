import type {
  Instance,
  InstanceBlockDeviceMapping,
  InstanceNetworkInterface,
  NetworkInterface,
  Volume,
} from "@aws-sdk/client-ec2";
import type { Call, Stored } from "../../service.ts";
import { INSTANCE, VOLUME } from "./compute-kinds.ts";
import { NETWORK_INTERFACE } from "./network-kinds.ts";
import { has } from "./rows.ts";

/** What an instance's description repeats of an interface that is attached to it. */
function interfaceOf(each: Stored<NetworkInterface>): Stored<InstanceNetworkInterface> {
  const { Association: association, Attachment: attachment, PrivateIpAddresses: addresses } = each;
  const publicly = (from: typeof association) =>
    from && { PublicIp: from.PublicIp, PublicDnsName: from.PublicDnsName, IpOwnerId: from.IpOwnerId };
  return {
    Association: publicly(association),
    Attachment: attachment && {
      AttachTime: attachment.AttachTime,
      AttachmentId: attachment.AttachmentId,
      DeleteOnTermination: attachment.DeleteOnTermination,
      DeviceIndex: attachment.DeviceIndex,
      NetworkCardIndex: attachment.NetworkCardIndex,
      Status: attachment.Status,
    },
    Description: each.Description,
    Groups: each.Groups,
    InterfaceType: each.InterfaceType,
    Ipv6Addresses: [],
    MacAddress: each.MacAddress,
    NetworkInterfaceId: each.NetworkInterfaceId,
    OwnerId: each.OwnerId,
    PrivateDnsName: each.PrivateDnsName,
    PrivateIpAddress: each.PrivateIpAddress,
    PrivateIpAddresses: addresses?.map((one) => ({ ...one, Association: publicly(one.Association) })),
    SourceDestCheck: each.SourceDestCheck,
    Status: each.Status,
    SubnetId: each.SubnetId,
    VpcId: each.VpcId,
  };
}

function mappingOf(volume: Stored<Volume>, instance: string | undefined): Stored<InstanceBlockDeviceMapping>[] {
  const attachment = volume.Attachments?.find((each) => each.InstanceId === instance);
  if (!attachment) return [];
  const { AttachTime, DeleteOnTermination, Device, State, VolumeId } = attachment;
  return [
    {
      DeviceName: Device,
      Ebs: { AttachTime, DeleteOnTermination, Status: State === "busy" ? "attached" : State, VolumeId },
    },
  ];
}

/** Brings what an instance repeats of its interfaces and volumes up to date with them. Parts without a row stay. */
export function refresh(call: Call, instance: Stored<Instance>): Stored<Instance> {
  instance.NetworkInterfaces = (instance.NetworkInterfaces ?? [])
    .map((each) => {
      const row = has(NETWORK_INTERFACE, call, each.NetworkInterfaceId);
      return row ? interfaceOf(row) : each;
    })
    .filter((each) => each.Attachment !== undefined)
    .sort((a, b) => (a.Attachment?.DeviceIndex ?? 0) - (b.Attachment?.DeviceIndex ?? 0));
  instance.BlockDeviceMappings = (instance.BlockDeviceMappings ?? []).flatMap((each) => {
    const row = has(VOLUME, call, each.Ebs?.VolumeId);
    return row ? mappingOf(row, instance.InstanceId) : [each];
  });
  const [primary] = instance.NetworkInterfaces;
  if (!primary) return instance;
  instance.SecurityGroups = primary.Groups;
  instance.SourceDestCheck = primary.SourceDestCheck;
  instance.PrivateIpAddress = primary.PrivateIpAddress;
  instance.PrivateDnsName = primary.PrivateDnsName;
  instance.SubnetId = primary.SubnetId;
  instance.VpcId = primary.VpcId;
  instance.PublicIpAddress = primary.Association?.PublicIp;
  instance.PublicDnsName = primary.Association?.PublicDnsName ?? "";
  return instance;
}

/** The same for whatever instance it is, if it is there. */
export function refreshById(call: Call, id: string | undefined): void {
  const instance = has(INSTANCE, call, id);
  if (instance) refresh(call, instance);
}

/** Shows an instance a volume or an interface that was just attached to it. */
export function attach(call: Call, id: string | undefined, part: { volume?: string; networkInterface?: string }): void {
  const instance = has(INSTANCE, call, id);
  if (!instance) return;
  if (part.volume)
    instance.BlockDeviceMappings = [...(instance.BlockDeviceMappings ?? []), { Ebs: { VolumeId: part.volume } }];
  if (part.networkInterface)
    instance.NetworkInterfaces = [...(instance.NetworkInterfaces ?? []), { NetworkInterfaceId: part.networkInterface }];
  refresh(call, instance);
}
