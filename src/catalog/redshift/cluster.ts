import {
  type Cluster,
  DescribeClustersCommand,
  paginateDescribeClusters,
  RedshiftClient,
} from "@aws-sdk/client-redshift";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { orGone, tagsOf, without } from "../reading.ts";
import { pause } from "./cluster-pause.ts";
import { removal } from "./cluster-removal.ts";

function found(cluster: Cluster): Found {
  return {
    id: cluster.ClusterIdentifier ?? "",
    createdAt: cluster.ClusterCreateTime,
    state: cluster.ClusterStatus,
    tags: tagsOf(cluster.Tags),
    configuration: without(cluster, "Tags", "ClusterIdentifier", "ClusterCreateTime"),
  };
}

async function* list(scope: ReadScope): AsyncGenerator<Found> {
  const paging = { client: scope.client(RedshiftClient), pageSize: scope.pageSize(100, 20) };
  for await (const page of paginateDescribeClusters(paging, {})) yield* (page.Clusters ?? []).map(found);
}

export default {
  list,

  async read(scope, id) {
    const command = new DescribeClustersCommand({ ClusterIdentifier: id });
    const cluster = (await orGone(scope.client(RedshiftClient).send(command)))?.Clusters?.[0];
    return cluster && found(cluster);
  },
  pause,
  removal,
} satisfies Entry;
