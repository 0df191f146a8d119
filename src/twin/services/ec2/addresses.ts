import type { Address, NetworkInterface } from "@aws-sdk/client-ec2";
import { AwsFault, type Call, type Stored } from "../../service.ts";
import { ADDRESS, INSTANCE } from "./compute-kinds.ts";
import { refreshById } from "./instance-parts.ts";
import { associate, newPublicIp, publicName, unbind } from "./interfaces.ts";
import { NETWORK_INTERFACE } from "./network-kinds.ts";
import { add, type Ec2Operations, get, has, matches, remove, rows, tagsFor, those } from "./rows.ts";

interface Named {
  readonly AllocationId?: string | undefined;
  readonly PublicIp?: string | undefined;
}

function addressFor(call: Call, { AllocationId, PublicIp }: Named): Stored<Address> {
  if (AllocationId || !PublicIp) return get(ADDRESS, call, AllocationId);
  const [address] = those(ADDRESS, call, (each) => each.PublicIp === PublicIp);
  if (!address) throw new AwsFault("InvalidAddress.NotFound", `Address '${PublicIp}' not found.`);
  return address;
}

/** Ties an address to an interface, which may hold a public address of Amazon's pool until now. */
export function bind(call: Call, address: Stored<Address>, each: Stored<NetworkInterface>): string {
  const AssociationId = call.id("eipassoc-");
  const { AllocationId, PublicIp = "" } = address;
  release(call, address);
  const holder = has(ADDRESS, call, each.Association?.AllocationId);
  if (holder) unbind(holder);
  associate(each, {
    AllocationId,
    AssociationId,
    IpOwnerId: call.account,
    PublicIp,
    PublicDnsName: publicName(call, PublicIp, each.VpcId),
  });
  const { NetworkInterfaceId, PrivateIpAddress, Attachment } = each;
  Object.assign(address, {
    AssociationId,
    NetworkInterfaceId,
    PrivateIpAddress,
    NetworkInterfaceOwnerId: call.account,
  });
  if (Attachment?.InstanceId) address.InstanceId = Attachment.InstanceId;
  refreshById(call, Attachment?.InstanceId);
  return AssociationId;
}

function release(call: Call, address: Stored<Address>): void {
  const each = has(NETWORK_INTERFACE, call, address.NetworkInterfaceId);
  if (each) associate(each);
  unbind(address);
  refreshById(call, each?.Attachment?.InstanceId);
}

function interfaceFor(call: Call, input: { InstanceId?: string | undefined; NetworkInterfaceId?: string | undefined }) {
  if (!input.InstanceId) return get(NETWORK_INTERFACE, call, input.NetworkInterfaceId);
  const instance = get(INSTANCE, call, input.InstanceId);
  if (["shutting-down", "terminated"].includes(instance.State?.Name ?? ""))
    throw new AwsFault(
      "InvalidInstanceID",
      `The instance '${input.InstanceId}' is not in a valid state for this operation.`,
    );
  return get(NETWORK_INTERFACE, call, instance.NetworkInterfaces?.[0]?.NetworkInterfaceId);
}

export const addresses: Ec2Operations = {
  AllocateAddress(input, call) {
    const address = add(ADDRESS, call, {
      AllocationId: call.id(ADDRESS.prefix),
      Domain: "vpc",
      NetworkBorderGroup: input.NetworkBorderGroup ?? call.region,
      PublicIp: input.Address ?? newPublicIp(call),
      PublicIpv4Pool: input.PublicIpv4Pool ?? "amazon",
      Tags: tagsFor(ADDRESS, input.TagSpecifications),
    });
    const { Tags: _, ...told } = address;
    return told;
  },

  /** No pages. */
  DescribeAddresses(input, call) {
    const { AllocationIds: ids, PublicIps: ips } = input;
    const named = ids?.map((id) => get(ADDRESS, call, id)) ?? ips?.map((PublicIp) => addressFor(call, { PublicIp }));
    return { Addresses: (named ?? rows(ADDRESS, call).all()).filter((each) => matches(ADDRESS, each, input.Filters)) };
  },

  AssociateAddress(input, call) {
    const address = addressFor(call, input);
    if (address.AssociationId && input.AllowReassociation === false)
      throw new AwsFault(
        "Resource.AlreadyAssociated",
        `resource ${address.AllocationId} is already associated with associate-id ${address.AssociationId}`,
      );
    return { AssociationId: bind(call, address, interfaceFor(call, input)) };
  },

  DisassociateAddress(input, call) {
    const id = input.AssociationId;
    const [address] = id
      ? those(ADDRESS, call, (each) => each.AssociationId === id)
      : [addressFor(call, { PublicIp: input.PublicIp })];
    if (!address)
      throw new AwsFault("InvalidAssociationID.NotFound", `The association ID '${id ?? ""}' does not exist`);
    if (has(NETWORK_INTERFACE, call, address.NetworkInterfaceId)?.RequesterManaged)
      throw new AwsFault("AuthFailure", "You do not have permission to access the specified resource.");
    release(call, address);
  },

  ReleaseAddress(input, call) {
    const address = addressFor(call, input);
    if (address.AssociationId) throw new AwsFault("InvalidIPAddress.InUse", `Address ${address.PublicIp} is in use.`);
    remove(ADDRESS, call, address.AllocationId);
  },
};
