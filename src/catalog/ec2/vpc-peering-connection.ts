import {
  DeleteVpcPeeringConnectionCommand,
  EC2Client,
  type Filter,
  paginateDescribeVpcPeeringConnections,
  type VpcPeeringConnection,
} from "@aws-sdk/client-ec2";
import { free } from "../charges.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { tagsOf, without } from "../reading.ts";
import { first, idIs, SMALLEST_PAGE } from "./reading.ts";

/** Told for hours or days after they are over. Source: VPC peering guide, "VPC peering connection lifecycle". */
const OVER = ["deleted", "rejected", "failed", "expired"];

async function* describe(scope: ReadScope, filters: Filter[]): AsyncGenerator<Found> {
  const paging = { client: scope.client(EC2Client), pageSize: scope.pageSize(1000, SMALLEST_PAGE) };
  for await (const page of paginateDescribeVpcPeeringConnections(paging, { Filters: filters }))
    for (const each of page.VpcPeeringConnections ?? []) if (!OVER.includes(each.Status?.Code ?? "")) yield found(each);
}

function found(each: VpcPeeringConnection): Found {
  const tags = tagsOf(each.Tags);
  return {
    id: each.VpcPeeringConnectionId ?? "",
    name: tags.Name,
    state: each.Status?.Code,
    tags,
    configuration: without(each, "Tags", "VpcPeeringConnectionId"),
  };
}

export default {
  list: (scope) => describe(scope, []),

  read: (scope, id) => first(describe(scope, idIs("vpc-peering-connection-id", id))),

  removal: {
    inspect({ state = "in an unknown state", configuration }, { account }) {
      const asks = (configuration as VpcPeeringConnection).RequesterVpcInfo?.OwnerId;
      if (state === "pending-acceptance" && asks !== account)
        return { refuses: `it is a request of account ${asks}, which expires in a week unless someone accepts it` };
      return state === "deleting" ? { leaving: true, words: state } : { words: state };
    },
    remove: (scope, { id }) =>
      scope.writer(EC2Client).send(new DeleteVpcPeeringConnectionCommand({ VpcPeeringConnectionId: id })),
  },
  charges: free,
} satisfies Entry;
