import { EC2Client, type Filter, type NetworkAcl, paginateDescribeNetworkAcls } from "@aws-sdk/client-ec2";
import { free } from "../charges.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { tagsOf, without } from "../reading.ts";
import { removal } from "./network-acl-removal.ts";
import { first, idIs, isOwn, SMALLEST_PAGE } from "./reading.ts";

async function* describe(scope: ReadScope, filters: Filter[]): AsyncGenerator<Found> {
  const paging = { client: scope.client(EC2Client), pageSize: scope.pageSize(1000, SMALLEST_PAGE) };
  for await (const page of paginateDescribeNetworkAcls(paging, { Filters: filters }))
    for (const acl of page.NetworkAcls ?? []) if (isOwn(scope, acl)) yield found(acl);
}

function found(acl: NetworkAcl): Found {
  const tags = tagsOf(acl.Tags);
  return {
    id: acl.NetworkAclId ?? "",
    name: tags.Name,
    tags,
    configuration: without(acl, "Tags", "NetworkAclId"),
  };
}

export default {
  list: (scope) => describe(scope, []),

  read: (scope, id) => first(describe(scope, idIs("network-acl-id", id))),
  removal,
  charges: free,
} satisfies Entry;
