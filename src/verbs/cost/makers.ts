import { factsOf } from "../../catalog/registry.ts";
import type { Resource, ResourceType } from "../../model/resource.ts";

/** The tag that AWS gives to what a group launches. Source: EC2 Auto Scaling user guide, "Tag lifecycle". */
export const GROUP_TAG = "aws:autoscaling:groupName";

const GROUP: ResourceType = "AWS::AutoScaling::AutoScalingGroup";

/** Types that launch and end instances by themselves: what instances are members of, by the catalog's facts. */
export const MAKERS: readonly ResourceType[] = [
  ...new Set(
    (factsOf("AWS::EC2::Instance")?.links ?? []).flatMap((link) =>
      link.kind === "member-of" && "to" in link ? link.to : [],
    ),
  ),
];

/** By its type and id: a group and a cluster may have one name. */
export const makerKey = ({ type, id }: Pick<Resource, "type" | "id">): string => `${type} ${id}`;

/** Of an Auto Scaling group, which a bill tells by its name. */
export const groupKey = (name: string): string => makerKey({ type: GROUP, id: name });

/** Everything that an instance is a member of. */
export function makersOf({ links }: Pick<Resource, "links">): string[] {
  return links.flatMap(({ kind, type, to }) => (kind === "member-of" ? [makerKey({ type, id: to })] : []));
}
