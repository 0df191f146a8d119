import {
  type DBSubnetGroup,
  DeleteDBSubnetGroupCommand,
  DescribeDBSubnetGroupsCommand,
  paginateDescribeDBSubnetGroups,
  RDSClient,
} from "@aws-sdk/client-rds";
import { free } from "../charges.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { orGone, unknownOf, without } from "../reading.ts";

async function found(scope: ReadScope, group: DBSubnetGroup): Promise<Found> {
  const { tags, unknown } = (await scope.tags("rds:subgrp"))(group.DBSubnetGroupArn ?? "");
  return {
    id: group.DBSubnetGroupName ?? "",
    arn: group.DBSubnetGroupArn,
    state: group.SubnetGroupStatus,
    tags,
    configuration: without(group, "DBSubnetGroupName", "DBSubnetGroupArn"),
    ...unknownOf(unknown),
  };
}

async function* list(scope: ReadScope): AsyncGenerator<Found> {
  const paging = { client: scope.client(RDSClient), pageSize: scope.pageSize(100, 20) };
  for await (const page of paginateDescribeDBSubnetGroups(paging, {}))
    for (const group of page.DBSubnetGroups ?? []) yield found(scope, group);
}

export default {
  list,

  async read(scope, id) {
    const command = new DescribeDBSubnetGroupsCommand({ DBSubnetGroupName: id });
    const group = (await orGone(scope.client(RDSClient).send(command)))?.DBSubnetGroups?.[0];
    return group && found(scope, group);
  },

  removal: {
    inspect({ id, configuration }) {
      if (id === "default") return { refuses: "it is the default DB subnet group, which RDS does not let go" };
      // AWS tells no creation date: where it lies tells it from another of its name.
      const { VpcId, Subnets = [] } = configuration as DBSubnetGroup;
      const subnets = Subnets.map(({ SubnetIdentifier }) => SubnetIdentifier ?? "").sort();
      return { identity: { vpc: VpcId ?? null, subnets } };
    },
    remove: (scope, { id }) => scope.writer(RDSClient).send(new DeleteDBSubnetGroupCommand({ DBSubnetGroupName: id })),
  },
  charges: free,
} satisfies Entry;
