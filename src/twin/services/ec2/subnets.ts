import type { Subnet, Tag, Vpc } from "@aws-sdk/client-ec2";
import { AwsFault, type Call, type Stored } from "../../service.ts";
import { holds, overlap, parseCidr, sizeOf } from "./cidr.ts";
import { holdsSubnet } from "./holders.ts";
import { guardSubnet, unguardSubnet } from "./network-acls.ts";
import { NETWORK_INTERFACE, ROUTE_TABLE, SUBNET, VPC } from "./network-kinds.ts";
import { zone } from "./regions.ts";
import { add, type Ec2Operations, get, list, remove, rows, tagsFor, those } from "./rows.ts";

interface NewSubnet {
  readonly vpc: Stored<Vpc>;
  readonly cidr: string;
  readonly zone?: string | undefined;
  readonly isDefault?: boolean;
  readonly tags?: Stored<Tag>[];
}

export function newSubnet(call: Call, asked: NewSubnet): Stored<Subnet> {
  const { vpc, isDefault = false } = asked;
  const block = parseCidr(asked.cidr, "InvalidSubnet.Range");
  const outer = vpc.CidrBlockAssociationSet?.map((each) => parseCidr(each.CidrBlock, "InvalidSubnet.Range")) ?? [];
  if (!outer.some((each) => holds(each, block)))
    throw new AwsFault("InvalidSubnet.Range", `The CIDR '${asked.cidr}' is invalid.`);
  const others = those(SUBNET, call, (each) => each.VpcId === vpc.VpcId);
  if (others.some((each) => overlap(parseCidr(each.CidrBlock, "InvalidSubnet.Range"), block)))
    throw new AwsFault("InvalidSubnet.Conflict", `The CIDR '${asked.cidr}' conflicts with another subnet`);
  const { name, id } = zone(call, asked.zone);
  const SubnetId = call.id(SUBNET.prefix);
  guardSubnet(call, vpc.VpcId, SubnetId);
  return add(SUBNET, call, {
    SubnetId,
    SubnetArn: call.arn("ec2", `subnet/${SubnetId}`),
    AssignIpv6AddressOnCreation: false,
    AvailabilityZone: name,
    AvailabilityZoneId: id,
    // AWS keeps five addresses of each subnet.
    AvailableIpAddressCount: sizeOf(block) - 5,
    CidrBlock: asked.cidr,
    DefaultForAz: isDefault,
    EnableDns64: false,
    Ipv6CidrBlockAssociationSet: [],
    Ipv6Native: false,
    MapCustomerOwnedIpOnLaunch: false,
    MapPublicIpOnLaunch: isDefault,
    OwnerId: call.account,
    PrivateDnsNameOptionsOnLaunch: {
      HostnameType: "ip-name",
      EnableResourceNameDnsARecord: false,
      EnableResourceNameDnsAAAARecord: false,
    },
    State: "available",
    Tags: asked.tags ?? [],
    VpcId: vpc.VpcId,
  });
}

export const subnets: Ec2Operations = {
  CreateSubnet(input, call) {
    const vpc = get(VPC, call, input.VpcId);
    const tags = tagsFor(SUBNET, input.TagSpecifications);
    return { Subnet: newSubnet(call, { vpc, cidr: input.CidrBlock ?? "", zone: input.AvailabilityZone, tags }) };
  },

  DescribeSubnets(input, call) {
    const { items, next } = list(SUBNET, call, { ids: input.SubnetIds, ...input });
    return { Subnets: items, NextToken: next };
  },

  DeleteSubnet(input, call) {
    const { SubnetId } = get(SUBNET, call, input.SubnetId);
    if (those(NETWORK_INTERFACE, call, (each) => each.SubnetId === SubnetId).length > 0 || holdsSubnet(call, SubnetId))
      throw new AwsFault("DependencyViolation", `The subnet '${SubnetId}' has dependencies and cannot be deleted.`);
    for (const table of rows(ROUTE_TABLE, call).all())
      table.Associations = table.Associations?.filter((each) => each.SubnetId !== SubnetId);
    unguardSubnet(call, SubnetId);
    remove(SUBNET, call, SubnetId);
  },

  ModifySubnetAttribute(input, call) {
    const subnet = get(SUBNET, call, input.SubnetId);
    subnet.MapPublicIpOnLaunch = input.MapPublicIpOnLaunch?.Value ?? subnet.MapPublicIpOnLaunch;
    subnet.AssignIpv6AddressOnCreation = input.AssignIpv6AddressOnCreation?.Value ?? subnet.AssignIpv6AddressOnCreation;
    subnet.EnableDns64 = input.EnableDns64?.Value ?? subnet.EnableDns64;
    const names = subnet.PrivateDnsNameOptionsOnLaunch ?? {};
    names.HostnameType = input.PrivateDnsHostnameTypeOnLaunch ?? names.HostnameType;
    names.EnableResourceNameDnsARecord =
      input.EnableResourceNameDnsARecordOnLaunch?.Value ?? names.EnableResourceNameDnsARecord;
  },
};
