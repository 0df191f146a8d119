import { page, service, tagList } from "../service.ts";
import { TAGGED } from "./tagged.ts";

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
  },
);
