import {
  DeleteEndpointConfigCommand,
  DescribeEndpointConfigCommand,
  paginateListEndpointConfigs,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { free } from "../charges.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { inParallel, orGone, unknownOf, without } from "../reading.ts";

async function* names(scope: ReadScope): AsyncGenerator<string> {
  const paging = { client: scope.client(SageMakerClient), pageSize: scope.pageSize(100) };
  for await (const page of paginateListEndpointConfigs(paging, { SortBy: "Name", SortOrder: "Ascending" }))
    for (const { EndpointConfigName } of page.EndpointConfigs ?? []) if (EndpointConfigName) yield EndpointConfigName;
}

async function describe(scope: ReadScope, EndpointConfigName: string): Promise<Found | undefined> {
  const command = new DescribeEndpointConfigCommand({ EndpointConfigName });
  const answer = await orGone(scope.client(SageMakerClient).send(command));
  if (!answer) return undefined;
  const arn = answer.EndpointConfigArn ?? "";
  const { tags, unknown } = (await scope.tags("sagemaker:endpoint-config"))(arn);
  return {
    id: EndpointConfigName,
    arn,
    createdAt: answer.CreationTime,
    tags,
    configuration: without(answer, "$metadata", "EndpointConfigName", "EndpointConfigArn", "CreationTime"),
    ...unknownOf(unknown),
  };
}

export default {
  list: (scope) => inParallel(names(scope), (name) => describe(scope, name)),
  read: describe,
  removal: {
    // SageMaker deletes it under an endpoint that is made of it, which then can't be updated: only its users hold it.
    inspect: () => ({}),
    remove: (scope, { id }) =>
      scope.writer(SageMakerClient).send(new DeleteEndpointConfigCommand({ EndpointConfigName: id })),
  },
  charges: free,
} satisfies Entry;
