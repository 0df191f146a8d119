import { AwsFault, page, service } from "../../service.ts";
import { messageOperations } from "./messages.ts";
import { counts, type Queue, queueAt, queues } from "./queues.ts";

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
  MaximumMessageSize: "1048576",
  MessageRetentionPeriod: "345600",
  ReceiveMessageWaitTimeSeconds: "0",
  VisibilityTimeout: "30",
  SqsManagedSseEnabled: "true",
};

/** What a queue's attributes may be. Source: SQS API reference, CreateQueue. */
const RANGES: Readonly<Record<string, readonly [number, number]>> = {
  DelaySeconds: [0, 900],
  MaximumMessageSize: [1024, 1_048_576],
  MessageRetentionPeriod: [60, 1_209_600],
  ReceiveMessageWaitTimeSeconds: [0, 20],
  VisibilityTimeout: [0, 43_200],
};

function checkAttributes(attributes: object | undefined): void {
  const wrong = Object.entries(attributes ?? {}).find(([name, value]) => {
    const [low, high] = RANGES[name] ?? [];
    return low !== undefined && high !== undefined && !(Number(value) >= low && Number(value) <= high);
  });
  if (wrong) throw new AwsFault("InvalidAttributeValue", `Invalid value for the parameter ${wrong[0]}.`);
}

export const sqs = service(
  { namespace: "com.amazonaws.sqs", signingName: "sqs" },
  () => import("@aws-sdk/client-sqs"),
  {
    ...messageOperations,
    CreateQueue(input, call) {
      const name = input.QueueName ?? "";
      checkAttributes(input.Attributes);
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
        messages: [],
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
      const queue = queueAt(call, input.QueueUrl);
      const attributes = { ...queue.attributes, ...counts(call, queue) };
      const asked = (input.AttributeNames ?? []) as string[];
      const wanted = (name: string) => asked.includes("All") || asked.includes(name);
      return { Attributes: Object.fromEntries(Object.entries(attributes).filter(([name]) => wanted(name))) };
    },
    SetQueueAttributes(input, call) {
      checkAttributes(input.Attributes);
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
