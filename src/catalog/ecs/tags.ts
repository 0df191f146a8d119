import type { Tag } from "@aws-sdk/client-ecs";
import type { Tags } from "../../model/resource.ts";

/** ECS writes its tags in lower case. */
export function ecsTags(list: readonly Tag[] | undefined): Tags {
  return Object.fromEntries((list ?? []).map(({ key, value }) => [key ?? "", value ?? ""]));
}
