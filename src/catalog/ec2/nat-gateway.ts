import {
  DeleteNatGatewayCommand,
  EC2Client,
  type Filter,
  type NatGateway,
  paginateDescribeNatGateways,
} from "@aws-sdk/client-ec2";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { tagsOf, without } from "../reading.ts";
import { charges } from "./nat-gateway-charges.ts";
import { first, idIs, SMALLEST_PAGE } from "./reading.ts";

/** Deleted gateways stay in the listing for about an hour. Source: VPC user guide, "Delete a NAT gateway". */
async function* describe(scope: ReadScope, filters: Filter[]): AsyncGenerator<Found> {
  const paging = { client: scope.client(EC2Client), pageSize: scope.pageSize(1000, SMALLEST_PAGE) };
  for await (const page of paginateDescribeNatGateways(paging, { Filter: filters }))
    for (const gateway of page.NatGateways ?? []) if (gateway.State !== "deleted") yield found(gateway);
}

/** A regional gateway that covers zones or adds addresses by itself changes its addresses without anybody's doing. */
function movesByItself(gateway: NatGateway): boolean {
  return gateway.AutoScalingIps === "enabled" || gateway.AutoProvisionZones === "enabled";
}

function found(gateway: NatGateway): Found {
  const tags = tagsOf(gateway.Tags);
  const rest = without(gateway, "Tags", "NatGatewayId", "CreateTime", "NatGatewayAddresses");
  const addresses = gateway.NatGatewayAddresses ?? [];
  return {
    id: gateway.NatGatewayId ?? "",
    name: tags.Name,
    createdAt: gateway.CreateTime,
    state: gateway.State,
    tags,
    configuration: {
      ...rest,
      ...(movesByItself(gateway) ? { AutomaticAddresses: addresses } : { NatGatewayAddresses: addresses }),
    },
  };
}

export default {
  list: (scope) => describe(scope, []),

  read: (scope, id) => first(describe(scope, idIs("nat-gateway-id", id))),
  charges,

  removal: {
    inspect: ({ state = "in an unknown state" }) =>
      state === "deleting" ? { leaving: true, words: state } : { words: state },
    remove: (scope, { id }) => scope.writer(EC2Client).send(new DeleteNatGatewayCommand({ NatGatewayId: id })),
  },
} satisfies Entry;
