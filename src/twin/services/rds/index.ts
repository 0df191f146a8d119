import type { Tag } from "@aws-sdk/client-rds";
import { AwsFault, type Call, type Stored, service, tagList, tagMap } from "../../service.ts";
import { clusterOperations, clusters } from "./clusters.ts";
import { instanceOperations, instances } from "./instances.ts";
import { reservedInstanceOperations } from "./reserved-instances.ts";
import { snapshotOperations } from "./snapshots.ts";
import { subnetGroupOperations } from "./subnet-groups.ts";

interface WithTagList {
  TagList?: Stored<Tag>[] | undefined;
}

function tagged(call: Call, arn: string | undefined): WithTagList {
  const [kind, id = ""] = (arn ?? "").split(":").slice(5);
  const row = kind === "db" ? instances(call).get(id) : kind === "cluster" ? clusters(call).get(id) : undefined;
  if (!row)
    throw new AwsFault(kind === "db" ? "DBInstanceNotFound" : "DBClusterNotFoundFault", `${arn} not found.`, 404);
  return row;
}

/** RDS instances and clusters; DocumentDB and Neptune answer under the same API. */
export const rds = service(
  { namespace: "com.amazonaws.rds", signingName: "rds" },
  () => import("@aws-sdk/client-rds"),
  {
    ...instanceOperations,
    ...reservedInstanceOperations,
    ...clusterOperations,
    ...snapshotOperations,
    ...subnetGroupOperations,
    AddTagsToResource(input, call) {
      const row = tagged(call, input.ResourceName);
      row.TagList = tagList({ ...tagMap(row.TagList), ...tagMap(input.Tags) });
    },
    RemoveTagsFromResource(input, call) {
      const row = tagged(call, input.ResourceName);
      row.TagList = (row.TagList ?? []).filter(({ Key }) => !input.TagKeys?.includes(Key ?? ""));
    },
    ListTagsForResource(input, call) {
      return { TagList: tagged(call, input.ResourceName).TagList ?? [] };
    },
  },
);
