import { isJsonObject } from "../../../model/json.ts";
import { valuesAt } from "../../../model/path.ts";
import type { ResourceType, ScannedResource } from "../../../model/resource.ts";
import type { Proposal } from "../policy.ts";
import { madeAt, whyNotOld } from "./age.ts";
import { BUILDER, GROUP_DESCRIPTION, isBuildKey, isOwnName, TEMPLATE_DESCRIPTION, TEMPLATE_NAME } from "./names.ts";
import { isOwnProfile, isOwnRole, isTemporaryGroup, trustsOnlyEc2 } from "./ownership.ts";
import type { PackerSettings } from "./settings.ts";

/** What looks like Packer's, in words; and why it is left all the same. */
interface Likeness {
  readonly words: string;
  readonly doubt?: string | undefined;
}

type Look = (resource: ScannedResource, settings: PackerSettings, now: number) => Likeness | undefined;

const LOOKS: Readonly<Partial<Record<ResourceType, Look>>> = {
  "AWS::EC2::KeyPair": ({ id }, { keyPattern }, now) =>
    isBuildKey(id, keyPattern, now) ? { words: "a build's key pair" } : undefined,

  "AWS::EC2::SecurityGroup": (group) =>
    isTemporaryGroup(group)
      ? { words: group.configuration.Description === GROUP_DESCRIPTION ? GROUP_DESCRIPTION : "a build's group" }
      : undefined,

  // Without Packer's UUID nothing proves whose it is, however long nobody has used it: it stays.
  "AWS::IAM::InstanceProfile": (profile, _, now) => {
    if (!/^packer[-_]/.test(profile.id)) return undefined;
    return { words: "a build's profile", doubt: isOwnProfile(profile, now) ? undefined : NO_UUID };
  },

  "AWS::IAM::Role": (role, settings, now) => {
    const isOwn = isOwnRole(role, now);
    if (!isOwn && !/^packer[-_]/.test(role.id)) return undefined;
    if (!trustsOnlyEc2(role)) return { words: "a build's role", doubt: "not only EC2 may assume it" };
    return { words: "a build's role", doubt: isOwn ? usedLately(role, settings, now) : NO_UUID };
  },

  // Those that are attached go with their instance, or are in use.
  "AWS::EC2::Volume": ({ name = "", configuration }, _, now) => {
    if (valuesAt(configuration, "Attachments[]").length > 0) return undefined;
    return name === BUILDER || isOwnName(name, now) ? { words: "a build's volume" } : undefined;
  },

  /*
   * Only what never became a snapshot. One that is complete is an image's, or what somebody kept of an image that was
   * deregistered, which nothing tells from what a cancelled build has left; and what CopyImage makes has AWS's description
   * and none of Packer's. Source: packer-plugin-amazon, step_snapshot_volumes.go (`Packer: ` and the time).
   */
  "AWS::EC2::Snapshot": ({ state, configuration }) =>
    state === "error" && /^Packer: \d{4}-\d{2}-\d{2} /.test(String(configuration.Description ?? ""))
      ? { words: "a snapshot of a build that failed" }
      : undefined,

  "AWS::EC2::SpotInstanceRequest": ({ configuration }, { keyPattern }, now) =>
    valuesAt(configuration, "LaunchSpecification.KeyName").some((key) => isBuildKey(String(key), keyPattern, now))
      ? { words: "a build's Spot request" }
      : undefined,

  // A Spot build starts from one, which names the key pair, the group and the profile and so keeps them in use.
  "AWS::EC2::LaunchTemplate": ({ id, name = id, configuration }) =>
    TEMPLATE_NAME.test(name) &&
    valuesAt(configuration, "DefaultVersion.VersionDescription").includes(TEMPLATE_DESCRIPTION)
      ? { words: "a Spot build's launch template" }
      : undefined,
};

const NO_UUID = "nothing proves that it is Packer's: its name has no UUID, so it may be a person's own";

/** IAM tells of uses of the last 400 days, up to four hours late (IAM user guide, "last accessed information"). */
function usedLately({ observed }: ScannedResource, settings: PackerSettings, now: number): string | undefined {
  const used = isJsonObject(observed.RoleLastUsed) ? observed.RoleLastUsed.LastUsedDate : undefined;
  if (typeof used !== "string") return undefined;
  return now - Date.parse(used) < settings.maxResourceAgeMs ? `it was used at ${used}` : undefined;
}

/** Types that orphans are of, and zombies' own resources. */
export const ORPHAN_TYPES = Object.keys(LOOKS) as ResourceType[];

/** What builds have left without an instance. Whatever is in use, or may be, the planner keeps. */
export function orphansIn(seen: readonly ScannedResource[], settings: PackerSettings, now: number): Proposal[] {
  return seen.flatMap((resource): Proposal[] => {
    const found = LOOKS[resource.type]?.(resource, settings, now);
    if (!found) return [];
    const { id, name = id, createdAt } = resource;
    const age = { limitMs: settings.maxResourceAgeMs, what: "resources of builds", now };
    const alone = found.doubt ?? whyNotOld(madeAt(createdAt, name, now), age);
    return [{ resource, reason: `${found.words} without a build`, ...(alone === undefined ? {} : { alone }) }];
  });
}
