import { AppRunnerClient, DeleteServiceCommand, paginateListServices } from "@aws-sdk/client-apprunner";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { inParallel, unknownOf, without } from "../reading.ts";
import { charges } from "./service-charges.ts";
import { pause } from "./service-pause.ts";
import { arnOf, serviceOf } from "./service-read.ts";

const PREFIX = ":service/";

async function* ids(scope: ReadScope): AsyncGenerator<string> {
  // Twenty is AWS's greatest page. Source: the model of the API, ListServicesRequest.
  const paging = { client: scope.client(AppRunnerClient), pageSize: scope.pageSize(20) };
  for await (const page of paginateListServices(paging, {}))
    for (const { ServiceArn: arn = "", Status } of page.ServiceSummaryList ?? [])
      if (Status !== "DELETED") yield arn.slice(arn.indexOf(PREFIX) + PREFIX.length);
}

async function describe(scope: ReadScope, id: string): Promise<Found | undefined> {
  const service = await serviceOf(scope, id);
  if (!service) return undefined;
  const arn = service.ServiceArn ?? "";
  const { tags, unknown } = (await scope.tags("apprunner:service"))(arn);
  return {
    id,
    arn,
    name: service.ServiceName,
    createdAt: service.CreatedAt,
    state: service.Status,
    tags,
    configuration: without(service, "ServiceName", "ServiceId", "ServiceArn", "CreatedAt"),
    ...unknownOf(unknown),
  };
}

export default {
  list: (scope) => inParallel(ids(scope), (id) => describe(scope, id)),
  read: describe,
  pause,
  removal: {
    inspect: ({ state = "in an unknown state" }) => ({ words: state.toLowerCase().replaceAll("_", " ") }),
    remove: (scope, { id }) =>
      scope.writer(AppRunnerClient).send(new DeleteServiceCommand({ ServiceArn: arnOf(scope, id) })),
  },
  charges,
} satisfies Entry;
