import { type Cluster, DescribeClusterV2Command, KafkaClient, paginateListClustersV2 } from "@aws-sdk/client-kafka";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { orGone, without } from "../reading.ts";
import { removal } from "./cluster-removal.ts";

/** Serverless clusters are CloudFormation's `AWS::MSK::ServerlessCluster`. */
const KIND = "PROVISIONED";

/**
 * AWS names the hosts in no order that it promises. Source: Terraform's AWS provider, which sorts them, too:
 * https://github.com/hashicorp/terraform-provider-aws/tree/main/internal/service/kafka
 */
const inOrder = (hosts: string | undefined) => hosts?.split(",").sort().join(",");

function withHostsInOrder({ Provisioned, ...cluster }: Cluster): Cluster {
  if (!Provisioned) return cluster;
  const { ZookeeperConnectString, ZookeeperConnectStringTls } = Provisioned;
  return {
    ...cluster,
    Provisioned: {
      ...Provisioned,
      ZookeeperConnectString: inOrder(ZookeeperConnectString),
      ZookeeperConnectStringTls: inOrder(ZookeeperConnectStringTls),
    },
  };
}

function found(cluster: Cluster): Found {
  return {
    id: cluster.ClusterArn ?? "",
    arn: cluster.ClusterArn,
    name: cluster.ClusterName,
    createdAt: cluster.CreationTime,
    state: cluster.State,
    tags: cluster.Tags ?? {},
    configuration: without(withHostsInOrder(cluster), "Tags", "ClusterArn", "CreationTime"),
  };
}

async function* list(scope: ReadScope): AsyncGenerator<Found> {
  const paging = { client: scope.client(KafkaClient), pageSize: scope.pageSize(100) };
  for await (const page of paginateListClustersV2(paging, { ClusterTypeFilter: KIND }))
    for (const cluster of page.ClusterInfoList ?? []) if (cluster.ClusterType === KIND) yield found(cluster);
}

export default {
  list,

  async read(scope, id) {
    const command = new DescribeClusterV2Command({ ClusterArn: id });
    const cluster = (await orGone(scope.client(KafkaClient).send(command)))?.ClusterInfo;
    return cluster?.ClusterType === KIND ? found(cluster) : undefined;
  },
  removal,
} satisfies Entry;
