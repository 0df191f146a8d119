import type { ScannedResource } from "../../../model/resource.ts";
import type { Proposal } from "../policy.ts";
import { ageText, bornAt, whyNotOld } from "./age.ts";
import { isBuildKey } from "./names.ts";
import type { PackerSettings } from "./settings.ts";

/**
 * Instances that a failed build has left behind: a build's key, and old enough, in whatever state. Both criteria count;
 * builds that are under way are told as left alone.
 */
export function zombiesIn(seen: readonly ScannedResource[], settings: PackerSettings, now: number) {
  const builds = seen.filter(
    ({ type, configuration }) =>
      type === "AWS::EC2::Instance" && isBuildKey(String(configuration.KeyName ?? ""), settings.keyPattern, now),
  );
  const judged = builds.map((resource): Proposal & { readonly resource: ScannedResource } => {
    const born = bornAt(resource, now);
    const alone = whyNotOld(born, { limitMs: settings.maxInstanceAgeMs, what: "builds", now });
    const key = String(resource.configuration.KeyName);
    if (alone !== undefined) return { resource, reason: `a build with key ${key}`, alone };
    return { resource, reason: `a build with key ${key} that is ${ageText(now - (born ?? now))} old` };
  });
  return { judged, zombies: judged.filter(({ alone }) => alone === undefined).map(({ resource }) => resource) };
}
