import {
  CancelSpotInstanceRequestsCommand,
  EC2Client,
  type Filter,
  paginateDescribeSpotInstanceRequests,
  type SpotInstanceRequest,
} from "@aws-sdk/client-ec2";
import { free } from "../charges.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { tagsOf, without } from "../reading.ts";
import { first, idIs, SMALLEST_PAGE } from "./reading.ts";

/** The rest is over, and told for a while. Source: EC2 user guide, "Spot Instance request states". */
const LIVE = { Name: "state", Values: ["open", "active", "disabled"] };

async function* describe(scope: ReadScope, filters: Filter[]): AsyncGenerator<Found> {
  const paging = { client: scope.client(EC2Client), pageSize: scope.pageSize(1000, SMALLEST_PAGE) };
  for await (const page of paginateDescribeSpotInstanceRequests(paging, { Filters: [LIVE, ...filters] }))
    for (const request of page.SpotInstanceRequests ?? []) yield found(request);
}

function found(request: SpotInstanceRequest): Found {
  const tags = tagsOf(request.Tags);
  return {
    id: request.SpotInstanceRequestId ?? "",
    name: tags.Name,
    createdAt: request.CreateTime,
    state: request.State,
    tags,
    configuration: without(request, "Tags", "SpotInstanceRequestId", "CreateTime"),
  };
}

export default {
  list: (scope) => describe(scope, []),

  read: (scope, id) => first(describe(scope, idIs("spot-instance-request-id", id))),
  charges: free,

  removal: {
    inspect: ({ state = "in an unknown state" }) => ({ words: state }),
    remove: (scope, { id }) =>
      scope.writer(EC2Client).send(new CancelSpotInstanceRequestsCommand({ SpotInstanceRequestIds: [id] })),
  },
} satisfies Entry;
