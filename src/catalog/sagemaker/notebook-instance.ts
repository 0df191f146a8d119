import {
  DescribeNotebookInstanceCommand,
  paginateListNotebookInstances,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { inParallel, orGone, unknownOf, without } from "../reading.ts";
import { charges } from "./notebook-instance-charges.ts";
import { pause } from "./notebook-instance-pause.ts";
import { removal } from "./notebook-instance-removal.ts";

async function* names(scope: ReadScope): AsyncGenerator<string> {
  const paging = { client: scope.client(SageMakerClient), pageSize: scope.pageSize(100) };
  for await (const page of paginateListNotebookInstances(paging, { SortBy: "Name", SortOrder: "Ascending" }))
    for (const { NotebookInstanceName } of page.NotebookInstances ?? [])
      if (NotebookInstanceName) yield NotebookInstanceName;
}

async function describe(scope: ReadScope, NotebookInstanceName: string): Promise<Found | undefined> {
  const command = new DescribeNotebookInstanceCommand({ NotebookInstanceName });
  const answer = await orGone(scope.client(SageMakerClient).send(command));
  if (!answer) return undefined;
  const arn = answer.NotebookInstanceArn ?? "";
  const { tags, unknown } = (await scope.tags("sagemaker:notebook-instance"))(arn);
  return {
    id: NotebookInstanceName,
    arn,
    createdAt: answer.CreationTime,
    state: answer.NotebookInstanceStatus,
    tags,
    configuration: without(answer, "$metadata", "NotebookInstanceName", "NotebookInstanceArn", "CreationTime"),
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
