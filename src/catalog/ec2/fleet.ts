import {
  DeleteFleetsCommand,
  type DescribeFleetsRequest,
  EC2Client,
  type FleetData,
  paginateDescribeFleets,
} from "@aws-sdk/client-ec2";
import { free } from "../charges.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { orGone, tagsOf, without } from "../reading.ts";
import { subnetsIn, throwRefusal } from "./fleets.ts";
import { first, SMALLEST_PAGE } from "./reading.ts";

/** Told of for two days more; what still runs of such a fleet is nobody's. Source: EC2 user guide, "EC2 Fleet request states". */
const OVER: readonly (string | undefined)[] = ["deleted", "deleted_running"];

async function* describe(scope: ReadScope, request: DescribeFleetsRequest, pageSize?: number): AsyncGenerator<Found> {
  const paging = { client: scope.client(EC2Client), ...(pageSize === undefined ? {} : { pageSize }) };
  // An instant one is told of only where it is asked for by its id.
  for await (const page of paginateDescribeFleets(paging, request))
    for (const fleet of page.Fleets ?? [])
      if (!OVER.includes(fleet.FleetState) && fleet.Type !== "instant") yield found(fleet);
}

function found(fleet: FleetData): Found {
  const tags = tagsOf(fleet.Tags);
  const places = (fleet.LaunchTemplateConfigs ?? []).flatMap(({ Overrides = [] }) => Overrides);
  return {
    id: fleet.FleetId ?? "",
    name: tags.Name,
    createdAt: fleet.CreateTime,
    state: fleet.FleetState,
    tags,
    configuration: { ...without(fleet, "Tags", "FleetId", "CreateTime"), SubnetIds: subnetsIn(places) },
  };
}

export default {
  list: (scope) => describe(scope, {}, scope.pageSize(1000, SMALLEST_PAGE)),

  // No filter knows fleet ids.
  read: (scope, id) => orGone(first(describe(scope, { FleetIds: [id] }))),
  charges: free,

  removal: {
    inspect: ({ state = "in an unknown state" }) =>
      state === "deleted_terminating" ? { leaving: true, words: state } : { words: state },
    async remove(scope, { id }) {
      const asked = new DeleteFleetsCommand({ FleetIds: [id], TerminateInstances: true });
      const { UnsuccessfulFleetDeletions } = await scope.writer(EC2Client).send(asked);
      throwRefusal(UnsuccessfulFleetDeletions?.[0]?.Error, "DeleteFleets", scope);
    },
  },
} satisfies Entry;
