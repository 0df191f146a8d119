import {
  DeleteInstanceProfileCommand,
  GetInstanceProfileCommand,
  IAMClient,
  type InstanceProfile,
  paginateListInstanceProfiles,
  RemoveRoleFromInstanceProfileCommand,
} from "@aws-sdk/client-iam";
import type { UnknownPart } from "../../model/resource.ts";
import { free } from "../charges.ts";
import type { Entry, Found, ReadScope, WriteScope } from "../contract.ts";
import { inParallel, orGone, readParts, tagsOf, unknownOf, without } from "../reading.ts";

async function* profiles(scope: ReadScope): AsyncGenerator<InstanceProfile> {
  const paging = { client: scope.client(IAMClient), pageSize: scope.pageSize(1000) };
  for await (const page of paginateListInstanceProfiles(paging, {})) yield* page.InstanceProfiles ?? [];
}

async function whole(scope: ReadScope, InstanceProfileName: string | undefined): Promise<InstanceProfile | undefined> {
  return (await scope.client(IAMClient).send(new GetInstanceProfileCommand({ InstanceProfileName }))).InstanceProfile;
}

/** Listings leave the tags out. */
async function withTags(scope: ReadScope, profile: InstanceProfile): Promise<Found> {
  const { values, unknown } = await readParts({
    Tags: async () => (await whole(scope, profile.InstanceProfileName))?.Tags ?? [],
  });
  return found({ ...profile, Tags: values.Tags }, unknown);
}

function found(profile: InstanceProfile, unknown: readonly UnknownPart[] = []): Found {
  return {
    id: profile.InstanceProfileName ?? "",
    arn: profile.Arn,
    createdAt: profile.CreateDate,
    tags: tagsOf(profile.Tags),
    configuration: {
      ...without(profile, "Tags", "InstanceProfileName", "Arn", "CreateDate", "Roles"),
      RoleNames: profile.Roles?.map((role) => role.RoleName),
    },
    ...unknownOf(unknown),
  };
}

const rolesOf = ({ configuration }: Found) => (configuration as { RoleNames?: readonly string[] }).RoleNames ?? [];

async function empty(scope: WriteScope, profile: Found): Promise<void> {
  const client = scope.writer(IAMClient);
  for (const RoleName of rolesOf(profile))
    await orGone(client.send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName: profile.id, RoleName })));
}

export default {
  list: (scope) => inParallel(profiles(scope), (profile) => orGone(withTags(scope, profile))),

  async read(scope, id) {
    const profile = await orGone(whole(scope, id));
    return profile && found(profile);
  },

  removal: {
    inspect: (profile) => ({
      identity: { InstanceProfileId: (profile.configuration as InstanceProfile).InstanceProfileId ?? null },
      ...(rolesOf(profile).length > 0 ? { needs: ["empty"] } : {}),
    }),
    prepare: empty,
    remove: (scope, { id }) =>
      scope.writer(IAMClient).send(new DeleteInstanceProfileCommand({ InstanceProfileName: id })),
  },
  charges: free,
} satisfies Entry;
