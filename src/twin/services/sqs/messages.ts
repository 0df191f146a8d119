import { AwsFault, type Call, type Operations } from "../../service.ts";
import { held, type Message, type Queue } from "./queues.ts";
import { receive } from "./receive.ts";
import { checkRange, invalid, opened, type Sent, send, sizeOf } from "./send.ts";

type Sqs = typeof import("@aws-sdk/client-sqs");

/** The message that a handle was given for, and whether it was the last one given. */
function handled(
  call: Call,
  queue: Queue,
  handle: string | undefined,
): { message?: Message | undefined; isLast: boolean } {
  const text = Buffer.from(handle ?? "", "base64").toString();
  const id = /^([0-9a-f-]{36}) \d+$/.exec(text)?.[1];
  if (!id)
    throw new AwsFault("ReceiptHandleIsInvalid", `The input receipt handle "${handle}" is not a valid receipt handle.`);
  const message = held(call, queue).find((each) => each.id === id);
  return { message, isLast: message?.handle === handle };
}

/** With an old handle, and of what is gone, it succeeds and does nothing. Source: SQS API reference, DeleteMessage. */
function remove(call: Call, queue: Queue, handle: string | undefined): void {
  const { message, isLast } = handled(call, queue, handle);
  if (isLast) queue.messages = queue.messages.filter((each) => each !== message);
}

interface Entry {
  readonly Id?: string | undefined;
}

/** Source: SQS API reference, the errors of SendMessageBatch. */
function checkEntries(entries: readonly Entry[], kind: string): void {
  if (entries.length === 0)
    throw new AwsFault("EmptyBatchRequest", `There should be at least one ${kind} in the request.`);
  if (entries.length > 10)
    throw new AwsFault(
      "TooManyEntriesInBatchRequest",
      `Maximum number of entries per request are 10. You have sent ${entries.length}.`,
    );
  const ids = entries.map(({ Id }) => Id ?? "");
  if (ids.some((id) => !/^[\w-]{1,80}$/.test(id)))
    throw new AwsFault(
      "InvalidBatchEntryId",
      "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.",
    );
  const twice = ids.find((id, index) => ids.indexOf(id) < index);
  if (twice !== undefined) throw new AwsFault("BatchEntryIdsNotDistinct", `Id ${twice} repeated.`);
}

/** Does each entry by itself; those that are refused do not hold up the others. */
function each<E extends Entry>(entries: readonly E[], act: (entry: E) => object | void) {
  const Successful: object[] = [];
  const Failed: object[] = [];
  for (const entry of entries) {
    try {
      Successful.push({ Id: entry.Id, ...act(entry) });
    } catch (error) {
      if (!(error instanceof AwsFault)) throw error;
      Failed.push({ Id: entry.Id, SenderFault: true, Code: error.code, Message: error.message });
    }
  }
  return { Successful, Failed };
}

/** Source: SQS API reference, SendMessageBatch: the greatest size of all messages together. */
const LARGEST_BATCH = 1_048_576;

/** One purge a minute. Source: SQS API reference, PurgeQueue. */
const PURGE_MS = 60_000;

export const messageOperations = {
  SendMessage: (input, call) => send(call, opened(call, input.QueueUrl), input as Sent),

  SendMessageBatch(input, call) {
    const queue = opened(call, input.QueueUrl);
    const entries = (input.Entries ?? []) as (Entry & Sent)[];
    checkEntries(entries, "SendMessageBatchRequestEntry");
    const size = entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
    if (size > LARGEST_BATCH)
      throw new AwsFault(
        "BatchRequestTooLong",
        `Batch requests cannot be longer than ${LARGEST_BATCH} bytes. You have sent ${size} bytes.`,
      );
    return each(entries, (entry) => send(call, queue, entry));
  },

  ReceiveMessage: receive,

  DeleteMessage(input, call) {
    remove(call, opened(call, input.QueueUrl), input.ReceiptHandle);
  },

  DeleteMessageBatch(input, call) {
    const queue = opened(call, input.QueueUrl);
    const entries = (input.Entries ?? []) as (Entry & { readonly ReceiptHandle?: string })[];
    checkEntries(entries, "DeleteMessageBatchRequestEntry");
    return each(entries, ({ ReceiptHandle }) => remove(call, queue, ReceiptHandle));
  },

  ChangeMessageVisibility(input, call) {
    const queue = opened(call, input.QueueUrl);
    checkRange("VisibilityTimeout", input.VisibilityTimeout, 0, 43_200);
    const { message, isLast } = handled(call, queue, input.ReceiptHandle);
    if (!message || !isLast)
      throw invalid(
        `Value ${input.ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
      );
    if (message.visibleAt <= call.millis())
      throw new AwsFault("MessageNotInflight", "The specified message isn't in flight.");
    message.visibleAt = call.millis() + (input.VisibilityTimeout ?? 0) * 1000;
  },

  PurgeQueue(input, call) {
    const queue = opened(call, input.QueueUrl);
    if (call.millis() - (queue.purgedAt ?? -PURGE_MS) < PURGE_MS)
      throw new AwsFault(
        "PurgeQueueInProgress",
        `Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`,
      );
    queue.messages = [];
    queue.purgedAt = call.millis();
  },
} satisfies Operations<Sqs>;
