import { DescribeEndpointCommand, paginateListEndpoints, SageMakerClient } from "@aws-sdk/client-sagemaker";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { inParallel, orGone, unknownOf, without } from "../reading.ts";
import { charges } from "./endpoint-charges.ts";
import { pause } from "./endpoint-pause.ts";
import { removal } from "./endpoint-removal.ts";

async function* names(scope: ReadScope): AsyncGenerator<string> {
  const paging = { client: scope.client(SageMakerClient), pageSize: scope.pageSize(100) };
  // Asked for by name, because the default order by creation time is newest first and moves while it is read.
  for await (const page of paginateListEndpoints(paging, { SortBy: "Name", SortOrder: "Ascending" }))
    for (const { EndpointName } of page.Endpoints ?? []) if (EndpointName) yield EndpointName;
}

async function describe(scope: ReadScope, EndpointName: string): Promise<Found | undefined> {
  const answer = await orGone(scope.client(SageMakerClient).send(new DescribeEndpointCommand({ EndpointName })));
  if (!answer) return undefined;
  const arn = answer.EndpointArn ?? "";
  const { tags, unknown } = (await scope.tags("sagemaker:endpoint"))(arn);
  return {
    id: EndpointName,
    arn,
    createdAt: answer.CreationTime,
    state: answer.EndpointStatus,
    tags,
    configuration: without(answer, "$metadata", "EndpointName", "EndpointArn", "CreationTime"),
    ...unknownOf(unknown),
  };
}

export default {
  list: (scope) => inParallel(names(scope), (name) => describe(scope, name)),
  read: describe,
  pause,
  removal,
  charges,
} satisfies Entry;
