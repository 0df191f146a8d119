import { DeleteSubnetCommand, EC2Client, type Filter, paginateDescribeSubnets, type Subnet } from "@aws-sdk/client-ec2";
import { free } from "../charges.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { tagsOf, without } from "../reading.ts";
import { first, idIs, isOwn, SMALLEST_PAGE } from "./reading.ts";

async function* describe(scope: ReadScope, filters: Filter[]): AsyncGenerator<Found> {
  const paging = { client: scope.client(EC2Client), pageSize: scope.pageSize(1000, SMALLEST_PAGE) };
  for await (const page of paginateDescribeSubnets(paging, { Filters: filters }))
    for (const subnet of page.Subnets ?? []) if (isOwn(scope, subnet)) yield found(subnet);
}

function found(subnet: Subnet): Found {
  const tags = tagsOf(subnet.Tags);
  return {
    id: subnet.SubnetId ?? "",
    arn: subnet.SubnetArn,
    name: tags.Name,
    state: subnet.State,
    tags,
    configuration: without(subnet, "Tags", "SubnetId", "SubnetArn"),
  };
}

export default {
  list: (scope) => describe(scope, []),

  read: (scope, id) => first(describe(scope, idIs("subnet-id", id))),

  removal: {
    inspect: ({ configuration }) =>
      (configuration as Subnet).DefaultForAz ? { refuses: "it is the default subnet of its zone" } : {},
    remove: (scope, { id }) => scope.writer(EC2Client).send(new DeleteSubnetCommand({ SubnetId: id })),
  },
  charges: free,
} satisfies Entry;
