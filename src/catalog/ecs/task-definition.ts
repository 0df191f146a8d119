import {
  DeregisterTaskDefinitionCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  paginateListTaskDefinitions,
} from "@aws-sdk/client-ecs";
import { isError } from "../../model/errors.ts";
import { free } from "../charges.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { inParallel, without } from "../reading.ts";
import { ecsTags } from "./tags.ts";

const idOf = (arn: string) => arn.slice(arn.lastIndexOf("/") + 1);

async function* ids(scope: ReadScope): AsyncGenerator<string> {
  const paging = { client: scope.client(ECSClient), pageSize: scope.pageSize(100) };
  for await (const page of paginateListTaskDefinitions(paging, { status: "ACTIVE" }))
    for (const arn of page.taskDefinitionArns ?? []) yield idOf(arn);
}

/** ECS has no code for a task definition that is not there. Source: ECS API reference, DescribeTaskDefinition. */
function isGone(error: unknown): boolean {
  return isError(error) && error.details.awsCode === "ClientException" && /Unable to describe/.test(error.message);
}

async function describe(scope: ReadScope, taskDefinition: string): Promise<Found | undefined> {
  const command = new DescribeTaskDefinitionCommand({ taskDefinition, include: ["TAGS"] });
  const answer = await scope
    .client(ECSClient)
    .send(command)
    .catch((error: unknown) => {
      if (isGone(error)) return undefined;
      throw error;
    });
  const found = answer?.taskDefinition;
  if (found?.status !== "ACTIVE") return undefined;
  return {
    id: taskDefinition,
    arn: found.taskDefinitionArn,
    createdAt: found.registeredAt,
    state: found.status,
    tags: ecsTags(answer?.tags),
    configuration: without(found, "taskDefinitionArn", "registeredAt"),
  };
}

export default {
  list: (scope) => inParallel(ids(scope), (id) => describe(scope, id)),
  read: describe,
  removal: {
    inspect: () => ({}),
    remove: (scope, { id }) =>
      scope.writer(ECSClient).send(new DeregisterTaskDefinitionCommand({ taskDefinition: id })),
  },
  charges: free,
} satisfies Entry;
