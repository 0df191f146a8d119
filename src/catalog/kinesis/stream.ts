import {
  DeleteStreamCommand,
  DescribeStreamSummaryCommand,
  GetResourcePolicyCommand,
  KinesisClient,
  paginateListStreams,
  type StreamDescriptionSummary,
} from "@aws-sdk/client-kinesis";
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { inParallel, orGone, parseDocument, readParts, unknownOf, without } from "../reading.ts";
import { charges } from "./stream-charges.ts";
import { pause } from "./stream-pause.ts";

async function* names(scope: ReadScope): AsyncGenerator<string> {
  // AWS takes up to 10,000; more than a thousand at once would only make the answer slow.
  const paging = { client: scope.client(KinesisClient), pageSize: scope.pageSize(1000) };
  for await (const page of paginateListStreams(paging, {})) yield* page.StreamNames ?? [];
}

/** A stream without a policy answers with an empty document. */
async function policyOf(scope: ReadScope, ResourceARN: string): Promise<JsonObject | string | undefined> {
  const answer = await scope.client(KinesisClient).send(new GetResourcePolicyCommand({ ResourceARN }));
  const policy = parseDocument(answer.Policy);
  return isJsonObject(policy) && Object.keys(policy).length === 0 ? undefined : policy;
}

async function withPolicy(scope: ReadScope, stream: StreamDescriptionSummary): Promise<Found> {
  const arn = stream.StreamARN ?? "";
  const { values, unknown } = await readParts({ Policy: () => policyOf(scope, arn) });
  const { tags, unknown: unknownTags } = (await scope.tags("kinesis:stream"))(arn);
  return {
    id: stream.StreamName ?? "",
    arn,
    createdAt: stream.StreamCreationTimestamp,
    state: stream.StreamStatus,
    tags,
    configuration: { ...without(stream, "StreamName", "StreamARN", "StreamCreationTimestamp"), ...values },
    ...unknownOf(unknown, unknownTags),
  };
}

async function describe(scope: ReadScope, StreamName: string): Promise<Found | undefined> {
  const command = new DescribeStreamSummaryCommand({ StreamName });
  const stream = (await orGone(scope.client(KinesisClient).send(command)))?.StreamDescriptionSummary;
  return stream && orGone(withPolicy(scope, stream));
}

export default {
  list: (scope) => inParallel(names(scope), (name) => describe(scope, name)),
  read: describe,
  pause,
  charges,

  removal: {
    inspect({ configuration, state = "in an unknown state" }) {
      if (state === "DELETING") return { leaving: true, words: state };
      const { ConsumerCount: consumers = 0 } = configuration as StreamDescriptionSummary;
      return { words: state, ...(consumers > 0 ? { loses: [`its ${consumers} registered consumers`] } : {}) };
    },
    remove(scope, { id }) {
      const asked = { StreamName: id, EnforceConsumerDeletion: true };
      return scope.writer(KinesisClient).send(new DeleteStreamCommand(asked));
    },
  },
} satisfies Entry;
