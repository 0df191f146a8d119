import {
  DeleteVpcEndpointsCommand,
  type DescribeVpcEndpointsRequest,
  EC2Client,
  paginateDescribeVpcEndpoints,
  type VpcEndpoint,
} from "@aws-sdk/client-ec2";
import { translate } from "../../aws/errors.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { orGone, parseDocument, tagsOf, without } from "../reading.ts";
import { first, isOwn, SMALLEST_PAGE } from "./reading.ts";
import { charges } from "./vpc-endpoint-charges.ts";

async function* describe(scope: ReadScope, request: DescribeVpcEndpointsRequest): AsyncGenerator<Found> {
  const paging = { client: scope.client(EC2Client), pageSize: scope.pageSize(1000, SMALLEST_PAGE) };
  for await (const page of paginateDescribeVpcEndpoints(paging, request))
    for (const endpoint of page.VpcEndpoints ?? [])
      if (isOwn(scope, endpoint) && stateOf(endpoint) !== "deleted") yield found(endpoint);
}

/** The API answers `available` where its model says `Available`. */
const stateOf = (endpoint: VpcEndpoint): string | undefined => endpoint.State?.toLowerCase();

function found(endpoint: VpcEndpoint): Found {
  const tags = tagsOf(endpoint.Tags);
  return {
    id: endpoint.VpcEndpointId ?? "",
    name: tags.Name,
    createdAt: endpoint.CreationTimestamp,
    state: stateOf(endpoint),
    tags,
    configuration: {
      ...without(endpoint, "Tags", "VpcEndpointId", "CreationTimestamp", "PolicyDocument"),
      PolicyDocument: parseDocument(endpoint.PolicyDocument),
    },
  };
}

export default {
  list: (scope) => describe(scope, {}),

  read: (scope, id) => orGone(first(describe(scope, { VpcEndpointIds: [id] }))),
  charges,

  removal: {
    inspect: ({ state = "in an unknown state" }) =>
      state === "deleting" ? { leaving: true, words: state } : { words: state },
    async remove(scope, { id }) {
      const asked = new DeleteVpcEndpointsCommand({ VpcEndpointIds: [id] });
      // What AWS refuses stands in an answer that is a success as a whole.
      const failure = (await scope.writer(EC2Client).send(asked)).Unsuccessful?.[0]?.Error;
      if (!failure) return;
      const error = {
        name: failure.Code ?? "UnknownError",
        message: failure.Message ?? "",
        $metadata: { httpStatusCode: 400 },
      };
      throw translate(error, { service: "ec2", operation: "DeleteVpcEndpoints" }, scope.region);
    },
  },
} satisfies Entry;
