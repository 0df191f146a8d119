import {
  type DBInstance,
  DescribeDBInstancesCommand,
  paginateDescribeDBInstances,
  RDSClient,
} from "@aws-sdk/client-rds";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { orGone, tagsOf, without } from "../reading.ts";
import { type EngineOwner, engineFilter, ownerOf } from "./engines.ts";

/** One instance of an owner's; undefined = gone, or another's. */
export async function instanceOf(owner: EngineOwner, scope: ReadScope, id: string): Promise<DBInstance | undefined> {
  const command = new DescribeDBInstancesCommand({ DBInstanceIdentifier: id });
  const instance = (await orGone(scope.client(RDSClient).send(command)))?.DBInstances?.[0];
  return instance && ownerOf(instance.Engine) === owner ? instance : undefined;
}

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

/** Lists and reads the instances of one owner; the others' are none of its type's. */
export function instanceReading(owner: EngineOwner): Pick<Entry, "list" | "read"> {
  return {
    async *list(scope) {
      const paging = { client: scope.client(RDSClient), pageSize: scope.pageSize(100, 20) };
      for await (const page of paginateDescribeDBInstances(paging, engineFilter(owner)))
        for (const instance of page.DBInstances ?? []) if (ownerOf(instance.Engine) === owner) yield found(instance);
    },

    async read(scope, id) {
      const instance = await instanceOf(owner, scope, id);
      return instance && found(instance);
    },
  };
}
