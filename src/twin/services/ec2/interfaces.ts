import type { NetworkInterface, NetworkInterfaceAssociation, Subnet, Tag } from "@aws-sdk/client-ec2";
import { AwsFault, type Call, type Stored } from "../../service.ts";
import { ipText, parseCidr, sizeOf } from "./cidr.ts";
import { ADDRESS } from "./compute-kinds.ts";
import { NETWORK_INTERFACE, SECURITY_GROUP, SUBNET } from "./network-kinds.ts";
import { blackhole } from "./routing.ts";
import { add, get, has, remove, those } from "./rows.ts";
import { vpcSettings } from "./vpc-settings.ts";

/** What a new network interface is asked to be. */
export interface NewInterface {
  readonly subnet: Stored<Subnet>;
  /** Group ids; the VPC's default group when there are none. */
  readonly groups?: readonly string[] | undefined;
  readonly description?: string | undefined;
  readonly privateIp?: string | undefined;
  readonly tags?: Stored<Tag>[];
  /** The AWS service that makes it for itself. */
  readonly requester?: string;
  readonly interfaceType?: NetworkInterface["InterfaceType"];
}

/** AWS keeps the first four addresses of a subnet and the last. Source: VPC user guide, "Subnet CIDR blocks". */
const RESERVED = 4;

function takeAddress(call: Call, subnet: Stored<Subnet>): string {
  const id = subnet.SubnetId ?? "";
  const counters = call.table<{ next: number }>("ec2.address-counter");
  const counter = counters.get(id) ?? counters.put(id, { next: RESERVED });
  const block = parseCidr(subnet.CidrBlock, "InvalidSubnet.Range");
  if (counter.next >= sizeOf(block) - 1)
    throw new AwsFault("InsufficientFreeAddressesInSubnet", `The subnet '${id}' has no free addresses`);
  return ipText(block.first + counter.next++);
}

/** `ip-10-0-0-4.eu-west-1.compute.internal` */
function privateName(call: Call, ip: string): string {
  const domain = call.region === "us-east-1" ? "ec2.internal" : `${call.region}.compute.internal`;
  return `ip-${ip.replaceAll(".", "-")}.${domain}`;
}

/** The name of a public address, which AWS gives only where the VPC's DNS hostnames are on. */
export function publicName(call: Call, ip: string, vpc: string | undefined): string {
  if (!vpcSettings(call, vpc).enableDnsHostnames) return "";
  const domain = call.region === "us-east-1" ? "compute-1.amazonaws.com" : `${call.region}.compute.amazonaws.com`;
  return `ec2-${ip.replaceAll(".", "-")}.${domain}`;
}

export function newPublicIp(call: Call): string {
  const bytes = Buffer.from(call.id("", 6), "hex");
  return ["54", ...bytes].join(".");
}

/** A public address of Amazon's pool, for as long as the instance runs. */
export function lend(call: Call, vpc: string | undefined): Stored<NetworkInterfaceAssociation> {
  const PublicIp = newPublicIp(call);
  return { IpOwnerId: "amazon", PublicIp, PublicDnsName: publicName(call, PublicIp, vpc) };
}

/** Gives the primary address of an interface a public one, or takes it away. */
export function associate(each: Stored<NetworkInterface>, association?: Stored<NetworkInterfaceAssociation>): void {
  each.Association = association;
  const [primary] = each.PrivateIpAddresses ?? [];
  if (primary) primary.Association = association;
}

export function groupsIn(call: Call, vpc: string | undefined, ids: readonly string[] | undefined) {
  const found = ids?.length
    ? ids.map((id) => get(SECURITY_GROUP, call, id))
    : those(SECURITY_GROUP, call, (group) => group.VpcId === vpc && group.GroupName === "default");
  const stray = found.find((group) => group.VpcId !== vpc);
  if (stray)
    throw new AwsFault(
      "InvalidParameter",
      `The security group ${stray.GroupId} and the subnet belong to different networks.`,
    );
  return found.map(({ GroupId, GroupName }) => ({ GroupId, GroupName }));
}

export function newInterface(call: Call, asked: NewInterface): Stored<NetworkInterface> {
  const { subnet } = asked;
  const groups = groupsIn(call, subnet.VpcId, asked.groups);
  const ip = asked.privateIp ?? takeAddress(call, subnet);
  const PrivateDnsName = privateName(call, ip);
  subnet.AvailableIpAddressCount = (subnet.AvailableIpAddressCount ?? 1) - 1;
  return add(NETWORK_INTERFACE, call, {
    NetworkInterfaceId: call.id(NETWORK_INTERFACE.prefix),
    AvailabilityZone: subnet.AvailabilityZone,
    AvailabilityZoneId: subnet.AvailabilityZoneId,
    Description: asked.description ?? "",
    Groups: groups,
    InterfaceType: asked.interfaceType ?? "interface",
    Ipv6Addresses: [],
    MacAddress: `02:${call.id("", 10).replace(/(..)(?=.)/g, "$1:")}`,
    OwnerId: call.account,
    PrivateDnsName,
    PrivateIpAddress: ip,
    PrivateIpAddresses: [{ Primary: true, PrivateDnsName, PrivateIpAddress: ip }],
    ...(asked.requester ? { RequesterId: asked.requester } : {}),
    RequesterManaged: asked.requester !== undefined,
    SourceDestCheck: asked.requester === undefined,
    Status: asked.requester ? "in-use" : "available",
    SubnetId: subnet.SubnetId,
    TagSet: asked.tags ?? [],
    VpcId: subnet.VpcId,
  });
}

/** Deletes an interface: its address is free again, its Elastic IP address stands alone, routes to it lead nowhere. */
export function dropInterface(call: Call, id: string | undefined): void {
  const each = has(NETWORK_INTERFACE, call, id);
  if (!each) return;
  const address = has(ADDRESS, call, each.Association?.AllocationId);
  if (address) unbind(address);
  const subnet = has(SUBNET, call, each.SubnetId);
  if (subnet) subnet.AvailableIpAddressCount = (subnet.AvailableIpAddressCount ?? 0) + 1;
  blackhole(call, "NetworkInterfaceId", id);
  remove(NETWORK_INTERFACE, call, id);
}

/** The members of an address that tell its association. */
const BINDING = [
  "AssociationId",
  "InstanceId",
  "NetworkInterfaceId",
  "NetworkInterfaceOwnerId",
  "PrivateIpAddress",
] as const;

export function unbind(address: { [member in (typeof BINDING)[number]]?: string | undefined }): void {
  for (const member of BINDING) delete address[member];
}
