import { AwsFault, type Call, type Operations, tagList, tagMap } from "../../service.ts";
import {
  boundaryOf,
  conflict,
  encoded,
  exists,
  marked,
  profiles,
  type RoleRow,
  roleNamed,
  roles,
  under,
  uniqueId,
} from "./rows.ts";

type Iam = typeof import("@aws-sdk/client-iam");

/** Listings leave tags and the boundary out. Source: API reference, ListRoles. */
export function briefRole(role: RoleRow) {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: role.createdAt,
    AssumeRolePolicyDocument: encoded(role.trust),
    ...(role.description ? { Description: role.description } : {}),
    MaxSessionDuration: role.maxSession,
  };
}

function wholeRole(role: RoleRow) {
  return { ...briefRole(role), ...boundaryOf(role), Tags: tagList(role.tags), RoleLastUsed: {} };
}

function checkDocument(text: string | undefined): string {
  try {
    JSON.parse(text ?? "");
    return text ?? "";
  } catch {
    throw new AwsFault("MalformedPolicyDocument", "This policy contains invalid Json");
  }
}

function newRole(call: Call, name: string, path: string, trust: string): RoleRow {
  if (roles(call).get(name)) throw exists("Role", name);
  return roles(call).put(name, {
    kind: "role",
    name,
    id: uniqueId(call, "AROA"),
    path,
    arn: call.globalArn("iam", `role${path}${name}`),
    createdAt: call.now(),
    inline: {},
    attached: [],
    tags: {},
    trust,
    maxSession: 3600,
  });
}

export const roleOperations = {
  CreateRole(input, call) {
    const role = newRole(call, input.RoleName ?? "", input.Path ?? "/", checkDocument(input.AssumeRolePolicyDocument));
    role.description = input.Description;
    role.maxSession = input.MaxSessionDuration ?? 3600;
    role.boundary = input.PermissionsBoundary;
    role.tags = tagMap(input.Tags);
    return { Role: wholeRole(role) };
  },
  CreateServiceLinkedRole(input, call) {
    const service = input.AWSServiceName ?? "";
    const suffix = input.CustomSuffix ? `_${input.CustomSuffix}` : "";
    const name = `AWSServiceRoleFor${(service.split(".")[0] ?? "").replace(/^./, (first) => first.toUpperCase())}${suffix}`;
    const Statement = [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }];
    const trust = JSON.stringify({ Version: "2012-10-17", Statement });
    return { Role: wholeRole(newRole(call, name, `/aws-service-role/${service}/`, trust)) };
  },
  GetRole(input, call) {
    return { Role: wholeRole(roleNamed(call, input.RoleName)) };
  },
  ListRoles(input, call) {
    const { items, rest } = marked(under(roles(call).all(), input.PathPrefix), input);
    return { Roles: items.map(briefRole), ...rest };
  },
  UpdateRole(input, call) {
    const role = roleNamed(call, input.RoleName);
    role.description = input.Description ?? role.description;
    role.maxSession = input.MaxSessionDuration ?? role.maxSession;
  },
  UpdateAssumeRolePolicy(input, call) {
    roleNamed(call, input.RoleName).trust = checkDocument(input.PolicyDocument);
  },
  PutRolePermissionsBoundary(input, call) {
    roleNamed(call, input.RoleName).boundary = input.PermissionsBoundary;
  },
  DeleteRolePermissionsBoundary(input, call) {
    roleNamed(call, input.RoleName).boundary = undefined;
  },
  DeleteRole(input, call) {
    const role = roleNamed(call, input.RoleName);
    if (role.path.startsWith("/aws-service-role/"))
      throw new AwsFault("UnmodifiableEntity", `Cannot perform the operation on the protected role '${role.name}'`);
    if (
      profiles(call)
        .all()
        .some((profile) => profile.roles.includes(role.name))
    )
      throw conflict("must remove roles from instance profile first.");
    if (role.attached.length > 0) throw conflict("must detach all policies first.");
    if (Object.keys(role.inline).length > 0) throw conflict("must delete policies first.");
    roles(call).delete(role.name);
  },
  TagRole(input, call) {
    Object.assign(roleNamed(call, input.RoleName).tags, tagMap(input.Tags));
  },
  UntagRole(input, call) {
    for (const key of input.TagKeys ?? []) delete roleNamed(call, input.RoleName).tags[key];
  },
  ListRoleTags(input, call) {
    const { items, rest } = marked(tagList(roleNamed(call, input.RoleName).tags), input);
    return { Tags: items, ...rest };
  },
} satisfies Operations<Iam>;
