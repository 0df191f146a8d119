import { type Cluster, DescribeClustersCommand, ECSClient, paginateListClusters } from "@aws-sdk/client-ecs";
import { free } from "../charges.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { without } from "../reading.ts";
import { removal } from "./cluster-removal.ts";
import { ecsTags } from "./tags.ts";

function found(cluster: Cluster): Found {
  return {
    id: cluster.clusterName ?? "",
    arn: cluster.clusterArn,
    state: cluster.status,
    tags: ecsTags(cluster.tags),
    configuration: without(cluster, "tags", "clusterName", "clusterArn"),
  };
}

/** A deleted cluster can be described as INACTIVE for a while. */
async function describe(scope: ReadScope, clusters: string[]): Promise<Found[]> {
  const command = new DescribeClustersCommand({ clusters, include: ["TAGS", "SETTINGS", "CONFIGURATIONS"] });
  const answer = await scope.client(ECSClient).send(command);
  return (answer.clusters ?? []).filter(({ status }) => status !== "INACTIVE").map(found);
}

async function* list(scope: ReadScope): AsyncGenerator<Found> {
  // A page of the listing is as large as DescribeClusters takes.
  const paging = { client: scope.client(ECSClient), pageSize: scope.pageSize(100) };
  for await (const { clusterArns = [] } of paginateListClusters(paging, {}))
    if (clusterArns.length > 0) yield* await describe(scope, clusterArns);
}

export default {
  list,
  read: async (scope, id) => (await describe(scope, [id]))[0],
  removal,
  charges: free,
} satisfies Entry;
