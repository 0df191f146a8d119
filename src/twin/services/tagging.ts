import { type Call, page, service, tagList } from "../service.ts";
import { holderOf } from "./tag-holders.ts";
import { TAGGED } from "./tagged.ts";

/** One that can't be tagged fails alone. Source: Resource Groups Tagging API reference, TagResources. */
function each(call: Call, arns: readonly string[] | undefined, change: (tags: Record<string, string>) => void) {
  const failed = (arns ?? []).flatMap((arn) => {
    const holder = holderOf(call, arn);
    if (!holder) {
      const ErrorMessage = `The resource ${arn} does not exist, or its type can't be tagged`;
      return [[arn, { StatusCode: 400, ErrorCode: "InvalidParameterException", ErrorMessage }] as const];
    }
    const tags = { ...holder.tags };
    change(tags);
    holder.set(tags);
    return [];
  });
  return { FailedResourcesMap: Object.fromEntries(failed) };
}

export const tagging = service(
  { namespace: "com.amazonaws.resourcegroupstaggingapi", signingName: "tagging" },
  () => import("@aws-sdk/client-resource-groups-tagging-api"),
  {
    GetResources(input, call) {
      const filters = input.ResourceTypeFilters ?? [];
      const wanted = (type: string) =>
        filters.length === 0 || filters.some((filter) => filter === type || filter === type.split(":")[0]);
      const all = TAGGED.filter(({ type }) => wanted(type))
        .flatMap(({ list }) => list(call))
        .filter(({ arn, tags }) => Object.keys(tags).length > 0 && (input.ResourceARNList?.includes(arn) ?? true));
      const { items, next } = page(all, { token: input.PaginationToken, max: input.ResourcesPerPage }, { max: 100 });
      return {
        ResourceTagMappingList: items.map(({ arn, tags }) => ({ ResourceARN: arn, Tags: tagList(tags) })),
        PaginationToken: next ?? "",
      };
    },
    TagResources: (input, call) => each(call, input.ResourceARNList, (tags) => void Object.assign(tags, input.Tags)),
    UntagResources: (input, call) =>
      each(call, input.ResourceARNList, (tags) => {
        for (const key of input.TagKeys ?? []) delete tags[key];
      }),
  },
);
