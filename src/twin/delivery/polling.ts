import type { Message as Received } from "@aws-sdk/client-sqs";
import type { Call, Stored } from "../service.ts";
import { messageOperations } from "../services/sqs/messages.ts";
import { type Queue, queueOfArn } from "../services/sqs/queues.ts";
import { receive } from "../services/sqs/receive.ts";
import type { Functions } from "./invocations.ts";
import type { Dice } from "./trouble.ts";

/** A queue that feeds a function. Source of all that it does: Lambda developer guide, "Using Lambda with Amazon SQS". */
export interface QueueSource {
  readonly queue: string;
  readonly function: string;
  /** Messages of one run of the function, 10 at most; 10 unless said. */
  readonly batchSize?: number;
  /** Runs side by side; 5 unless said, as Lambda begins. */
  readonly concurrency?: number;
  /** ReportBatchItemFailures: the function says which messages it could not do. */
  readonly reportsFailures?: boolean;
}

/** Feeds one function from one queue. */
export interface Poller {
  run(call: Call): void;
}

type Message = Stored<Received>;

export function pollQueue(source: QueueSource, functions: Functions, dice: Dice): Poller {
  const { queue: arn, batchSize = 10, concurrency = 5 } = source;
  const seen = new Set<string>();
  let again: { readonly at: number; readonly event: object }[] = [];
  let running = 0;

  const start = async (call: Call, messages: readonly Message[], url: string) => {
    running += 1;
    const event = eventOf(call, arn, messages);
    if (dice.isDuplicated()) again.push({ at: call.millis() + dice.again(), event });
    const done = await functions.invoke(call, source.function, event).then(
      (result) => doneOf(messages, result, source.reportsFailures),
      () => [],
    );
    running -= 1;
    for (const { ReceiptHandle } of done) messageOperations.DeleteMessage({ QueueUrl: url, ReceiptHandle }, call);
  };

  /** What nobody has seen yet may be late; all of it may have another order. */
  const disturb = (call: Call, queue: Queue) => {
    for (const message of queue.messages) {
      if (seen.has(message.id) || message.visibleAt > call.millis()) continue;
      seen.add(message.id);
      message.visibleAt += dice.lateness();
    }
    if (queue.messages.length > 1 && dice.isReordered()) queue.messages = dice.shuffled(queue.messages);
  };

  return {
    run(call) {
      const now = call.millis();
      for (const { event } of again.filter(({ at }) => at <= now))
        functions.watch(functions.invoke(call, source.function, event).catch(() => undefined));
      again = again.filter(({ at }) => at > now);
      const queue = queueOfArn(call, arn);
      if (!queue || queue.messages.length === 0) return;
      disturb(call, queue);
      while (running < concurrency) {
        const request = { QueueUrl: queue.url, MaxNumberOfMessages: batchSize, MessageAttributeNames: ["All"] };
        const { Messages = [] } = receive({ ...request, MessageSystemAttributeNames: ["All"] }, call);
        if (Messages.length === 0) return;
        functions.watch(start(call, Messages, queue.url));
      }
    },
  };
}

/** Which messages are deleted: all, or those that the function does not name. An answer that names others fails them all. */
function doneOf(messages: readonly Message[], result: unknown, reportsFailures = false): readonly Message[] {
  if (!reportsFailures) return messages;
  const { batchItemFailures } = (result ?? {}) as { batchItemFailures?: readonly { itemIdentifier?: string }[] | null };
  const failed = (batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
  const ids = messages.map(({ MessageId }) => MessageId);
  return failed.every((id) => ids.includes(id)) ? messages.filter(({ MessageId }) => !failed.includes(MessageId)) : [];
}

/** Source: Lambda developer guide, "Example Amazon SQS message event". */
function eventOf(call: Call, eventSourceARN: string, messages: readonly Message[]): object {
  return {
    Records: messages.map((message) => ({
      messageId: message.MessageId,
      receiptHandle: message.ReceiptHandle,
      body: message.Body,
      attributes: message.Attributes ?? {},
      messageAttributes: Object.fromEntries(
        Object.entries(message.MessageAttributes ?? {}).map(([name, { DataType, StringValue, BinaryValue }]) => [
          name,
          {
            ...(StringValue === undefined ? { binaryValue: BinaryValue } : { stringValue: StringValue }),
            stringListValues: [],
            binaryListValues: [],
            dataType: DataType,
          },
        ]),
      ),
      md5OfBody: message.MD5OfBody,
      eventSource: "aws:sqs",
      eventSourceARN,
      awsRegion: call.region,
    })),
  };
}
