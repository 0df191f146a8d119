import {
  type CacheCluster,
  DescribeCacheClustersCommand,
  ElastiCacheClient,
  paginateDescribeCacheClusters,
} from "@aws-sdk/client-elasticache";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { orGone, unknownOf, without } from "../reading.ts";
import { removal } from "./cache-cluster-removal.ts";

/** Without it AWS leaves the nodes and their zones out. */
const WITH_NODES = { ShowCacheNodeInfo: true } as const;

async function found(scope: ReadScope, cluster: CacheCluster): Promise<Found> {
  const { tags, unknown } = (await scope.tags("elasticache"))(cluster.ARN ?? "");
  return {
    id: cluster.CacheClusterId ?? "",
    arn: cluster.ARN,
    createdAt: cluster.CacheClusterCreateTime,
    state: cluster.CacheClusterStatus,
    tags,
    configuration: without(cluster, "CacheClusterId", "ARN", "CacheClusterCreateTime"),
    ...unknownOf(unknown),
  };
}

async function* list(scope: ReadScope): AsyncGenerator<Found> {
  const paging = { client: scope.client(ElastiCacheClient), pageSize: scope.pageSize(100, 20) };
  // A copy: the SDK's paginator writes its markers into what it is given.
  for await (const page of paginateDescribeCacheClusters(paging, { ...WITH_NODES }))
    for (const cluster of page.CacheClusters ?? []) yield found(scope, cluster);
}

export default {
  list,

  async read(scope, id) {
    const command = new DescribeCacheClustersCommand({ CacheClusterId: id, ...WITH_NODES });
    const cluster = (await orGone(scope.client(ElastiCacheClient).send(command)))?.CacheClusters?.[0];
    return cluster && found(scope, cluster);
  },
  removal,
} satisfies Entry;
