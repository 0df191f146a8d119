import {
  DatabaseMigrationServiceClient,
  DescribeReplicationInstancesCommand,
  paginateDescribeReplicationInstances,
  type ReplicationInstance,
} from "@aws-sdk/client-database-migration-service";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { orGone, unknownOf, without } from "../reading.ts";
import { charges } from "./replication-instance-charges.ts";
import { removal } from "./replication-instance-removal.ts";

async function found(scope: ReadScope, instance: ReplicationInstance): Promise<Found> {
  const arn = instance.ReplicationInstanceArn ?? "";
  const { tags, unknown } = (await scope.tags("dms:rep"))(arn);
  return {
    id: arn,
    arn,
    name: instance.ReplicationInstanceIdentifier,
    createdAt: instance.InstanceCreateTime,
    state: instance.ReplicationInstanceStatus,
    tags,
    configuration: without(instance, "ReplicationInstanceArn", "ReplicationInstanceIdentifier", "InstanceCreateTime"),
    ...unknownOf(unknown),
  };
}

async function* list(scope: ReadScope): AsyncGenerator<Found> {
  const paging = { client: scope.client(DatabaseMigrationServiceClient), pageSize: scope.pageSize(100, 20) };
  for await (const page of paginateDescribeReplicationInstances(paging, {}))
    for (const instance of page.ReplicationInstances ?? []) yield found(scope, instance);
}

export default {
  list,

  async read(scope, id) {
    const Filters = [{ Name: "replication-instance-arn", Values: [id] }];
    const command = new DescribeReplicationInstancesCommand({ Filters });
    const answer = await orGone(scope.client(DatabaseMigrationServiceClient).send(command));
    const instance = answer?.ReplicationInstances?.[0];
    return instance && found(scope, instance);
  },
  removal,
  charges,
} satisfies Entry;
