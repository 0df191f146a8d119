import type { Resource } from "../model/resource.ts";
import type { Relations } from "./relations.ts";
import { isServiceManaged } from "./removable.ts";

/* Who keeps a resource that a plan would remove. */

/** Who uses or owns it, or would go with it, and does not leave by this plan; undefined = nobody, and all were seen. */
export function heldBy(resource: Resource, relations: Relations, leaving: ReadonlySet<string>): string | undefined {
  const { arn } = resource;
  const doubt = relations.doubtOf(resource);
  if (doubt) return doubt;
  const stays = (other: string) => !leaving.has(other);
  const user = [...relations.usersOf(arn)].find((each) => stays(each) && !leavesByItself(relations, each));
  if (user) return `${user} uses it since the plan was made`;
  const owner = relations.ownersOf(arn).find(({ owner: each, how }) => how !== "along" && stays(each));
  if (owner) return `${owner.owner} owns it since the plan was made`;
  const below = relations.belowOf(arn);
  const owned = below.find(stays);
  if (owned) return `it would take ${owned} along since the plan was made`;
  return below.flatMap((each) => whyPartStays(each, relations, stays) ?? [])[0];
}

/** Who uses something that would go along, which its owner's service does not ask. */
function whyPartStays(arn: string, relations: Relations, stays: (arn: string) => boolean): string | undefined {
  const part = relations.resource(arn);
  const doubt = part && relations.partDoubtOf(part);
  if (doubt) return `it would take ${arn} along: ${doubt}`;
  const user = [...relations.usersOf(arn)].find((each) => stays(each) && !leavesByItself(relations, each));
  return user ? `it would take ${arn} along, and ${user} uses that since the plan was made` : undefined;
}

function leavesByItself(relations: Relations, arn: string): boolean {
  const resource = relations.resource(arn);
  return resource !== undefined && isServiceManaged(resource);
}
