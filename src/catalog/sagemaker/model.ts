import {
  DeleteModelCommand,
  DescribeModelCommand,
  paginateListModels,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { free } from "../charges.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { inParallel, orGone, unknownOf, without } from "../reading.ts";

async function* names(scope: ReadScope): AsyncGenerator<string> {
  const paging = { client: scope.client(SageMakerClient), pageSize: scope.pageSize(100) };
  for await (const page of paginateListModels(paging, { SortBy: "Name", SortOrder: "Ascending" }))
    for (const { ModelName } of page.Models ?? []) if (ModelName) yield ModelName;
}

async function describe(scope: ReadScope, ModelName: string): Promise<Found | undefined> {
  const answer = await orGone(scope.client(SageMakerClient).send(new DescribeModelCommand({ ModelName })));
  if (!answer) return undefined;
  const arn = answer.ModelArn ?? "";
  const { tags, unknown } = (await scope.tags("sagemaker:model"))(arn);
  return {
    id: ModelName,
    arn,
    createdAt: answer.CreationTime,
    tags,
    configuration: without(answer, "$metadata", "ModelName", "ModelArn", "CreationTime"),
    ...unknownOf(unknown),
  };
}

export default {
  list: (scope) => inParallel(names(scope), (name) => describe(scope, name)),
  read: describe,
  removal: {
    inspect: () => ({}),
    remove: (scope, { id }) => scope.writer(SageMakerClient).send(new DeleteModelCommand({ ModelName: id })),
  },
  // What runs it costs, and the bucket that its artifacts are in.
  charges: free,
} satisfies Entry;
