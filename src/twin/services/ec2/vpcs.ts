import type { Tag, Vpc } from "@aws-sdk/client-ec2";
import { AwsFault, type Call, type Stored } from "../../service.ts";
import { parseCidr } from "./cidr.ts";
import { newAcl } from "./network-acls.ts";
import {
  INTERNET_GATEWAY,
  NAT_GATEWAY,
  NETWORK_ACL,
  NETWORK_INTERFACE,
  ROUTE_TABLE,
  SECURITY_GROUP,
  SUBNET,
  VPC,
  VPC_ENDPOINT,
} from "./network-kinds.ts";
import { newRouteTable } from "./route-tables.ts";
import { add, type Ec2Operations, get, list, remove, tagsFor, those } from "./rows.ts";
import { newSecurityGroup } from "./security-groups.ts";
import { endPeerings } from "./vpc-peering.ts";
import { defaultDhcpOptions, type VpcSettings, vpcSettings } from "./vpc-settings.ts";

interface NewVpc {
  readonly cidr: string;
  readonly isDefault?: boolean;
  readonly tenancy?: Vpc["InstanceTenancy"];
  readonly tags?: Stored<Tag>[];
}

/** A VPC comes with a main route table and a default security group. */
export function newVpc(call: Call, asked: NewVpc): Stored<Vpc> {
  parseCidr(asked.cidr, "InvalidVpc.Range");
  const VpcId = call.id(VPC.prefix);
  const vpc = add(VPC, call, {
    VpcId,
    OwnerId: call.account,
    CidrBlock: asked.cidr,
    CidrBlockAssociationSet: [
      { AssociationId: call.id("vpc-cidr-assoc-"), CidrBlock: asked.cidr, CidrBlockState: { State: "associated" } },
    ],
    Ipv6CidrBlockAssociationSet: [],
    DhcpOptionsId: defaultDhcpOptions(call),
    InstanceTenancy: asked.tenancy ?? "default",
    IsDefault: asked.isDefault ?? false,
    State: "available",
    Tags: asked.tags ?? [],
  });
  vpcSettings(call, VpcId).enableDnsHostnames = asked.isDefault ?? false;
  newRouteTable(call, vpc, { main: true });
  newAcl(call, VpcId, true);
  newSecurityGroup(call, { vpc: VpcId, name: "default", description: "default VPC security group" });
  return vpc;
}

/** What must go before a VPC can. Source: VPC user guide, "Delete your VPC". */
function dependentOf(call: Call, id: string): object | undefined {
  const [dependent] = [
    ...those(SUBNET, call, (each) => each.VpcId === id),
    ...those(SECURITY_GROUP, call, (each) => each.VpcId === id && each.GroupName !== "default"),
    ...those(ROUTE_TABLE, call, (each) => each.VpcId === id && !each.Associations?.some(({ Main }) => Main)),
    ...those(INTERNET_GATEWAY, call, (each) => (each.Attachments ?? []).some(({ VpcId }) => VpcId === id)),
    ...those(NETWORK_INTERFACE, call, (each) => each.VpcId === id),
    ...those(NETWORK_ACL, call, (each) => each.VpcId === id && !each.IsDefault),
    ...those(NAT_GATEWAY, call, (each) => each.VpcId === id && each.State !== "deleted"),
    ...those(VPC_ENDPOINT, call, (each) => each.VpcId === id),
  ];
  return dependent;
}

const NAMES = ["enableDnsSupport", "enableDnsHostnames", "enableNetworkAddressUsageMetrics"] as const;

export const vpcs: Ec2Operations = {
  CreateVpc(input, call) {
    const tenancy = input.InstanceTenancy;
    const tags = tagsFor(VPC, input.TagSpecifications);
    return { Vpc: newVpc(call, { cidr: input.CidrBlock ?? "", tags, ...(tenancy ? { tenancy } : {}) }) };
  },

  DescribeVpcs(input, call) {
    const { items, next } = list(VPC, call, { ids: input.VpcIds, ...input });
    return { Vpcs: items, NextToken: next };
  },

  DeleteVpc(input, call) {
    const id = get(VPC, call, input.VpcId).VpcId ?? "";
    if (dependentOf(call, id))
      throw new AwsFault("DependencyViolation", `The vpc '${id}' has dependencies and cannot be deleted.`);
    for (const group of those(SECURITY_GROUP, call, (each) => each.VpcId === id))
      remove(SECURITY_GROUP, call, group.GroupId);
    for (const table of those(ROUTE_TABLE, call, (each) => each.VpcId === id))
      remove(ROUTE_TABLE, call, table.RouteTableId);
    for (const acl of those(NETWORK_ACL, call, (each) => each.VpcId === id))
      remove(NETWORK_ACL, call, acl.NetworkAclId);
    endPeerings(call, id);
    remove(VPC, call, id);
  },

  DescribeVpcAttribute(input, call) {
    const { VpcId } = get(VPC, call, input.VpcId);
    const name = NAMES.find((each) => each === input.Attribute);
    if (!name)
      throw new AwsFault("InvalidParameterValue", `Value (${input.Attribute}) for parameter attribute is invalid.`);
    const member = name[0]?.toUpperCase() + name.slice(1);
    return { VpcId, [member]: { Value: vpcSettings(call, VpcId)[name] } };
  },

  ModifyVpcAttribute(input, call) {
    const settings: VpcSettings = vpcSettings(call, get(VPC, call, input.VpcId).VpcId);
    settings.enableDnsSupport = input.EnableDnsSupport?.Value ?? settings.enableDnsSupport;
    settings.enableDnsHostnames = input.EnableDnsHostnames?.Value ?? settings.enableDnsHostnames;
    settings.enableNetworkAddressUsageMetrics =
      input.EnableNetworkAddressUsageMetrics?.Value ?? settings.enableNetworkAddressUsageMetrics;
  },

  ModifyVpcTenancy(input, call) {
    get(VPC, call, input.VpcId).InstanceTenancy = input.InstanceTenancy;
    return { ReturnValue: true };
  },

  AssociateDhcpOptions(input, call) {
    get(VPC, call, input.VpcId).DhcpOptionsId = input.DhcpOptionsId;
  },

  AssociateVpcCidrBlock(input, call) {
    const vpc = get(VPC, call, input.VpcId);
    parseCidr(input.CidrBlock, "InvalidVpc.Range");
    const association = {
      AssociationId: call.id("vpc-cidr-assoc-"),
      CidrBlock: input.CidrBlock,
      CidrBlockState: { State: "associated" as const },
    };
    vpc.CidrBlockAssociationSet = [...(vpc.CidrBlockAssociationSet ?? []), association];
    return { VpcId: vpc.VpcId, CidrBlockAssociation: association };
  },

  DisassociateVpcCidrBlock(input, call) {
    const id = input.AssociationId;
    const [vpc] = those(VPC, call, (each) =>
      (each.CidrBlockAssociationSet ?? []).some((one) => one.AssociationId === id),
    );
    if (!vpc)
      throw new AwsFault("InvalidVpcCidrBlockAssociationID.NotFound", `The association ID '${id}' does not exist`);
    const gone = vpc.CidrBlockAssociationSet?.find((one) => one.AssociationId === id);
    vpc.CidrBlockAssociationSet = vpc.CidrBlockAssociationSet?.filter((one) => one !== gone);
    return { VpcId: vpc.VpcId, CidrBlockAssociation: gone };
  },
};
