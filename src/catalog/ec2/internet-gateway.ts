import {
  DeleteInternetGatewayCommand,
  DetachInternetGatewayCommand,
  EC2Client,
  type Filter,
  type InternetGateway,
  paginateDescribeInternetGateways,
} from "@aws-sdk/client-ec2";
import { isError } from "../../model/errors.ts";
import { free } from "../charges.ts";
import type { Entry, Found, ReadScope, WriteScope } from "../contract.ts";
import { tagsOf, without } from "../reading.ts";
import { first, idIs, isOwn, SMALLEST_PAGE } from "./reading.ts";

async function* describe(scope: ReadScope, filters: Filter[]): AsyncGenerator<Found> {
  const paging = { client: scope.client(EC2Client), pageSize: scope.pageSize(1000, SMALLEST_PAGE) };
  for await (const page of paginateDescribeInternetGateways(paging, { Filters: filters }))
    for (const gateway of page.InternetGateways ?? []) if (isOwn(scope, gateway)) yield found(gateway);
}

function found(gateway: InternetGateway): Found {
  const tags = tagsOf(gateway.Tags);
  return {
    id: gateway.InternetGatewayId ?? "",
    name: tags.Name,
    tags,
    configuration: without(gateway, "Tags", "InternetGatewayId"),
  };
}

/** An answer may be lost and the call repeated: what is detached already is done. */
async function detach(scope: WriteScope, InternetGatewayId: string, VpcId: string | undefined): Promise<void> {
  try {
    await scope.writer(EC2Client).send(new DetachInternetGatewayCommand({ InternetGatewayId, VpcId }));
  } catch (error) {
    if (!isError(error) || error.details.awsCode !== "Gateway.NotAttached") throw error;
  }
}

export default {
  list: (scope) => describe(scope, []),

  read: (scope, id) => first(describe(scope, idIs("internet-gateway-id", id))),

  removal: {
    inspect: ({ configuration }) =>
      (configuration as InternetGateway).Attachments?.length ? { needs: ["detach"] } : {},
    async prepare(scope, { id, configuration }) {
      for (const { VpcId } of (configuration as InternetGateway).Attachments ?? []) await detach(scope, id, VpcId);
    },
    remove: (scope, { id }) =>
      scope.writer(EC2Client).send(new DeleteInternetGatewayCommand({ InternetGatewayId: id })),
  },
  charges: free,
} satisfies Entry;
