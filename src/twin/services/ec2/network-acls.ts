import type { NetworkAcl, NetworkAclAssociation, Tag } from "@aws-sdk/client-ec2";
import { AwsFault, type Call, type Stored } from "../../service.ts";
import { NETWORK_ACL, SUBNET, VPC } from "./network-kinds.ts";
import { add, type Ec2Operations, get, list, remove, tagsFor, those } from "./rows.ts";

type Acl = Stored<NetworkAcl>;

const entry = (RuleNumber: number, RuleAction: "allow" | "deny", Egress: boolean) => ({
  CidrBlock: "0.0.0.0/0",
  Egress,
  Protocol: "-1",
  RuleAction,
  RuleNumber,
});

/** A default one lets everything pass, any other nothing. Source: VPC user guide, "Network ACLs". */
export function newAcl(call: Call, vpc: string | undefined, IsDefault: boolean, tags: Stored<Tag>[] = []): Acl {
  const last = [true, false].map((egress) => entry(32_767, "deny", egress));
  const open = [true, false].map((egress) => entry(100, "allow", egress));
  return add(NETWORK_ACL, call, {
    NetworkAclId: call.id(NETWORK_ACL.prefix),
    Associations: [],
    Entries: IsDefault ? [...open, ...last] : last,
    IsDefault,
    OwnerId: call.account,
    Tags: tags,
    VpcId: vpc,
  });
}

/** A new subnet is its VPC's default ACL's. */
export function guardSubnet(call: Call, vpc: string | undefined, subnet: string): void {
  const [acl] = those(NETWORK_ACL, call, (each) => each.VpcId === vpc && each.IsDefault === true);
  if (acl) associate(call, acl, subnet);
}

function associate(call: Call, acl: Acl, SubnetId: string | undefined): string {
  const NetworkAclAssociationId = call.id("aclassoc-");
  const made = { NetworkAclAssociationId, NetworkAclId: acl.NetworkAclId, SubnetId };
  acl.Associations = [...(acl.Associations ?? []), made];
  return NetworkAclAssociationId;
}

/** Ends the association of a subnet that goes. */
export function unguardSubnet(call: Call, subnet: string | undefined): void {
  for (const acl of those(NETWORK_ACL, call, () => true))
    acl.Associations = acl.Associations?.filter(({ SubnetId }) => SubnetId !== subnet);
}

function associationAt(call: Call, id: string | undefined): { acl: Acl; association: Stored<NetworkAclAssociation> } {
  for (const acl of those(NETWORK_ACL, call, () => true)) {
    const association = acl.Associations?.find(({ NetworkAclAssociationId }) => NetworkAclAssociationId === id);
    if (association) return { acl, association };
  }
  throw new AwsFault("InvalidAssociationID.NotFound", `The association ID '${id ?? ""}' does not exist`);
}

const entryOf = ({ Entries = [] }: Acl, asked: { RuleNumber?: number | undefined; Egress?: boolean | undefined }) =>
  Entries.find(({ RuleNumber, Egress }) => RuleNumber === asked.RuleNumber && Egress === asked.Egress);

export const networkAcls: Ec2Operations = {
  CreateNetworkAcl(input, call) {
    const { VpcId } = get(VPC, call, input.VpcId);
    return { NetworkAcl: newAcl(call, VpcId, false, tagsFor(NETWORK_ACL, input.TagSpecifications)) };
  },

  DescribeNetworkAcls(input, call) {
    const { items, next } = list(NETWORK_ACL, call, { ids: input.NetworkAclIds, ...input });
    return { NetworkAcls: items, NextToken: next };
  },

  /** Source: EC2 API reference, DeleteNetworkAcl: not while subnets are associated with it, and never the default one. */
  DeleteNetworkAcl(input, call) {
    const acl = get(NETWORK_ACL, call, input.NetworkAclId);
    if (acl.IsDefault)
      throw new AwsFault("InvalidParameterValue", `cannot delete default network ACL ${acl.NetworkAclId}`);
    if (acl.Associations?.length)
      throw new AwsFault(
        "DependencyViolation",
        `The networkAcl '${acl.NetworkAclId}' has dependencies and cannot be deleted.`,
      );
    remove(NETWORK_ACL, call, acl.NetworkAclId);
  },

  ReplaceNetworkAclAssociation(input, call) {
    const { acl, association } = associationAt(call, input.AssociationId);
    const target = get(NETWORK_ACL, call, input.NetworkAclId);
    const { VpcId } = get(SUBNET, call, association.SubnetId);
    if (target.VpcId !== VpcId)
      throw new AwsFault(
        "InvalidParameterValue",
        `The network ACL ${target.NetworkAclId} and the subnet belong to different networks.`,
      );
    acl.Associations = acl.Associations?.filter((each) => each !== association);
    return { NewAssociationId: associate(call, target, association.SubnetId) };
  },

  CreateNetworkAclEntry(input, call) {
    const acl = get(NETWORK_ACL, call, input.NetworkAclId);
    if (entryOf(acl, input))
      throw new AwsFault("NetworkAclEntryAlreadyExists", `The rule number ${input.RuleNumber} is already in use.`);
    const { CidrBlock, Egress, Protocol, RuleAction, RuleNumber, PortRange } = input;
    acl.Entries = [...(acl.Entries ?? []), { CidrBlock, Egress, Protocol, RuleAction, RuleNumber, PortRange }];
  },

  DeleteNetworkAclEntry(input, call) {
    const acl = get(NETWORK_ACL, call, input.NetworkAclId);
    const gone = entryOf(acl, input);
    if (!gone)
      throw new AwsFault("InvalidNetworkAclEntry.NotFound", `no rule ${input.RuleNumber} in ${acl.NetworkAclId}`);
    acl.Entries = acl.Entries?.filter((each) => each !== gone);
  },
};
