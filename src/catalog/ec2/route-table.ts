import { EC2Client, type Filter, paginateDescribeRouteTables, type Route, type RouteTable } from "@aws-sdk/client-ec2";
import { free } from "../charges.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { tagsOf, without } from "../reading.ts";
import { first, idIs, isOwn, SMALLEST_PAGE } from "./reading.ts";
import { removal } from "./route-table-removal.ts";

async function* describe(scope: ReadScope, filters: Filter[]): AsyncGenerator<Found> {
  const paging = { client: scope.client(EC2Client), pageSize: scope.pageSize(100, SMALLEST_PAGE) };
  for await (const page of paginateDescribeRouteTables(paging, { Filters: filters }))
    for (const table of page.RouteTables ?? []) if (isOwn(scope, table)) yield found(table);
}

/** Put there by a virtual private gateway or by VPC Route Server, as they learn it. */
const isPropagated = ({ Origin }: Route): boolean =>
  Origin === "EnableVgwRoutePropagation" || Origin === "Advertisement";

function found(table: RouteTable): Found {
  const tags = tagsOf(table.Tags);
  const propagated = (table.Routes ?? []).filter(isPropagated);
  return {
    id: table.RouteTableId ?? "",
    name: tags.Name,
    tags,
    configuration: {
      ...without(table, "Tags", "RouteTableId"),
      Routes: (table.Routes ?? []).filter((route) => !isPropagated(route)),
      ...(propagated.length > 0 ? { PropagatedRoutes: propagated } : {}),
    },
  };
}

export default {
  list: (scope) => describe(scope, []),

  read: (scope, id) => first(describe(scope, idIs("route-table-id", id))),
  removal,
  charges: free,
} satisfies Entry;
