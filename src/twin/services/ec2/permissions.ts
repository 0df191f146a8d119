import type { IpPermission, SecurityGroup, SecurityGroupRule } from "@aws-sdk/client-ec2";
import type { Call, Stored } from "../../service.ts";
import { derivedId } from "./vpc-settings.ts";

export type Permission = Stored<IpPermission>;

/** One source or destination of a permission: what AWS calls a security group rule. */
interface Peer {
  readonly list: "IpRanges" | "Ipv6Ranges" | "PrefixListIds" | "UserIdGroupPairs";
  readonly name: string;
  readonly value: { Description?: string | undefined };
}

const PEERS = [
  ["IpRanges", "CidrIp"],
  ["Ipv6Ranges", "CidrIpv6"],
  ["PrefixListIds", "PrefixListId"],
  ["UserIdGroupPairs", "GroupId"],
] as const;

/** A permission as the peers it is made of. */
export function peersOf(permission: Permission): Peer[] {
  return PEERS.flatMap(([list, member]) =>
    (permission[list] ?? []).map((value): Peer => {
      return { list, name: String((value as Record<string, unknown>)[member]), value };
    }),
  );
}

const samePorts = (a: Permission, b: Permission) =>
  a.IpProtocol === b.IpProtocol && a.FromPort === b.FromPort && a.ToPort === b.ToPort;

/** AWS keeps one permission per protocol and ports, with all peers in it. Port -1 or none with protocol -1 = all. */
export function normalised(permission: Permission): Permission {
  const { FromPort, ToPort, IpProtocol = "-1" } = permission;
  const names: Readonly<Record<string, string>> = { "6": "tcp", "17": "udp", "1": "icmp", all: "-1" };
  const protocol = names[IpProtocol] ?? IpProtocol;
  return {
    ...permission,
    IpProtocol: protocol,
    ...(protocol === "-1" ? { FromPort: undefined, ToPort: undefined } : { FromPort, ToPort }),
  };
}

/** Adds a peer; false = it was there. */
export function addPeer(permissions: Permission[], of: Permission, peer: Peer): boolean {
  let home = permissions.find((each) => samePorts(each, of));
  if (!home) {
    home = { IpProtocol: of.IpProtocol, FromPort: of.FromPort, ToPort: of.ToPort };
    for (const [list] of PEERS) home[list] = [];
    permissions.push(home);
  }
  if (peersOf(home).some((each) => each.list === peer.list && each.name === peer.name)) return false;
  home[peer.list] = [...(home[peer.list] ?? []), peer.value] as never;
  return true;
}

/** Takes a peer out, and its permission when it was the last; false = it was not there. */
export function removePeer(permissions: Permission[], of: Permission, peer: Peer): boolean {
  const home = permissions.find((each) => samePorts(each, of));
  const found = home && peersOf(home).find((each) => each.list === peer.list && each.name === peer.name);
  if (!home || !found) return false;
  home[peer.list] = (home[peer.list] as unknown[]).filter((each) => each !== found.value) as never;
  if (peersOf(home).length === 0) permissions.splice(permissions.indexOf(home), 1);
  return true;
}

/** The rules of a group with the permission and peer behind each; ids are derived, so that they last as long as the rule. */
export function rulesOf(call: Call, group: Stored<SecurityGroup>) {
  return [false, true].flatMap((IsEgress) =>
    ((IsEgress ? group.IpPermissionsEgress : group.IpPermissions) ?? []).flatMap((permission) =>
      peersOf(permission).map((peer) => ({ permission, peer, rule: ruleOf(call, group, permission, peer, IsEgress) })),
    ),
  );
}

function ruleOf(
  call: Call,
  { GroupId }: Stored<SecurityGroup>,
  permission: Permission,
  peer: Peer,
  IsEgress: boolean,
): Stored<SecurityGroupRule> {
  const { IpProtocol, FromPort = -1, ToPort = -1 } = permission;
  const SecurityGroupRuleId = derivedId(
    "sgr-",
    GroupId,
    String(IsEgress),
    IpProtocol,
    `${FromPort}-${ToPort}`,
    peer.name,
  );
  return {
    SecurityGroupRuleId,
    SecurityGroupRuleArn: call.arn("ec2", `security-group-rule/${SecurityGroupRuleId}`),
    GroupId,
    GroupOwnerId: call.account,
    IsEgress,
    IpProtocol,
    FromPort,
    ToPort,
    Description: peer.value.Description,
    Tags: [],
    ...(peer.list === "IpRanges" ? { CidrIpv4: peer.name } : {}),
    ...(peer.list === "Ipv6Ranges" ? { CidrIpv6: peer.name } : {}),
    ...(peer.list === "PrefixListIds" ? { PrefixListId: peer.name } : {}),
    ...(peer.list === "UserIdGroupPairs" ? { ReferencedGroupInfo: { GroupId: peer.name, UserId: call.account } } : {}),
  };
}
