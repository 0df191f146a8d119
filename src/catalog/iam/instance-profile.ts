import {
  GetInstanceProfileCommand,
  IAMClient,
  type InstanceProfile,
  paginateListInstanceProfiles,
  paginateListInstanceProfileTags,
  type Tag,
} from "@aws-sdk/client-iam";
import type { UnknownPart } from "../../model/resource.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { collect, inParallel, orGone, readParts, tagsOf, unknownOf, without } from "../reading.ts";

async function* profiles(scope: ReadScope): AsyncGenerator<InstanceProfile> {
  const paging = { client: scope.client(IAMClient), pageSize: scope.pageSize(1000) };
  for await (const page of paginateListInstanceProfiles(paging, {})) yield* page.InstanceProfiles ?? [];
}

/** Listings leave the tags out. */
async function withTags(scope: ReadScope, profile: InstanceProfile): Promise<Found> {
  const paging = { client: scope.client(IAMClient), pageSize: scope.pageSize(1000) };
  const input = { InstanceProfileName: profile.InstanceProfileName };
  const { values, unknown } = await readParts({
    Tags: () => collect(paginateListInstanceProfileTags(paging, input), (page) => page.Tags),
  });
  return found(profile, values.Tags, unknown);
}

function found(profile: InstanceProfile, tags: readonly Tag[] | undefined, unknown?: readonly UnknownPart[]): Found {
  return {
    id: profile.InstanceProfileName ?? "",
    arn: profile.Arn,
    createdAt: profile.CreateDate,
    tags: tagsOf(tags),
    configuration: {
      ...without(profile, "Tags", "InstanceProfileName", "Arn", "CreateDate", "Roles"),
      RoleNames: profile.Roles?.map((role) => role.RoleName),
    },
    ...unknownOf(unknown),
  };
}

export default {
  list: (scope) => inParallel(profiles(scope), (profile) => orGone(withTags(scope, profile))),

  async read(scope, id) {
    const answer = await orGone(
      scope.client(IAMClient).send(new GetInstanceProfileCommand({ InstanceProfileName: id })),
    );
    return answer?.InstanceProfile && found(answer.InstanceProfile, answer.InstanceProfile.Tags);
  },
} satisfies Entry;
