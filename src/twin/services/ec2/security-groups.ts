import type { SecurityGroup, Tag } from "@aws-sdk/client-ec2";
import { AwsFault, type Call, type Stored } from "../../service.ts";
import { holdsGroup } from "./holders.ts";
import { NETWORK_INTERFACE, SECURITY_GROUP, VPC } from "./network-kinds.ts";
import { peersOf } from "./permissions.ts";
import { add, type Ec2Operations, get, list, remove, tagsFor, those } from "./rows.ts";

interface NewGroup {
  readonly vpc: string;
  readonly name: string;
  readonly description: string;
  readonly tags?: Stored<Tag>[];
}

/** Everything may leave a new group; nothing may enter but, in a default group, what belongs to it. */
export function newSecurityGroup(call: Call, asked: NewGroup): Stored<SecurityGroup> {
  const GroupId = call.id(SECURITY_GROUP.prefix);
  const all = { IpProtocol: "-1", Ipv6Ranges: [], PrefixListIds: [] };
  const self = { ...all, IpRanges: [], UserIdGroupPairs: [{ GroupId, UserId: call.account }] };
  return add(SECURITY_GROUP, call, {
    GroupId,
    Description: asked.description,
    GroupName: asked.name,
    IpPermissions: asked.name === "default" ? [self] : [],
    IpPermissionsEgress: [{ ...all, IpRanges: [{ CidrIp: "0.0.0.0/0" }], UserIdGroupPairs: [] }],
    OwnerId: call.account,
    SecurityGroupArn: call.arn("ec2", `security-group/${GroupId}`),
    Tags: asked.tags ?? [],
    VpcId: asked.vpc,
  });
}

function defaultVpcId(call: Call): string {
  const [vpc] = those(VPC, call, (each) => each.IsDefault === true);
  if (!vpc?.VpcId) throw new AwsFault("VPCIdNotSpecified", "No default VPC for this user");
  return vpc.VpcId;
}

/** A group by its id or, in the default VPC, by its name. */
export function groupFor(
  call: Call,
  { GroupId, GroupName }: { GroupId?: string | undefined; GroupName?: string | undefined },
) {
  if (GroupId) return get(SECURITY_GROUP, call, GroupId);
  const vpc = defaultVpcId(call);
  const [group] = those(SECURITY_GROUP, call, (each) => each.VpcId === vpc && each.GroupName === GroupName);
  if (!group)
    throw new AwsFault(
      "InvalidGroup.NotFound",
      `The security group '${GroupName ?? ""}' does not exist in default VPC '${vpc}'`,
    );
  return group;
}

function isReferenced(call: Call, id: string | undefined): boolean {
  const refers = (group: Stored<SecurityGroup>) =>
    [...(group.IpPermissions ?? []), ...(group.IpPermissionsEgress ?? [])].some((permission) =>
      peersOf(permission).some((peer) => peer.list === "UserIdGroupPairs" && peer.name === id),
    );
  return those(SECURITY_GROUP, call, (group) => group.GroupId !== id && refers(group)).length > 0;
}

export const securityGroups: Ec2Operations = {
  CreateSecurityGroup(input, call) {
    const vpc = input.VpcId ? (get(VPC, call, input.VpcId).VpcId ?? "") : defaultVpcId(call);
    const name = input.GroupName ?? "";
    if (those(SECURITY_GROUP, call, (each) => each.VpcId === vpc && each.GroupName === name).length > 0)
      throw new AwsFault("InvalidGroup.Duplicate", `The security group '${name}' already exists for VPC '${vpc}'`);
    if (name.startsWith("sg-"))
      throw new AwsFault("InvalidParameterValue", "Invalid value for group name: it can't start with 'sg-'");
    const tags = tagsFor(SECURITY_GROUP, input.TagSpecifications);
    const group = newSecurityGroup(call, { vpc, name, description: input.Description ?? "", tags });
    return { GroupId: group.GroupId, SecurityGroupArn: group.SecurityGroupArn, Tags: tags };
  },

  DescribeSecurityGroups(input, call) {
    const named = input.GroupNames?.map((GroupName) => groupFor(call, { GroupName }).GroupId ?? "");
    const { items, next } = list(SECURITY_GROUP, call, { ids: input.GroupIds ?? named, ...input });
    return { SecurityGroups: items, NextToken: next };
  },

  DeleteSecurityGroup(input, call) {
    const { GroupId, GroupName } = groupFor(call, input);
    if (GroupName === "default")
      throw new AwsFault(
        "CannotDelete",
        `the specified group: "${GroupId}" name: "default" cannot be deleted by a user`,
      );
    const uses = those(NETWORK_INTERFACE, call, (each) =>
      (each.Groups ?? []).some((group) => group.GroupId === GroupId),
    );
    if (uses.length > 0 || isReferenced(call, GroupId) || holdsGroup(call, GroupId))
      throw new AwsFault("DependencyViolation", `resource ${GroupId} has a dependent object`);
    remove(SECURITY_GROUP, call, GroupId);
    return { Return: true, GroupId };
  },
};
