import { type DBCluster, DescribeDBClustersCommand, paginateDescribeDBClusters, RDSClient } from "@aws-sdk/client-rds";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { orGone, tagsOf, without } from "../reading.ts";
import { type EngineOwner, engineFilter, ownerOf } from "./engines.ts";

/** One cluster of an owner's; undefined = gone, or another's. */
export async function clusterOf(owner: EngineOwner, scope: ReadScope, id: string): Promise<DBCluster | undefined> {
  const command = new DescribeDBClustersCommand({ DBClusterIdentifier: id });
  const cluster = (await orGone(scope.client(RDSClient).send(command)))?.DBClusters?.[0];
  return cluster && ownerOf(cluster.Engine) === owner ? cluster : undefined;
}

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

/** Lists and reads the clusters of one owner; the others' are none of its type's. */
export function clusterReading(owner: EngineOwner): Pick<Entry, "list" | "read"> {
  return {
    async *list(scope) {
      const paging = { client: scope.client(RDSClient), pageSize: scope.pageSize(100, 20) };
      for await (const page of paginateDescribeDBClusters(paging, engineFilter(owner)))
        for (const cluster of page.DBClusters ?? []) if (ownerOf(cluster.Engine) === owner) yield found(cluster);
    },

    async read(scope, id) {
      const cluster = await clusterOf(owner, scope, id);
      return cluster && found(cluster);
    },
  };
}
