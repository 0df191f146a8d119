import { paginateGetResources, ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import { EvenkeelError } from "../model/errors.ts";
import type { Tags } from "../model/resource.ts";
import type { ReadScope, TagLookup } from "./contract.ts";
import { tagsOf } from "./reading.ts";

const NO_TAGS: Tags = {};

/**
 * Tags of all resources of a service or type in a region, a hundred a call. Resources that never had a tag are not in
 * the answer. When it can't be read the tags are unknown, never empty.
 */
export async function readTags(scope: Pick<ReadScope, "client" | "pageSize">, filter: string): Promise<TagLookup> {
  const known = new Map<string, Tags>();
  try {
    const client = scope.client(ResourceGroupsTaggingAPIClient);
    const input = { ResourceTypeFilters: [filter], ResourcesPerPage: scope.pageSize(100) };
    for await (const page of paginateGetResources({ client }, input))
      for (const mapping of page.ResourceTagMappingList ?? [])
        known.set(mapping.ResourceARN ?? "", tagsOf(mapping.Tags));
  } catch (error) {
    if (!(error instanceof EvenkeelError)) throw error;
    const reason = error.details.action ? `denied: ${error.details.action}` : error.message;
    return () => ({ tags: NO_TAGS, unknown: [{ path: "Tags", reason }] });
  }
  return (arn) => ({ tags: known.get(arn) ?? NO_TAGS });
}
