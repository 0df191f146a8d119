import { AwsFault, type Call, type Operations, tagList, tagMap } from "../../service.ts";
import { briefRole } from "./roles.ts";
import {
  conflict,
  exists,
  marked,
  noSuch,
  type ProfileRow,
  profileNamed,
  profiles,
  roleNamed,
  roles,
  under,
  uniqueId,
} from "./rows.ts";

type Iam = typeof import("@aws-sdk/client-iam");

/** Listings leave tags out. Source: API reference, ListInstanceProfiles. */
export function briefProfile(call: Call, profile: ProfileRow) {
  return {
    Path: profile.path,
    InstanceProfileName: profile.name,
    InstanceProfileId: profile.id,
    Arn: profile.arn,
    CreateDate: profile.createdAt,
    Roles: profile.roles.flatMap((name) => {
      const role = roles(call).get(name);
      return role ? [briefRole(role)] : [];
    }),
  };
}

export const instanceProfileOperations = {
  CreateInstanceProfile(input, call) {
    const [name, path] = [input.InstanceProfileName ?? "", input.Path ?? "/"];
    if (profiles(call).get(name)) throw exists("Instance Profile", name);
    const profile = profiles(call).put(name, {
      name,
      id: uniqueId(call, "AIPA"),
      path,
      arn: call.globalArn("iam", `instance-profile${path}${name}`),
      createdAt: call.now(),
      roles: [],
      tags: tagMap(input.Tags),
    });
    return { InstanceProfile: { ...briefProfile(call, profile), Tags: tagList(profile.tags) } };
  },
  GetInstanceProfile(input, call) {
    const profile = profileNamed(call, input.InstanceProfileName);
    return { InstanceProfile: { ...briefProfile(call, profile), Tags: tagList(profile.tags) } };
  },
  ListInstanceProfiles(input, call) {
    const { items, rest } = marked(under(profiles(call).all(), input.PathPrefix), input);
    return { InstanceProfiles: items.map((profile) => briefProfile(call, profile)), ...rest };
  },
  ListInstanceProfilesForRole(input, call) {
    const { name } = roleNamed(call, input.RoleName);
    const { items, rest } = marked(
      profiles(call)
        .all()
        .filter((profile) => profile.roles.includes(name)),
      input,
    );
    return { InstanceProfiles: items.map((profile) => briefProfile(call, profile)), ...rest };
  },
  AddRoleToInstanceProfile(input, call) {
    const profile = profileNamed(call, input.InstanceProfileName);
    const role = roleNamed(call, input.RoleName);
    if (profile.roles.length > 0)
      throw new AwsFault("LimitExceeded", "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1", 409);
    profile.roles.push(role.name);
  },
  RemoveRoleFromInstanceProfile(input, call) {
    const profile = profileNamed(call, input.InstanceProfileName);
    if (!profile.roles.includes(input.RoleName ?? ""))
      throw noSuch(`The role with name ${input.RoleName} cannot be found.`);
    profile.roles = profile.roles.filter((name) => name !== input.RoleName);
  },
  DeleteInstanceProfile(input, call) {
    const profile = profileNamed(call, input.InstanceProfileName);
    if (profile.roles.length > 0) throw conflict("must remove roles from instance profile first.");
    profiles(call).delete(profile.name);
  },
  TagInstanceProfile(input, call) {
    Object.assign(profileNamed(call, input.InstanceProfileName).tags, tagMap(input.Tags));
  },
  UntagInstanceProfile(input, call) {
    for (const key of input.TagKeys ?? []) delete profileNamed(call, input.InstanceProfileName).tags[key];
  },
  ListInstanceProfileTags(input, call) {
    const { items, rest } = marked(tagList(profileNamed(call, input.InstanceProfileName).tags), input);
    return { Tags: items, ...rest };
  },
} satisfies Operations<Iam>;
