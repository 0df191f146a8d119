import { AwsFault, type Call, type Operations, tagList } from "../../service.ts";
import { attachment } from "./attachments.ts";
import { briefProfile } from "./instance-profiles.ts";
import { briefPolicy, versionOf } from "./policies.ts";
import { briefRole } from "./roles.ts";
import {
  boundaryOf,
  encoded,
  groups,
  marked,
  noSuch,
  type PolicyRow,
  type Principal,
  policies,
  principals,
  profiles,
  type RoleRow,
  roles,
  type UserRow,
  users,
} from "./rows.ts";
import { briefGroup } from "./users.ts";

type Iam = typeof import("@aws-sdk/client-iam");

const inlineOf = ({ inline }: Principal) =>
  Object.entries(inline).map(([PolicyName, document]) => ({ PolicyName, PolicyDocument: encoded(document) }));

const attachedOf = ({ attached }: Principal) => ({ AttachedManagedPolicies: attached.map(attachment) });

/** The details have neither a role's description nor its session length. Source: API reference, RoleDetail. */
function roleDetail(call: Call, role: RoleRow) {
  const {
    Description: _,
    MaxSessionDuration: __,
    ...brief
  } = briefRole(role) as ReturnType<typeof briefRole> & { Description?: string };
  const own = profiles(call)
    .all()
    .filter((profile) => profile.roles.includes(role.name));
  return {
    ...brief,
    ...boundaryOf(role),
    ...attachedOf(role),
    RolePolicyList: inlineOf(role),
    InstanceProfileList: own.map((profile) => briefProfile(call, profile)),
    Tags: tagList(role.tags),
    RoleLastUsed: {},
  };
}

function userDetail(user: UserRow) {
  return {
    Path: user.path,
    UserName: user.name,
    UserId: user.id,
    Arn: user.arn,
    CreateDate: user.createdAt,
    ...boundaryOf(user),
    ...attachedOf(user),
    UserPolicyList: inlineOf(user),
    GroupList: user.groups,
    Tags: tagList(user.tags),
  };
}

function policyDetail(call: Call, policy: PolicyRow) {
  return {
    ...briefPolicy(call, policy),
    ...(policy.description ? { Description: policy.description } : {}),
    PolicyVersionList: policy.versions.map((version) => versionOf(policy, version)),
  };
}

/** Each thing with the list of the answer that it belongs to. */
function details(call: Call, wanted: (filter: string) => boolean): (readonly [list: string, detail: object])[] {
  const detailed = <T>(filter: string, list: string, rows: readonly T[], detail: (row: T) => object) =>
    wanted(filter) ? rows.map((row) => [list, detail(row)] as const) : [];
  return [
    ...detailed("User", "UserDetailList", users(call).all(), userDetail),
    ...detailed("Group", "GroupDetailList", groups(call).all(), (group) => ({
      ...briefGroup(group),
      ...attachedOf(group),
      GroupPolicyList: inlineOf(group),
    })),
    ...detailed("Role", "RoleDetailList", roles(call).all(), (role) => roleDetail(call, role)),
    ...detailed("LocalManagedPolicy", "Policies", policies(call).all(), (policy) => policyDetail(call, policy)),
  ];
}

/** The account as a whole. */
export const accountOperations = {
  GetAccountAuthorizationDetails(input, call) {
    const filters = (input.Filter ?? []) as string[];
    const all = details(call, (filter) => filters.length === 0 || filters.includes(filter));
    const { items, rest } = marked(all, input);
    const lists: Record<string, object[]> = {
      UserDetailList: [],
      GroupDetailList: [],
      RoleDetailList: [],
      Policies: [],
    };
    for (const [list, detail] of items) lists[list]?.push(detail);
    return { ...lists, ...rest };
  },
  ListAccountAliases(_input, call) {
    const { alias } = call.accountRow;
    return { AccountAliases: alias ? [alias] : [], IsTruncated: false };
  },
  CreateAccountAlias(input, call) {
    call.accountRow.alias = input.AccountAlias ?? "";
  },
  DeleteAccountAlias(input, call) {
    if (call.accountRow.alias !== input.AccountAlias)
      throw noSuch(`The account alias ${input.AccountAlias} does not exist.`);
    delete call.accountRow.alias;
  },
  GetAccountPasswordPolicy(_input, call): never {
    throw new AwsFault("NoSuchEntity", `The Password Policy with domain name ${call.account} cannot be found.`, 404);
  },
  GetAccountSummary(_input, call) {
    const counts = {
      Users: users(call).all().length,
      Groups: groups(call).all().length,
      Roles: roles(call).all().length,
      Policies: policies(call).all().length,
      InstanceProfiles: profiles(call).all().length,
      AttachedPolicies: principals(call).flatMap(({ attached }) => attached).length,
    };
    return { SummaryMap: counts };
  },
} satisfies Operations<Iam>;
