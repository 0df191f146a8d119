import { EC2Client, type Filter, paginateDescribeSecurityGroups, type SecurityGroup } from "@aws-sdk/client-ec2";
import { free } from "../charges.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { tagsOf, without } from "../reading.ts";
import { first, idIs, isOwn, SMALLEST_PAGE } from "./reading.ts";
import { removal } from "./security-group-removal.ts";

async function* describe(scope: ReadScope, filters: Filter[]): AsyncGenerator<Found> {
  const paging = { client: scope.client(EC2Client), pageSize: scope.pageSize(1000, SMALLEST_PAGE) };
  for await (const page of paginateDescribeSecurityGroups(paging, { Filters: filters }))
    for (const group of page.SecurityGroups ?? []) if (isOwn(scope, group)) yield found(group);
}

function found(group: SecurityGroup): Found {
  return {
    id: group.GroupId ?? "",
    arn: group.SecurityGroupArn,
    name: group.GroupName,
    tags: tagsOf(group.Tags),
    configuration: without(group, "Tags", "GroupId", "SecurityGroupArn"),
  };
}

export default {
  list: (scope) => describe(scope, []),

  read: (scope, id) => first(describe(scope, idIs("group-id", id))),
  removal,
  charges: free,
} satisfies Entry;
