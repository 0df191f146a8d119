import {
  type DBInstance,
  DescribeDBInstancesCommand,
  paginateDescribeDBInstances,
  RDSClient,
} from "@aws-sdk/client-rds";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { orGone, tagsOf, without } from "../reading.ts";
import { pause } from "./db-instance-pause.ts";
import { isRds } from "./engines.ts";

function found(instance: DBInstance): Found {
  return {
    id: instance.DBInstanceIdentifier ?? "",
    arn: instance.DBInstanceArn,
    createdAt: instance.InstanceCreateTime,
    state: instance.DBInstanceStatus,
    tags: tagsOf(instance.TagList),
    configuration: without(instance, "TagList", "DBInstanceIdentifier", "DBInstanceArn", "InstanceCreateTime"),
  };
}

async function* list(scope: ReadScope): AsyncGenerator<Found> {
  const paging = { client: scope.client(RDSClient), pageSize: scope.pageSize(100, 20) };
  for await (const page of paginateDescribeDBInstances(paging, {}))
    for (const instance of page.DBInstances ?? []) if (isRds(instance.Engine)) yield found(instance);
}

export default {
  list,

  async read(scope, id) {
    const command = new DescribeDBInstancesCommand({ DBInstanceIdentifier: id });
    const instance = (await orGone(scope.client(RDSClient).send(command)))?.DBInstances?.[0];
    return instance && isRds(instance.Engine) ? found(instance) : undefined;
  },
  pause,
} satisfies Entry;
