import { GetTriggerCommand, GlueClient, paginateGetTriggers, type Trigger } from "@aws-sdk/client-glue";
import { free } from "../charges.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { orGone, unknownOf, without } from "../reading.ts";
import { pause } from "./trigger-pause.ts";
import { removal } from "./trigger-removal.ts";

async function found(scope: ReadScope, trigger: Trigger): Promise<Found> {
  const { account, partition, region } = scope;
  const arn = `arn:${partition}:glue:${region}:${account}:trigger/${trigger.Name ?? ""}`;
  const { tags, unknown } = (await scope.tags("glue:trigger"))(arn);
  return {
    id: trigger.Name ?? "",
    arn,
    state: trigger.State,
    tags,
    configuration: without(trigger, "Name"),
    ...unknownOf(unknown),
  };
}

async function* list(scope: ReadScope): AsyncGenerator<Found> {
  const paging = { client: scope.client(GlueClient), pageSize: scope.pageSize(200) };
  for await (const page of paginateGetTriggers(paging, {}))
    for (const trigger of page.Triggers ?? []) yield found(scope, trigger);
}

export default {
  list,

  async read(scope, id) {
    const answer = await orGone(scope.client(GlueClient).send(new GetTriggerCommand({ Name: id })));
    return answer?.Trigger && found(scope, answer.Trigger);
  },
  pause,
  removal,
  charges: free,
} satisfies Entry;
