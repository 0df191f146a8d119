import { valuesAt } from "../../../model/path.ts";
import type { ResourceType, ScannedResource } from "../../../model/resource.ts";
import type { Proposal } from "../policy.ts";
import { isBuildKey } from "./names.ts";
import { isOwnProfile, isOwnRole, isTemporaryGroup } from "./ownership.ts";
import type { PackerSettings } from "./settings.ts";

/** What tells whether a resource was made for instances: the ids of those to which it is tied, or nothing. */
type Tie = (resource: ScannedResource) => readonly string[];

/**
 * What was made for zombies and goes with them, each with proof that it is Packer's, or is attached to zombies alone.
 * Whatever anybody else uses, too, the planner keeps.
 */
export function tiedTo(
  zombies: readonly ScannedResource[],
  seen: readonly ScannedResource[],
  { keyPattern }: PackerSettings,
  now: number,
): Proposal[] {
  const ids = new Set(zombies.map(({ id }) => id));
  const having = (path: string, value: string, region?: string) =>
    zombies
      .filter((each) => region === undefined || each.region === region)
      .filter(({ configuration }) => valuesAt(configuration, path).includes(value))
      .map(({ id }) => id);
  const profilesOf = new Map(
    seen.flatMap((each) => (each.type === "AWS::IAM::InstanceProfile" ? [[each.id, each.arn]] : [])),
  );
  const zombiesOfProfile = (arn: string) => having("IamInstanceProfile.Arn", arn);

  const ties: Readonly<Partial<Record<ResourceType, Tie>>> = {
    "AWS::EC2::KeyPair": ({ id, region }) => (isBuildKey(id, keyPattern, now) ? having("KeyName", id, region) : []),
    "AWS::EC2::SecurityGroup": (group) =>
      isTemporaryGroup(group)
        ? [...having("SecurityGroups[].GroupId", group.id), ...having("NetworkInterfaces[].Groups[].GroupId", group.id)]
        : [],
    "AWS::EC2::Volume": ({ configuration }) => {
      const attachments = valuesAt(configuration, "Attachments[]");
      const instances = valuesAt(configuration, "Attachments[].InstanceId").map(String);
      // One that AWS deletes with its instance is no removal of its own.
      const goesAlong = valuesAt(configuration, "Attachments[].DeleteOnTermination").includes(true);
      const isTied = instances.length === attachments.length && instances.every((id) => ids.has(id));
      return isTied && !goesAlong ? instances : [];
    },
    "AWS::EC2::EIP": ({ configuration }) => [String(configuration.InstanceId ?? "")].filter((id) => ids.has(id)),
    "AWS::EC2::SpotInstanceRequest": ({ id }) => having("SpotInstanceRequestId", id),
    "AWS::IAM::InstanceProfile": (profile) => (isOwnProfile(profile, now) ? zombiesOfProfile(profile.arn) : []),
    "AWS::IAM::Role": (role) =>
      isOwnRole(role, now)
        ? valuesAt(role.configuration, "InstanceProfiles[]").flatMap((name) =>
            zombiesOfProfile(profilesOf.get(String(name)) ?? ""),
          )
        : [],
  };

  return seen.flatMap((resource): Proposal[] => {
    const tied = [...new Set(ties[resource.type]?.(resource) ?? [])].sort();
    return tied.length > 0 ? [{ resource, reason: `it was made for the build on ${tied.join(", ")}` }] : [];
  });
}
