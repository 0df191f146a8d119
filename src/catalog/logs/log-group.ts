import {
  CloudWatchLogsClient,
  DeleteLogGroupCommand,
  type LogGroup,
  PutLogGroupDeletionProtectionCommand,
  paginateDescribeLogGroups,
} from "@aws-sdk/client-cloudwatch-logs";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { unknownOf, without } from "../reading.ts";
import { charges } from "./log-group-charges.ts";

/** `arn` ends in `:*`, as policies for its streams want it; the group's own ARN does not. */
function arnOf(group: LogGroup): string {
  return group.logGroupArn ?? group.arn?.replace(/:\*$/, "") ?? "";
}

async function found(scope: ReadScope, group: LogGroup): Promise<Found> {
  const arn = arnOf(group);
  const { tags, unknown } = (await scope.tags("logs"))(arn);
  return {
    id: group.logGroupName ?? "",
    arn,
    createdAt: group.creationTime,
    tags,
    configuration: without(group, "logGroupName", "arn", "logGroupArn", "creationTime"),
    ...unknownOf(unknown),
  };
}

async function* list(scope: ReadScope, logGroupNamePrefix?: string): AsyncGenerator<Found> {
  const paging = { client: scope.client(CloudWatchLogsClient), pageSize: scope.pageSize(50) };
  for await (const page of paginateDescribeLogGroups(paging, logGroupNamePrefix ? { logGroupNamePrefix } : {}))
    for (const group of page.logGroups ?? []) yield found(scope, group);
}

export default {
  list: (scope) => list(scope),

  async read(scope, id) {
    for await (const group of list(scope, id)) if (group.id === id) return group;
    return undefined;
  },
  charges,

  removal: {
    inspect: ({ configuration }) =>
      (configuration as LogGroup).deletionProtectionEnabled ? { guardedBy: "deletion protection" } : {},
    prepare(scope, { id }) {
      const asked = { logGroupIdentifier: id, deletionProtectionEnabled: false };
      return scope.writer(CloudWatchLogsClient).send(new PutLogGroupDeletionProtectionCommand(asked));
    },
    remove: (scope, { id }) => scope.writer(CloudWatchLogsClient).send(new DeleteLogGroupCommand({ logGroupName: id })),
  },
} satisfies Entry;
