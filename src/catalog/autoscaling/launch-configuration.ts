import {
  AutoScalingClient,
  DeleteLaunchConfigurationCommand,
  type LaunchConfiguration,
  type LaunchConfigurationNamesType,
  paginateDescribeLaunchConfigurations,
} from "@aws-sdk/client-auto-scaling";
import { free } from "../charges.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { without } from "../reading.ts";

/** Launch configurations have no tags. */
function found(each: LaunchConfiguration): Found {
  return {
    id: each.LaunchConfigurationName ?? "",
    arn: each.LaunchConfigurationARN,
    createdAt: each.CreatedTime,
    tags: {},
    configuration: without(each, "LaunchConfigurationName", "LaunchConfigurationARN", "CreatedTime"),
  };
}

/** Names that do not exist are left out of the answer. */
async function* describe(scope: ReadScope, input: LaunchConfigurationNamesType): AsyncGenerator<Found> {
  const paging = { client: scope.client(AutoScalingClient), pageSize: scope.pageSize(100) };
  for await (const page of paginateDescribeLaunchConfigurations(paging, input))
    for (const each of page.LaunchConfigurations ?? []) yield found(each);
}

export default {
  list: (scope) => describe(scope, {}),

  async read(scope, id) {
    for await (const each of describe(scope, { LaunchConfigurationNames: [id] })) return each;
    return undefined;
  },
  removal: {
    inspect: () => ({}),
    remove: (scope, { id }) =>
      scope.writer(AutoScalingClient).send(new DeleteLaunchConfigurationCommand({ LaunchConfigurationName: id })),
  },
  charges: free,
} satisfies Entry;
