import { EC2Client, type Filter, type NetworkInterface, paginateDescribeNetworkInterfaces } from "@aws-sdk/client-ec2";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { tagsOf, without } from "../reading.ts";
import { first, idIs, isOwn, SMALLEST_PAGE } from "./reading.ts";

async function* describe(scope: ReadScope, filters: Filter[]): AsyncGenerator<Found> {
  const paging = { client: scope.client(EC2Client), pageSize: scope.pageSize(1000, SMALLEST_PAGE) };
  for await (const page of paginateDescribeNetworkInterfaces(paging, { Filters: filters }))
    for (const each of page.NetworkInterfaces ?? []) if (isOwn(scope, each)) yield found(each);
}

function found(each: NetworkInterface): Found {
  const tags = tagsOf(each.TagSet);
  return {
    id: each.NetworkInterfaceId ?? "",
    name: tags.Name,
    state: each.Status,
    tags,
    configuration: without(each, "TagSet", "NetworkInterfaceId"),
  };
}

export default {
  list: (scope) => describe(scope, []),

  read: (scope, id) => first(describe(scope, idIs("network-interface-id", id))),
} satisfies Entry;
