import {
  CloudFormationClient,
  DescribeStacksCommand,
  paginateDescribeStacks,
  paginateListStackResources,
  type Stack,
  type StackResourceSummary,
} from "@aws-sdk/client-cloudformation";
import { free } from "../charges.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { inParallel, orGone, readParts, tagsOf, unknownOf, without } from "../reading.ts";
import { removal } from "./stack-removal.ts";

/** A stack that is gone can be described for ninety days more. */
const isLive = (stack: Stack) => stack.StackStatus !== "DELETE_COMPLETE";

/** CloudFormation sets the size of its pages. */
async function* stacks(scope: ReadScope): AsyncGenerator<Stack> {
  for await (const page of paginateDescribeStacks({ client: scope.client(CloudFormationClient) }, {}))
    yield* (page.Stacks ?? []).filter(isLive);
}

/** What an update took out of a stack, or left behind on purpose, it owns no more. */
const OWNED_NO_MORE: readonly (string | undefined)[] = ["DELETE_COMPLETE", "DELETE_SKIPPED"];

/**
 * Where CloudFormation calls a part otherwise than its own service does: so that links lead to it. An address is told by
 * its public IP, which nothing turns into its id: it leads to its stack by its tags.
 * Source: CloudFormation template reference, the return values of `Ref`.
 */
const IDS: Readonly<Record<string, (physicalId: string) => string>> = {
  "AWS::SQS::Queue": (url) => url.slice(url.lastIndexOf("/") + 1),
  "AWS::Events::Rule": (busAndRule) => busAndRule.replace("|", "/"),
  // Its group is not told; most are in the one that every account has.
  "AWS::Scheduler::Schedule": (name) => `default/${name}`,
};

function asNamed(part: StackResourceSummary): StackResourceSummary {
  const { ResourceType = "", PhysicalResourceId: id } = part;
  const idOf = IDS[ResourceType];
  return id && idOf ? { ...part, PhysicalResourceId: idOf(id) } : part;
}

async function partsOf(scope: ReadScope, StackName: string): Promise<StackResourceSummary[]> {
  const parts: StackResourceSummary[] = [];
  const client = scope.client(CloudFormationClient);
  for await (const page of paginateListStackResources({ client }, { StackName }))
    parts.push(...(page.StackResourceSummaries ?? []));
  return parts.filter(({ ResourceStatus }) => !OWNED_NO_MORE.includes(ResourceStatus)).map(asNamed);
}

async function withParts(scope: ReadScope, stack: Stack): Promise<Found> {
  const { values, unknown } = await readParts({ Resources: () => partsOf(scope, stack.StackId ?? "") });
  return {
    id: stack.StackName ?? "",
    arn: stack.StackId,
    createdAt: stack.CreationTime,
    state: stack.StackStatus,
    tags: tagsOf(stack.Tags),
    configuration: { ...without(stack, "Tags", "StackName", "StackId", "CreationTime"), ...values },
    ...unknownOf(unknown),
  };
}

export default {
  list: (scope) => inParallel(stacks(scope), (stack) => orGone(withParts(scope, stack))),

  async read(scope, id) {
    const client = scope.client(CloudFormationClient);
    const stack = (await orGone(client.send(new DescribeStacksCommand({ StackName: id }))))?.Stacks?.find(isLive);
    return stack && orGone(withParts(scope, stack));
  },
  removal,
  charges: free,
} satisfies Entry;
