import { type Operations, tagList, tagMap } from "../../service.ts";
import {
  boundaryOf,
  conflict,
  exists,
  type GroupRow,
  groupNamed,
  groups,
  marked,
  type UserRow,
  under,
  uniqueId,
  userNamed,
  users,
} from "./rows.ts";

type Iam = typeof import("@aws-sdk/client-iam");

/** Listings leave tags and the boundary out. Source: API reference, ListUsers. */
export function briefUser(user: UserRow) {
  return { Path: user.path, UserName: user.name, UserId: user.id, Arn: user.arn, CreateDate: user.createdAt };
}

function wholeUser(user: UserRow) {
  return { ...briefUser(user), ...boundaryOf(user), Tags: tagList(user.tags) };
}

export function briefGroup(group: GroupRow) {
  return { Path: group.path, GroupName: group.name, GroupId: group.id, Arn: group.arn, CreateDate: group.createdAt };
}

export const userOperations = {
  CreateUser(input, call) {
    const [name, path] = [input.UserName ?? "", input.Path ?? "/"];
    if (users(call).get(name)) throw exists("User", name);
    const user = users(call).put(name, {
      kind: "user",
      name,
      id: uniqueId(call, "AIDA"),
      path,
      arn: call.globalArn("iam", `user${path}${name}`),
      createdAt: call.now(),
      inline: {},
      attached: [],
      boundary: input.PermissionsBoundary,
      tags: tagMap(input.Tags),
      groups: [],
      keys: [],
      devices: [],
      others: [],
    });
    return { User: wholeUser(user) };
  },
  GetUser(input, call) {
    return { User: wholeUser(userNamed(call, input.UserName)) };
  },
  ListUsers(input, call) {
    const { items, rest } = marked(under(users(call).all(), input.PathPrefix), input);
    return { Users: items.map(briefUser), ...rest };
  },
  PutUserPermissionsBoundary(input, call) {
    userNamed(call, input.UserName).boundary = input.PermissionsBoundary;
  },
  DeleteUserPermissionsBoundary(input, call) {
    userNamed(call, input.UserName).boundary = undefined;
  },
  DeleteUser(input, call) {
    const user = userNamed(call, input.UserName);
    if (user.keys.length > 0) throw conflict("must delete access keys first.");
    if (user.login) throw conflict("must delete login profile first.");
    if (user.devices.length > 0) throw conflict("must delete MFA device first.");
    const [other] = user.others;
    if (other) throw conflict(`must delete ${other.kind} first.`);
    if (user.groups.length > 0) throw conflict("must remove users from group first.");
    if (user.attached.length > 0) throw conflict("must detach all policies first.");
    if (Object.keys(user.inline).length > 0) throw conflict("must delete policies first.");
    users(call).delete(user.name);
  },
  TagUser(input, call) {
    Object.assign(userNamed(call, input.UserName).tags, tagMap(input.Tags));
  },
  UntagUser(input, call) {
    for (const key of input.TagKeys ?? []) delete userNamed(call, input.UserName).tags[key];
  },
  ListUserTags(input, call) {
    const { items, rest } = marked(tagList(userNamed(call, input.UserName).tags), input);
    return { Tags: items, ...rest };
  },

  CreateGroup(input, call) {
    const [name, path] = [input.GroupName ?? "", input.Path ?? "/"];
    if (groups(call).get(name)) throw exists("Group", name);
    const group = groups(call).put(name, {
      kind: "group",
      name,
      id: uniqueId(call, "AGPA"),
      path,
      arn: call.globalArn("iam", `group${path}${name}`),
      createdAt: call.now(),
      inline: {},
      attached: [],
      tags: {},
    });
    return { Group: briefGroup(group) };
  },
  GetGroup(input, call) {
    const group = groupNamed(call, input.GroupName);
    const members = users(call)
      .all()
      .filter((user) => user.groups.includes(group.name));
    const { items, rest } = marked(members, input);
    return { Group: briefGroup(group), Users: items.map(briefUser), ...rest };
  },
  ListGroups(input, call) {
    const { items, rest } = marked(under(groups(call).all(), input.PathPrefix), input);
    return { Groups: items.map(briefGroup), ...rest };
  },
  ListGroupsForUser(input, call) {
    const names = userNamed(call, input.UserName).groups;
    const { items, rest } = marked(
      groups(call)
        .all()
        .filter(({ name }) => names.includes(name)),
      input,
    );
    return { Groups: items.map(briefGroup), ...rest };
  },
  AddUserToGroup(input, call) {
    const user = userNamed(call, input.UserName);
    user.groups = [...new Set([...user.groups, groupNamed(call, input.GroupName).name])];
  },
  RemoveUserFromGroup(input, call) {
    const user = userNamed(call, input.UserName);
    const group = groupNamed(call, input.GroupName);
    user.groups = user.groups.filter((name) => name !== group.name);
  },
  DeleteGroup(input, call) {
    const group = groupNamed(call, input.GroupName);
    if (
      users(call)
        .all()
        .some((user) => user.groups.includes(group.name))
    )
      throw conflict("must remove users from group first.");
    if (group.attached.length > 0) throw conflict("must detach all policies first.");
    if (Object.keys(group.inline).length > 0) throw conflict("must delete policies first.");
    groups(call).delete(group.name);
  },
} satisfies Operations<Iam>;
