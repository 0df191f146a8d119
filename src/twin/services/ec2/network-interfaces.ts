import type { NetworkInterface } from "@aws-sdk/client-ec2";
import { AwsFault, type Call, type Stored } from "../../service.ts";
import { ADDRESS, INSTANCE } from "./compute-kinds.ts";
import { attach, refreshById } from "./instance-parts.ts";
import { dropInterface, groupsIn, newInterface } from "./interfaces.ts";
import { NETWORK_INTERFACE, SUBNET } from "./network-kinds.ts";
import { type Ec2Operations, get, has, list, tagsFor, those } from "./rows.ts";

type Interface = Stored<NetworkInterface>;

/** Fixes an interface to an instance and shows it there. */
export function attachInterface(
  call: Call,
  each: Interface,
  to: { readonly instance: string; readonly device: number; readonly deleteOnTermination: boolean },
): string {
  const AttachmentId = call.id("eni-attach-");
  each.Attachment = {
    AttachTime: call.now(),
    AttachmentId,
    DeleteOnTermination: to.deleteOnTermination,
    DeviceIndex: to.device,
    InstanceId: to.instance,
    InstanceOwnerId: call.account,
    NetworkCardIndex: 0,
    Status: "attached",
  };
  each.Status = "in-use";
  const address = has(ADDRESS, call, each.Association?.AllocationId);
  if (address) address.InstanceId = to.instance;
  attach(call, to.instance, { networkInterface: each.NetworkInterfaceId ?? "" });
  return AttachmentId;
}

/** Looses an interface from its instance. */
export function detachInterface(call: Call, each: Interface): void {
  const instance = each.Attachment?.InstanceId;
  delete each.Attachment;
  each.Status = "available";
  const address = has(ADDRESS, call, each.Association?.AllocationId);
  if (address) delete address.InstanceId;
  refreshById(call, instance);
}

function refuseManaged(each: Interface): void {
  if (each.RequesterManaged)
    throw new AwsFault(
      "OperationNotPermitted",
      `You are not allowed to manage '${each.NetworkInterfaceId}', which ${each.RequesterId} made.`,
    );
}

export const networkInterfaces: Ec2Operations = {
  CreateNetworkInterface(input, call) {
    const subnet = get(SUBNET, call, input.SubnetId);
    const { Groups: groups, Description: description, PrivateIpAddress: privateIp } = input;
    const tags = tagsFor(NETWORK_INTERFACE, input.TagSpecifications);
    return { NetworkInterface: newInterface(call, { subnet, groups, description, privateIp, tags }) };
  },

  DescribeNetworkInterfaces(input, call) {
    const { items, next } = list(NETWORK_INTERFACE, call, { ids: input.NetworkInterfaceIds, ...input });
    return { NetworkInterfaces: items, NextToken: next };
  },

  /** In use = InvalidParameterValue here, other than at an attachment. Source: EC2 API reference, "Error codes". */
  DeleteNetworkInterface(input, call) {
    const each = get(NETWORK_INTERFACE, call, input.NetworkInterfaceId);
    if (each.Attachment || each.RequesterManaged)
      throw new AwsFault(
        "InvalidParameterValue",
        `Network interface '${each.NetworkInterfaceId}' is currently in use.`,
      );
    dropInterface(call, each.NetworkInterfaceId);
  },

  AttachNetworkInterface(input, call) {
    const each = get(NETWORK_INTERFACE, call, input.NetworkInterfaceId);
    const instance = get(INSTANCE, call, input.InstanceId);
    if (each.Attachment)
      throw new AwsFault("InvalidNetworkInterface.InUse", `Interface: [${each.NetworkInterfaceId}] in use.`);
    const device = input.DeviceIndex ?? 1;
    if (instance.NetworkInterfaces?.some((one) => one.Attachment?.DeviceIndex === device))
      throw new AwsFault(
        "InvalidParameterValue",
        `Instance '${input.InstanceId}' already has an interface attached at device index '${device}'.`,
      );
    const to = { instance: instance.InstanceId ?? "", device, deleteOnTermination: false };
    return { AttachmentId: attachInterface(call, each, to), NetworkCardIndex: 0 };
  },

  DetachNetworkInterface(input, call) {
    const id = input.AttachmentId;
    const [each] = those(NETWORK_INTERFACE, call, (one) => one.Attachment?.AttachmentId === id);
    if (!each) throw new AwsFault("InvalidAttachmentID.NotFound", `The attachment ID '${id ?? ""}' does not exist`);
    refuseManaged(each);
    if (each.Attachment?.DeviceIndex === 0)
      throw new AwsFault("OperationNotPermitted", "The network interface at device index 0 cannot be detached.");
    detachInterface(call, each);
  },

  ModifyNetworkInterfaceAttribute(input, call) {
    const each = get(NETWORK_INTERFACE, call, input.NetworkInterfaceId);
    if (input.Groups) each.Groups = groupsIn(call, each.VpcId, input.Groups);
    each.Description = input.Description?.Value ?? each.Description;
    each.SourceDestCheck = input.SourceDestCheck?.Value ?? each.SourceDestCheck;
    if (each.Attachment && input.Attachment?.DeleteOnTermination !== undefined)
      each.Attachment.DeleteOnTermination = input.Attachment.DeleteOnTermination;
    refreshById(call, each.Attachment?.InstanceId);
  },

  DescribeNetworkInterfaceAttribute(input, call) {
    const each = get(NETWORK_INTERFACE, call, input.NetworkInterfaceId);
    const { NetworkInterfaceId } = each;
    if (input.Attribute === "groupSet") return { NetworkInterfaceId, Groups: each.Groups };
    if (input.Attribute === "attachment") return { NetworkInterfaceId, Attachment: each.Attachment };
    if (input.Attribute === "sourceDestCheck")
      return { NetworkInterfaceId, SourceDestCheck: { Value: each.SourceDestCheck } };
    return { NetworkInterfaceId, Description: { Value: each.Description } };
  },
};
