import type { SecurityGroup } from "@aws-sdk/client-ec2";
import { AwsFault, type Call, type Stored } from "../../service.ts";
import { SECURITY_GROUP, VPC } from "./network-kinds.ts";
import { addPeer, normalised, type Permission, peersOf, removePeer, rulesOf } from "./permissions.ts";
import { type Ec2Operations, get, has, pageOf, rows } from "./rows.ts";
import { groupFor } from "./security-groups.ts";

type Group = Stored<SecurityGroup>;
type Side = "IpPermissions" | "IpPermissionsEgress";

/** What the four authorize and revoke actions are given; the old way names one range outside IpPermissions. */
interface RuleRequest {
  readonly GroupId?: string | undefined;
  readonly GroupName?: string | undefined;
  readonly IpPermissions?: Permission[] | undefined;
  readonly CidrIp?: string | undefined;
  readonly FromPort?: number | undefined;
  readonly ToPort?: number | undefined;
  readonly IpProtocol?: string | undefined;
  readonly SecurityGroupRuleIds?: string[] | undefined;
}

function asked(call: Call, group: Group, request: RuleRequest): Permission[] {
  const { CidrIp, FromPort, ToPort, IpProtocol } = request;
  const old = CidrIp ? [{ FromPort, ToPort, IpProtocol, IpRanges: [{ CidrIp }] }] : [];
  // A reference is stored by id and with its owner, however it was given.
  const pairs = (permission: Permission) =>
    permission.UserIdGroupPairs?.map(({ Description, ...pair }) => ({
      ...(Description === undefined ? {} : { Description }),
      UserId: pair.UserId ?? call.account,
      GroupId: pair.UserId && pair.UserId !== call.account ? pair.GroupId : referenced(call, group, pair).GroupId,
    }));
  return [...(request.IpPermissions ?? []), ...old].map((permission) => {
    const UserIdGroupPairs = pairs(permission);
    return normalised({ ...permission, ...(UserIdGroupPairs ? { UserIdGroupPairs } : {}) });
  });
}

function referenced(
  call: Call,
  group: Group,
  pair: { GroupId?: string | undefined; GroupName?: string | undefined },
): Group {
  if (pair.GroupId === group.GroupId) return group;
  return groupFor(call, pair);
}

/** All or nothing, as AWS does it. */
function authorize(call: Call, side: Side, request: RuleRequest): object {
  const group = groupFor(call, request);
  const draft = structuredClone(group[side] ?? []);
  const before = new Set(rulesOf(call, group).map(({ rule }) => rule.SecurityGroupRuleId));
  for (const permission of asked(call, group, request))
    for (const peer of peersOf(permission))
      if (!addPeer(draft, permission, peer))
        throw new AwsFault("InvalidPermission.Duplicate", `the specified rule "peer: ${peer.name}" already exists`);
  group[side] = draft;
  const made = rulesOf(call, group).map(({ rule }) => rule);
  return { Return: true, SecurityGroupRules: made.filter((rule) => !before.has(rule.SecurityGroupRuleId)) };
}

function byId(call: Call, group: Group, ids: readonly string[]) {
  return ids.map((id) => {
    const found = rulesOf(call, group).find(({ rule }) => rule.SecurityGroupRuleId === id);
    if (!found)
      throw new AwsFault("InvalidSecurityGroupRuleId.NotFound", `The security group rule ID '${id}' does not exist`);
    return found;
  });
}

/**
 * A rule that is not there is an error, but in a default VPC it is only told.
 * Source: EC2 API reference, RevokeSecurityGroupIngress.
 */
function revoke(call: Call, side: Side, request: RuleRequest): object {
  const group = groupFor(call, request);
  const draft = structuredClone(group[side] ?? []);
  const unknown: Permission[] = [];
  for (const { permission, peer } of byId(call, group, request.SecurityGroupRuleIds ?? []))
    removePeer(draft, permission, peer);
  for (const permission of asked(call, group, request))
    for (const peer of peersOf(permission)) if (!removePeer(draft, permission, peer)) unknown.push(permission);
  if (unknown.length > 0 && !has(VPC, call, group.VpcId)?.IsDefault)
    throw new AwsFault("InvalidPermission.NotFound", "The specified rule does not exist in this security group.");
  group[side] = draft;
  return { Return: true, UnknownIpPermissions: unknown };
}

function describe(call: Call, side: Side, request: RuleRequest): object {
  const group = groupFor(call, request);
  for (const permission of asked(call, group, request))
    for (const peer of peersOf(permission)) {
      if (!removePeer(group[side] ?? [], permission, peer))
        throw new AwsFault("InvalidPermission.NotFound", "The specified rule does not exist in this security group.");
      addPeer(group[side] ?? [], permission, peer);
    }
  return { Return: true };
}

export const securityGroupRules: Ec2Operations = {
  AuthorizeSecurityGroupIngress: (input, call) => authorize(call, "IpPermissions", input),
  AuthorizeSecurityGroupEgress: (input, call) => authorize(call, "IpPermissionsEgress", input),
  RevokeSecurityGroupIngress: (input, call) => revoke(call, "IpPermissions", input),
  RevokeSecurityGroupEgress: (input, call) => revoke(call, "IpPermissionsEgress", input),
  UpdateSecurityGroupRuleDescriptionsIngress: (input, call) => describe(call, "IpPermissions", input),
  UpdateSecurityGroupRuleDescriptionsEgress: (input, call) => describe(call, "IpPermissionsEgress", input),

  DescribeSecurityGroupRules(input, call) {
    const groups = input.Filters?.find((filter) => filter.Name === "group-id")?.Values;
    const all = (groups ? groups.map((id) => get(SECURITY_GROUP, call, id)) : rows(SECURITY_GROUP, call).all())
      .flatMap((group) => rulesOf(call, group).map(({ rule }) => rule))
      .filter((rule) => input.SecurityGroupRuleIds?.includes(rule.SecurityGroupRuleId ?? "") ?? true);
    const { items, next } = pageOf(all, input);
    return { SecurityGroupRules: items, NextToken: next };
  },

  DescribeSecurityGroupReferences(input, call) {
    const wanted = input.GroupId ?? [];
    const refers = (group: Group, id: string) =>
      group.GroupId !== id && rulesOf(call, group).some(({ rule }) => rule.ReferencedGroupInfo?.GroupId === id);
    return {
      SecurityGroupReferenceSet: wanted.flatMap((id) =>
        rows(SECURITY_GROUP, call)
          .all()
          .filter((group) => refers(group, id))
          .map((group) => ({ GroupId: id, ReferencingVpcId: group.VpcId })),
      ),
    };
  },
};
