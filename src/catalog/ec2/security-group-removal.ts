import {
  DeleteSecurityGroupCommand,
  EC2Client,
  type IpPermission,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
  type SecurityGroup,
} from "@aws-sdk/client-ec2";
import type { Found, Removal, WriteScope } from "../contract.ts";

/** The rules that name other groups: while one of them stands, neither group can be deleted. */
function referring(rules: readonly IpPermission[] | undefined, id: string): IpPermission[] {
  return (rules ?? []).flatMap(({ IpProtocol, FromPort, ToPort, UserIdGroupPairs = [] }) => {
    const others = UserIdGroupPairs.filter(({ GroupId }) => GroupId !== id);
    // A name next to the id is refused outside of EC2-Classic.
    const pairs = others.map(({ GroupId, UserId }) => ({ GroupId, UserId }));
    return pairs.length > 0 ? [{ IpProtocol, FromPort, ToPort, UserIdGroupPairs: pairs }] : [];
  });
}

function rulesOf({ id, configuration }: Found) {
  const { IpPermissions, IpPermissionsEgress } = configuration as SecurityGroup;
  return { ingress: referring(IpPermissions, id), egress: referring(IpPermissionsEgress, id) };
}

async function revoke(scope: WriteScope, group: Found): Promise<void> {
  const { ingress, egress } = rulesOf(group);
  const client = scope.writer(EC2Client);
  const rules = (IpPermissions: IpPermission[]) => ({ GroupId: group.id, IpPermissions });
  if (ingress.length > 0) await client.send(new RevokeSecurityGroupIngressCommand(rules(ingress)));
  if (egress.length > 0) await client.send(new RevokeSecurityGroupEgressCommand(rules(egress)));
}

export const removal: Removal = {
  inspect(found) {
    if (found.name === "default") return { refuses: "it is the default group of its VPC, which AWS does not let go" };
    const { ingress, egress } = rulesOf(found);
    return ingress.length + egress.length > 0 ? { needs: ["revoke"] } : {};
  },
  prepare: revoke,
  remove: (scope, { id }) => scope.writer(EC2Client).send(new DeleteSecurityGroupCommand({ GroupId: id })),
};
