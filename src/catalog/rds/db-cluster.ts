import { type DBCluster, DescribeDBClustersCommand, paginateDescribeDBClusters, RDSClient } from "@aws-sdk/client-rds";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { orGone, tagsOf, without } from "../reading.ts";
import { pause } from "./db-cluster-pause.ts";
import { isRds } from "./engines.ts";

function found(cluster: DBCluster): Found {
  return {
    id: cluster.DBClusterIdentifier ?? "",
    arn: cluster.DBClusterArn,
    createdAt: cluster.ClusterCreateTime,
    state: cluster.Status,
    tags: tagsOf(cluster.TagList),
    configuration: without(cluster, "TagList", "DBClusterIdentifier", "DBClusterArn", "ClusterCreateTime"),
  };
}

async function* list(scope: ReadScope): AsyncGenerator<Found> {
  const paging = { client: scope.client(RDSClient), pageSize: scope.pageSize(100, 20) };
  for await (const page of paginateDescribeDBClusters(paging, {}))
    for (const cluster of page.DBClusters ?? []) if (isRds(cluster.Engine)) yield found(cluster);
}

export default {
  list,

  async read(scope, id) {
    const command = new DescribeDBClustersCommand({ DBClusterIdentifier: id });
    const cluster = (await orGone(scope.client(RDSClient).send(command)))?.DBClusters?.[0];
    return cluster && isRds(cluster.Engine) ? found(cluster) : undefined;
  },
  pause,
} satisfies Entry;
