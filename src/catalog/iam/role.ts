import {
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  paginateListAttachedRolePolicies,
  paginateListInstanceProfilesForRole,
  paginateListRolePolicies,
  paginateListRoles,
  type Role,
  type RoleDetail,
} from "@aws-sdk/client-iam";
import type { UnknownPart } from "../../model/resource.ts";
import { free } from "../charges.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { collect, orGone, parseDocument, readParts, tagsOf, unknownOf, without } from "../reading.ts";
import { authorizationDetails, boundary, inlineDocuments, readInline } from "./details.ts";
import { removal } from "./role-removal.ts";

/** What the details lack. */
type Rest = Pick<Role, "Description" | "MaxSessionDuration">;
const REST = ["Description", "MaxSessionDuration"] as const;

async function restByName(scope: ReadScope): Promise<ReadonlyMap<string, Rest>> {
  const paging = { client: scope.client(IAMClient), pageSize: scope.pageSize(1000) };
  const roles = await collect(paginateListRoles(paging, {}), (page) => page.Roles);
  return new Map(roles.map((role) => [role.RoleName ?? "", role]));
}

async function* list(scope: ReadScope): AsyncGenerator<Found> {
  const { values, unknown } = await readParts({ rest: () => restByName(scope) });
  // A role made between the two listings.
  const reason = unknown[0]?.reason ?? "the role was made while roles were being read";
  const unseen = REST.map((path) => ({ path, reason }));
  for await (const page of authorizationDetails(scope, "Role"))
    for (const role of page.RoleDetailList ?? []) {
      const rest = values.rest?.get(role.RoleName ?? "");
      yield rest ? found(role, rest) : found(role, {}, unseen);
    }
}

function found(
  role: RoleDetail,
  { Description, MaxSessionDuration }: Rest,
  unknown: readonly UnknownPart[] = [],
): Found {
  return {
    id: role.RoleName ?? "",
    arn: role.Arn,
    createdAt: role.CreateDate,
    tags: tagsOf(role.Tags),
    configuration: {
      ...without(role, "Tags", "RoleName", "Arn", "CreateDate", "RolePolicyList", "InstanceProfileList"),
      Description,
      MaxSessionDuration,
      AssumeRolePolicyDocument: parseDocument(role.AssumeRolePolicyDocument),
      InlinePolicies: inlineDocuments(role.RolePolicyList),
      InstanceProfiles: role.InstanceProfileList?.map((profile) => profile.InstanceProfileName),
      PermissionsBoundary: boundary(role.PermissionsBoundary),
    },
    ...unknownOf(unknown),
  };
}

async function describe(scope: ReadScope, RoleName: string): Promise<Found> {
  const client = scope.client(IAMClient);
  const paging = { client, pageSize: scope.pageSize(1000) };
  const [answer, names, attached, profiles] = await Promise.all([
    client.send(new GetRoleCommand({ RoleName })),
    collect(paginateListRolePolicies(paging, { RoleName }), (page) => page.PolicyNames),
    collect(paginateListAttachedRolePolicies(paging, { RoleName }), (page) => page.AttachedPolicies),
    collect(paginateListInstanceProfilesForRole(paging, { RoleName }), (page) => page.InstanceProfiles),
  ]);
  const role = answer.Role as Role;
  const inline = await readInline(names, (PolicyName) =>
    client.send(new GetRolePolicyCommand({ RoleName, PolicyName })),
  );
  const detail: RoleDetail = {
    ...without(role, "Description", "MaxSessionDuration", "SourceRoleTemplate"),
    RolePolicyList: inline,
    AttachedManagedPolicies: attached,
    InstanceProfileList: profiles,
  };
  return found(detail, role);
}

export default {
  list,
  read: (scope, id) => orGone(describe(scope, id)),
  removal,
  charges: free,
} satisfies Entry;
