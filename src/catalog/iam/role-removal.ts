import {
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  IAMClient,
  type RoleDetail,
} from "@aws-sdk/client-iam";
import type { Removal } from "../contract.ts";
import { hasPolicies, takePolicies } from "./detaching.ts";
import { doubtOfTrust } from "./trust.ts";

/** Roles of AWS's own, by path. Source: IAM user guide, "Service-linked roles"; Identity Center user guide, "Permission sets". */
const OWNERS: readonly (readonly [path: string, why: string])[] = [
  ["/aws-service-role/", "it is a service-linked role, which its service deletes"],
  ["/aws-reserved/", "it belongs to IAM Identity Center, which deletes it with its permission set"],
];

/** IAM keeps track of the last 400 days. Source: IAM user guide, "Refine permissions using last accessed information". */
function lastUse({ RoleLastUsed: used }: RoleDetail): string {
  if (!used?.LastUsedDate) return "no use in the last 400 days";
  return `last used on ${new Date(used.LastUsedDate).toISOString().slice(0, 10)} in ${used.Region}`;
}

export const removal: Removal = {
  inspect(found) {
    const role = found.configuration as Omit<RoleDetail, "AssumeRolePolicyDocument"> & {
      readonly AssumeRolePolicyDocument?: unknown;
    };
    const refuses =
      OWNERS.find(([path]) => role.Path?.startsWith(path))?.[1] ?? doubtOfTrust(role.AssumeRolePolicyDocument);
    return {
      words: lastUse(found.configuration as RoleDetail),
      identity: { RoleId: role.RoleId ?? null },
      ...(refuses ? { refuses } : {}),
      ...(hasPolicies(found) ? { needs: ["detach"] } : {}),
    };
  },
  prepare(scope, found) {
    const client = scope.writer(IAMClient);
    const RoleName = found.id;
    return takePolicies(found, {
      detach: (PolicyArn) => client.send(new DetachRolePolicyCommand({ RoleName, PolicyArn })),
      delete: (PolicyName) => client.send(new DeleteRolePolicyCommand({ RoleName, PolicyName })),
      unbound: () => client.send(new DeleteRolePermissionsBoundaryCommand({ RoleName })),
    });
  },
  remove: (scope, { id }) => scope.writer(IAMClient).send(new DeleteRoleCommand({ RoleName: id })),
};
