import { AwsFault, type Call, service, tagList, tagMap } from "../../service.ts";
import { clusterOperations } from "./clusters.ts";
import { groupOperations } from "./groups.ts";
import { clusters, groups } from "./rows.ts";
import { snapshotOperations } from "./snapshots.ts";

function tagsOf(call: Call, arn: string | undefined): Record<string, string> {
  const [kind, id = ""] = (arn ?? "").split(":").slice(5);
  const row = kind === "replicationgroup" ? groups(call).get(id) : clusters(call).get(id);
  if (row) return row.tags;
  const code = kind === "replicationgroup" ? "ReplicationGroupNotFoundFault" : "CacheClusterNotFound";
  throw new AwsFault(code, `${arn} not found.`, 404);
}

export const elasticache = service(
  { namespace: "com.amazonaws.elasticache", signingName: "elasticache" },
  () => import("@aws-sdk/client-elasticache"),
  {
    ...clusterOperations,
    ...groupOperations,
    ...snapshotOperations,
    AddTagsToResource(input, call) {
      const tags = Object.assign(tagsOf(call, input.ResourceName), tagMap(input.Tags));
      return { TagList: tagList(tags) };
    },
    RemoveTagsFromResource(input, call) {
      const tags = tagsOf(call, input.ResourceName);
      for (const key of input.TagKeys ?? []) delete tags[key];
      return { TagList: tagList(tags) };
    },
    ListTagsForResource(input, call) {
      return { TagList: tagList(tagsOf(call, input.ResourceName)) };
    },
  },
);
