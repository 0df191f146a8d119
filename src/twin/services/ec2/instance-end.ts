import type { Instance } from "@aws-sdk/client-ec2";
import type { Call, Stored } from "../../service.ts";
import { VOLUME } from "./compute-kinds.ts";
import { associate, dropInterface } from "./interfaces.ts";
import { detachInterface } from "./network-interfaces.ts";
import { NETWORK_INTERFACE } from "./network-kinds.ts";
import { has, remove } from "./rows.ts";
import { detachVolume } from "./volumes.ts";

/** A terminated instance takes those volumes and interfaces with it that are meant to go; the rest is available again. */
export function letGo(call: Call, instance: Stored<Instance>): void {
  const { InstanceId } = instance;
  for (const { Ebs } of instance.BlockDeviceMappings ?? []) {
    const volume = has(VOLUME, call, Ebs?.VolumeId);
    if (volume) detachVolume(call, volume, InstanceId);
    if (Ebs?.DeleteOnTermination) remove(VOLUME, call, Ebs.VolumeId);
  }
  for (const { NetworkInterfaceId, Attachment } of instance.NetworkInterfaces ?? []) {
    const each = has(NETWORK_INTERFACE, call, NetworkInterfaceId);
    if (each && !each.Association?.AllocationId) associate(each);
    if (each) detachInterface(call, each);
    if (Attachment?.DeleteOnTermination) dropInterface(call, NetworkInterfaceId);
  }
  Object.assign(instance, {
    BlockDeviceMappings: [],
    NetworkInterfaces: [],
    SecurityGroups: [],
    PrivateDnsName: "",
    PublicDnsName: "",
  });
  for (const member of ["PrivateIpAddress", "PublicIpAddress", "SubnetId", "VpcId", "IamInstanceProfile"] as const)
    delete instance[member];
}
