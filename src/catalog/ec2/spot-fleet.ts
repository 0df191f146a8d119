import {
  CancelSpotFleetRequestsCommand,
  type DescribeSpotFleetRequestsRequest,
  EC2Client,
  paginateDescribeSpotFleetRequests,
  type SpotFleetRequestConfig,
} from "@aws-sdk/client-ec2";
import { free } from "../charges.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { orGone, tagsOf, without } from "../reading.ts";
import { subnetsIn, throwRefusal } from "./fleets.ts";
import { first, SMALLEST_PAGE } from "./reading.ts";

/** Told of for two days more; what still runs of such a request is nobody's. Source: EC2 user guide, "Spot Fleet request states". */
const OVER: readonly (string | undefined)[] = ["cancelled", "cancelled_running"];

async function* describe(
  scope: ReadScope,
  request: DescribeSpotFleetRequestsRequest,
  pageSize?: number,
): AsyncGenerator<Found> {
  const paging = { client: scope.client(EC2Client), ...(pageSize === undefined ? {} : { pageSize }) };
  for await (const page of paginateDescribeSpotFleetRequests(paging, request))
    for (const fleet of page.SpotFleetRequestConfigs ?? [])
      if (!OVER.includes(fleet.SpotFleetRequestState)) yield found(fleet);
}

function found(fleet: SpotFleetRequestConfig): Found {
  const tags = tagsOf(fleet.Tags);
  const { LaunchSpecifications = [], LaunchTemplateConfigs = [] } = fleet.SpotFleetRequestConfig ?? {};
  const overrides = LaunchTemplateConfigs.flatMap(({ Overrides = [] }) => Overrides);
  const interfaces = LaunchSpecifications.flatMap(({ NetworkInterfaces = [] }) => NetworkInterfaces);
  return {
    id: fleet.SpotFleetRequestId ?? "",
    name: tags.Name,
    createdAt: fleet.CreateTime,
    state: fleet.SpotFleetRequestState,
    tags,
    configuration: {
      ...without(fleet, "Tags", "SpotFleetRequestId", "CreateTime"),
      SubnetIds: subnetsIn([...LaunchSpecifications, ...interfaces, ...overrides]),
    },
  };
}

export default {
  list: (scope) => describe(scope, {}, scope.pageSize(1000, SMALLEST_PAGE)),

  // It has no filters.
  read: (scope, id) => orGone(first(describe(scope, { SpotFleetRequestIds: [id] }))),
  charges: free,

  removal: {
    inspect: ({ state = "in an unknown state" }) =>
      state === "cancelled_terminating" ? { leaving: true, words: state } : { words: state },
    async remove(scope, { id }) {
      const asked = new CancelSpotFleetRequestsCommand({ SpotFleetRequestIds: [id], TerminateInstances: true });
      const { UnsuccessfulFleetRequests } = await scope.writer(EC2Client).send(asked);
      throwRefusal(UnsuccessfulFleetRequests?.[0]?.Error, "CancelSpotFleetRequests", scope);
    },
  },
} satisfies Entry;
