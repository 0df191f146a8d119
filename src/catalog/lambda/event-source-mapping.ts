import {
  DeleteEventSourceMappingCommand,
  type EventSourceMappingConfiguration,
  GetEventSourceMappingCommand,
  LambdaClient,
  ListTagsCommand,
  paginateListEventSourceMappings,
} from "@aws-sdk/client-lambda";
import type { UnknownPart } from "../../model/resource.ts";
import { free } from "../charges.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { inParallel, orGone, readParts, unknownOf, without } from "../reading.ts";
import { pause } from "./event-source-mapping-pause.ts";
import { targetOf } from "./target.ts";

type TagReading = Pick<Found, "tags" | "unknown">;

const arnOf = ({ account, partition, region }: ReadScope, uuid: string | undefined) =>
  `arn:${partition}:lambda:${region}:${account}:event-source-mapping:${uuid}`;

/** While a mapping is being made or changed nobody can tell whether it is meant to poll. */
function enabled(state: string | undefined): { readonly Enabled?: boolean; readonly unseen: readonly UnknownPart[] } {
  if (state === "Enabled" || state === "Enabling") return { Enabled: true, unseen: [] };
  if (state === "Disabled" || state === "Disabling") return { Enabled: false, unseen: [] };
  return { unseen: [{ path: "Enabled", reason: `the mapping is ${state}` }] };
}

function found(scope: ReadScope, mapping: EventSourceMappingConfiguration, { tags, unknown }: TagReading): Found {
  const { unseen, ...setting } = enabled(mapping.State);
  return {
    id: mapping.UUID ?? "",
    // Answers have had the ARN only since mappings have tags.
    arn: mapping.EventSourceMappingArn ?? arnOf(scope, mapping.UUID),
    state: mapping.State,
    tags,
    configuration: {
      ...without(mapping, "UUID", "EventSourceMappingArn"),
      ...setting,
      // Without a version or an alias, so that it leads to the function.
      FunctionName: mapping.FunctionArn?.split(":")[6],
      EventSource: targetOf(mapping.EventSourceArn),
    },
    ...unknownOf(unknown, unseen),
  };
}

async function* mappings(scope: ReadScope): AsyncGenerator<EventSourceMappingConfiguration> {
  const paging = { client: scope.client(LambdaClient), pageSize: scope.pageSize(100) };
  for await (const page of paginateListEventSourceMappings(paging, {})) yield* page.EventSourceMappings ?? [];
}

/** AWS does not say that the Tagging API knows mappings, and an empty answer would take a protecting tag for none. */
async function tagsOf(scope: ReadScope, uuid: string | undefined): Promise<TagReading> {
  const command = new ListTagsCommand({ Resource: arnOf(scope, uuid) });
  const { values, unknown } = await readParts({ Tags: () => scope.client(LambdaClient).send(command) });
  return { tags: values.Tags?.Tags ?? {}, unknown };
}

async function describe(scope: ReadScope, mapping: EventSourceMappingConfiguration): Promise<Found> {
  return found(scope, mapping, await tagsOf(scope, mapping.UUID));
}

async function read(scope: ReadScope, UUID: string): Promise<Found> {
  const mapping = await scope.client(LambdaClient).send(new GetEventSourceMappingCommand({ UUID }));
  return describe(scope, without(mapping, "$metadata"));
}

export default {
  list: (scope) => inParallel(mappings(scope), (mapping) => orGone(describe(scope, mapping))),
  read: (scope, id) => orGone(read(scope, id)),
  pause,
  removal: {
    inspect: ({ state = "in an unknown state" }) =>
      state === "Deleting" ? { leaving: true, words: "being deleted" } : { words: state.toLowerCase() },
    remove: (scope, { id }) => scope.writer(LambdaClient).send(new DeleteEventSourceMappingCommand({ UUID: id })),
  },
  charges: free,
} satisfies Entry;
