import {
  GetLoginProfileCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  IAMClient,
  paginateListAccessKeys,
  paginateListAttachedUserPolicies,
  paginateListGroupsForUser,
  paginateListMFADevices,
  paginateListUserPolicies,
  type User,
  type UserDetail,
} from "@aws-sdk/client-iam";
import { free } from "../charges.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { collect, inParallel, orGone, readParts, tagsOf, unknownOf, without } from "../reading.ts";
import { authorizationDetails, boundary, inlineDocuments, readInline } from "./details.ts";
import { removal } from "./user-removal.ts";

async function* users(scope: ReadScope): AsyncGenerator<UserDetail> {
  for await (const page of authorizationDetails(scope, "User")) yield* page.UserDetailList ?? [];
}

/** Keys, password and MFA: no call has them for more than one user that is not hours old, as the credential report is. */
function credentials(scope: ReadScope, UserName: string) {
  const client = scope.client(IAMClient);
  const paging = { client, pageSize: scope.pageSize(1000) };
  return readParts({
    AccessKeys: async () => {
      const keys = await collect(paginateListAccessKeys(paging, { UserName }), (page) => page.AccessKeyMetadata);
      return keys.map((key) => without(key, "UserName"));
    },
    LoginProfile: async () => {
      // A user without a password and a user that is gone get the same answer; the other calls tell the latter.
      const answer = await orGone(client.send(new GetLoginProfileCommand({ UserName })));
      return answer?.LoginProfile && { PasswordResetRequired: answer.LoginProfile.PasswordResetRequired };
    },
    MFADevices: async () => {
      const devices = await collect(paginateListMFADevices(paging, { UserName }), (page) => page.MFADevices);
      return devices.map((device) => without(device, "UserName"));
    },
  });
}

async function found(scope: ReadScope, user: UserDetail): Promise<Found> {
  const { values, unknown } = await credentials(scope, user.UserName ?? "");
  return {
    id: user.UserName ?? "",
    arn: user.Arn,
    createdAt: user.CreateDate,
    tags: tagsOf(user.Tags),
    configuration: {
      ...without(user, "Tags", "UserName", "Arn", "CreateDate", "UserPolicyList"),
      InlinePolicies: inlineDocuments(user.UserPolicyList),
      PermissionsBoundary: boundary(user.PermissionsBoundary),
      ...values,
    },
    ...unknownOf(unknown),
  };
}

async function describe(scope: ReadScope, UserName: string): Promise<Found> {
  const client = scope.client(IAMClient);
  const paging = { client, pageSize: scope.pageSize(1000) };
  const [answer, names, attached, groups] = await Promise.all([
    client.send(new GetUserCommand({ UserName })),
    collect(paginateListUserPolicies(paging, { UserName }), (page) => page.PolicyNames),
    collect(paginateListAttachedUserPolicies(paging, { UserName }), (page) => page.AttachedPolicies),
    collect(paginateListGroupsForUser(paging, { UserName }), (page) => page.Groups),
  ]);
  const inline = await readInline(names, (PolicyName) =>
    client.send(new GetUserPolicyCommand({ UserName, PolicyName })),
  );
  return found(scope, {
    ...without(answer.User as User, "PasswordLastUsed"),
    UserPolicyList: inline,
    AttachedManagedPolicies: attached,
    GroupList: groups.map((group) => group.GroupName ?? ""),
  });
}

export default {
  list: (scope) => inParallel(users(scope), (user) => orGone(found(scope, user))),
  read: (scope, id) => orGone(describe(scope, id)),
  removal,
  charges: free,
} satisfies Entry;
