import { IAMClient, paginateGetAccountAuthorizationDetails, type RoleDetail } from "@aws-sdk/client-iam";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { parseDocument, tagsOf, without } from "../reading.ts";

/** One call gives a thousand roles with policies and tags; ListRoles has neither. */
async function* roles(scope: ReadScope): AsyncGenerator<Found> {
  const paging = { client: scope.client(IAMClient), pageSize: scope.pageSize(1000) };
  for await (const page of paginateGetAccountAuthorizationDetails(paging, { Filter: ["Role"] }))
    for (const role of page.RoleDetailList ?? []) yield found(role);
}

function found(role: RoleDetail): Found {
  return {
    id: role.RoleName ?? "",
    arn: role.Arn,
    createdAt: role.CreateDate,
    tags: tagsOf(role.Tags),
    configuration: {
      ...without(role, "Tags", "RoleName", "Arn", "CreateDate", "RolePolicyList", "InstanceProfileList"),
      AssumeRolePolicyDocument: parseDocument(role.AssumeRolePolicyDocument),
      InlinePolicies: Object.fromEntries(
        (role.RolePolicyList ?? []).map((policy) => [policy.PolicyName, parseDocument(policy.PolicyDocument)]),
      ),
      InstanceProfiles: role.InstanceProfileList?.map((profile) => profile.InstanceProfileName),
    },
  };
}

export default {
  list: (scope) => roles(scope),

  async read(scope, id) {
    for await (const role of roles(scope)) if (role.id === id) return role;
    return undefined;
  },
} satisfies Entry;
