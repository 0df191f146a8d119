import {
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  paginateListQueues,
  SQSClient,
} from "@aws-sdk/client-sqs";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { inParallel, orGone, parseDocument, unknownOf, without } from "../reading.ts";

interface QueueConfiguration {
  readonly QueueUrl: string;
  readonly Attributes: Readonly<Record<string, string | undefined>>;
}

async function* urls(scope: ReadScope): AsyncGenerator<string> {
  const client = scope.client(SQSClient);
  for await (const page of paginateListQueues({ client, pageSize: scope.pageSize(1000) }, {}))
    yield* page.QueueUrls ?? [];
}

async function describe(scope: ReadScope, url: string): Promise<Found | undefined> {
  const command = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["All"] });
  const answer = await orGone(scope.client(SQSClient).send(command));
  if (!answer) return undefined;
  const attributes = answer.Attributes ?? {};
  const arn = attributes.QueueArn ?? "";
  const { tags, unknown } = (await scope.tags("sqs"))(arn);
  return {
    id: arn.slice(arn.lastIndexOf(":") + 1),
    arn,
    createdAt: Number(attributes.CreatedTimestamp) * 1000,
    tags,
    configuration: {
      QueueUrl: url,
      Attributes: without(attributes, "QueueArn", "CreatedTimestamp", "Policy", "RedrivePolicy", "RedriveAllowPolicy"),
      Policy: parseDocument(attributes.Policy),
      RedrivePolicy: parseDocument(attributes.RedrivePolicy),
      RedriveAllowPolicy: parseDocument(attributes.RedriveAllowPolicy),
    },
    ...unknownOf(unknown),
  };
}

/** What SQS says of them is approximate. */
function messagesIn(attributes: Readonly<Record<string, string | undefined>>): number {
  const counted = ["", "NotVisible", "Delayed"].map((kind) => attributes[`ApproximateNumberOfMessages${kind}`] ?? 0);
  return counted.reduce((sum: number, each) => sum + Number(each), 0);
}

export default {
  list: (scope) => inParallel(urls(scope), (url) => describe(scope, url)),

  async read(scope, id) {
    const found = await orGone(scope.client(SQSClient).send(new GetQueueUrlCommand({ QueueName: id })));
    return found?.QueueUrl ? describe(scope, found.QueueUrl) : undefined;
  },

  removal: {
    inspect({ configuration }) {
      const count = messagesIn((configuration as QueueConfiguration).Attributes);
      return { words: `about ${count} messages`, ...(count > 0 ? { loses: [`about ${count} messages`] } : {}) };
    },
    remove: (scope, { configuration }) => {
      const { QueueUrl } = configuration as QueueConfiguration;
      return scope.writer(SQSClient).send(new DeleteQueueCommand({ QueueUrl }));
    },
  },
} satisfies Entry;
