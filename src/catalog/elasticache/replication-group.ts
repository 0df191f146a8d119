import {
  DescribeReplicationGroupsCommand,
  ElastiCacheClient,
  paginateDescribeReplicationGroups,
  type ReplicationGroup,
} from "@aws-sdk/client-elasticache";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { orGone, unknownOf, without } from "../reading.ts";
import { removal } from "./replication-group-removal.ts";

async function found(scope: ReadScope, group: ReplicationGroup): Promise<Found> {
  const { tags, unknown } = (await scope.tags("elasticache"))(group.ARN ?? "");
  return {
    id: group.ReplicationGroupId ?? "",
    arn: group.ARN,
    createdAt: group.ReplicationGroupCreateTime,
    state: group.Status,
    tags,
    configuration: without(group, "ReplicationGroupId", "ARN", "ReplicationGroupCreateTime"),
    ...unknownOf(unknown),
  };
}

async function* list(scope: ReadScope): AsyncGenerator<Found> {
  const paging = { client: scope.client(ElastiCacheClient), pageSize: scope.pageSize(100, 20) };
  for await (const page of paginateDescribeReplicationGroups(paging, {}))
    for (const group of page.ReplicationGroups ?? []) yield found(scope, group);
}

export default {
  list,

  async read(scope, id) {
    const command = new DescribeReplicationGroupsCommand({ ReplicationGroupId: id });
    const group = (await orGone(scope.client(ElastiCacheClient).send(command)))?.ReplicationGroups?.[0];
    return group && found(scope, group);
  },
  removal,
} satisfies Entry;
