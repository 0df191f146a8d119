import { AwsFault, type Call, page, service, type Table } from "../service.ts";

interface Queue {
  readonly url: string;
  readonly name: string;
  readonly attributes: Record<string, string>;
  tags: Record<string, string>;
}

const queues = (call: Call): Table<Queue> => call.table<Queue>("sqs.queue");

function queueAt(call: Call, url: string | undefined): Queue {
  const queue = queues(call).get((url ?? "").split("/").at(-1) ?? "");
  if (!queue) throw new AwsFault("QueueDoesNotExist", "The specified queue does not exist.");
  return queue;
}

/** A queue may be made again as it is, not otherwise. Source: SQS API reference, CreateQueue. */
function repeated(queue: Queue, attributes: object | undefined): Queue {
  const other = Object.entries(attributes ?? {}).find(([key, value]) => queue.attributes[key] !== value);
  if (!other) return queue;
  throw new AwsFault(
    "QueueNameExists",
    `A queue already exists with the same name and a different value for attribute ${other[0]}`,
  );
}

/** Attributes of a new queue. Source: SQS API reference, CreateQueue. */
const DEFAULTS = {
  DelaySeconds: "0",
  MaximumMessageSize: "262144",
  MessageRetentionPeriod: "345600",
  ReceiveMessageWaitTimeSeconds: "0",
  VisibilityTimeout: "30",
  SqsManagedSseEnabled: "true",
  ApproximateNumberOfMessages: "0",
  ApproximateNumberOfMessagesDelayed: "0",
  ApproximateNumberOfMessagesNotVisible: "0",
};

export const sqs = service(
  { namespace: "com.amazonaws.sqs", signingName: "sqs" },
  () => import("@aws-sdk/client-sqs"),
  {
    CreateQueue(input, call) {
      const name = input.QueueName ?? "";
      const existing = queues(call).get(name);
      if (existing) return { QueueUrl: repeated(existing, input.Attributes).url };
      const url = `https://sqs.${call.region}.amazonaws.com/${call.account}/${name}`;
      const seconds = String(Math.floor(call.millis() / 1000));
      const stamps = { QueueArn: call.arn("sqs", name), CreatedTimestamp: seconds, LastModifiedTimestamp: seconds };
      const attributes = { ...DEFAULTS, ...(input.Attributes as Record<string, string> | undefined), ...stamps };
      queues(call).put(name, {
        url,
        name,
        attributes,
        tags: { ...(input.tags as Record<string, string> | undefined) },
      });
      return { QueueUrl: url };
    },
    DeleteQueue(input, call) {
      queues(call).delete(queueAt(call, input.QueueUrl).name);
    },
    ListQueues(input, call) {
      const named = queues(call)
        .all()
        .filter((queue) => queue.name.startsWith(input.QueueNamePrefix ?? ""));
      const { items, next } = page(named, { token: input.NextToken, max: input.MaxResults }, { max: 1000 });
      return { QueueUrls: items.map((queue) => queue.url), NextToken: next };
    },
    GetQueueUrl(input, call) {
      return { QueueUrl: queueAt(call, input.QueueName).url };
    },
    GetQueueAttributes(input, call) {
      const { attributes } = queueAt(call, input.QueueUrl);
      const asked = (input.AttributeNames ?? []) as string[];
      const wanted = (name: string) => asked.includes("All") || asked.includes(name);
      return { Attributes: Object.fromEntries(Object.entries(attributes).filter(([name]) => wanted(name))) };
    },
    SetQueueAttributes(input, call) {
      Object.assign(queueAt(call, input.QueueUrl).attributes, input.Attributes);
    },
    ListQueueTags(input, call) {
      return { Tags: queueAt(call, input.QueueUrl).tags };
    },
    TagQueue(input, call) {
      Object.assign(queueAt(call, input.QueueUrl).tags, input.Tags);
    },
    UntagQueue(input, call) {
      const { tags } = queueAt(call, input.QueueUrl);
      for (const key of input.TagKeys ?? []) delete tags[key];
    },
  },
);
