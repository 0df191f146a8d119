import type { Message as Received, ReceiveMessageCommandInput } from "@aws-sdk/client-sqs";
import type { Call, Stored } from "../../service.ts";
import { md5, md5OfAttributes } from "./digest.ts";
import { held, type Message, type MessageAttributes, type Queue, queueOfArn, seconds } from "./queues.ts";
import { checkRange, opened } from "./send.ts";

interface Redrive {
  readonly deadLetterTargetArn?: string;
  readonly maxReceiveCount?: number | string;
}

/** Moves what has been received too often. Source: SQS developer guide, "Using dead-letter queues". */
function redrive(call: Call, queue: Queue, due: readonly Message[]): Message[] {
  const policy = JSON.parse(queue.attributes.RedrivePolicy || "{}") as Redrive;
  const target = queueOfArn(call, policy.deadLetterTargetArn);
  if (!target) return [...due];
  const failed = due.filter(({ receives }) => receives >= Number(policy.maxReceiveCount));
  if (failed.length === 0) return [...due];
  queue.messages = queue.messages.filter((message) => !failed.includes(message));
  for (const { handle: _, ...message } of failed)
    target.messages.push({ ...message, deadLetterSource: queue.attributes.QueueArn ?? "" });
  return due.filter((message) => !failed.includes(message));
}

function systemAttributes(call: Call, message: Message): Record<string, string> {
  return {
    SenderId: call.account,
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receives),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    ...(message.deadLetterSource ? { DeadLetterQueueSourceArn: message.deadLetterSource } : {}),
  };
}

function chosen<T>(all: Readonly<Record<string, T>>, asked: readonly string[]): Record<string, T> | undefined {
  const wanted = ([name]: [string, T]) =>
    asked.some(
      (each) => each === "All" || each === name || (each.endsWith(".*") && name.startsWith(each.slice(0, -2))),
    );
  const found = Object.entries(all).filter(wanted);
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}

/** A new handle for each receiving; it names the message. */
const handleOf = ({ id, receives }: Message) => Buffer.from(`${id} ${receives}`).toString("base64");

/** What may be received now, in order of arrival, without taking it. */
function due(call: Call, queue: Queue): Message[] {
  const now = call.millis();
  return redrive(
    call,
    queue,
    held(call, queue).filter(({ visibleAt }) => visibleAt <= now),
  );
}

/** Long polling does not wait: whoever simulates says when it polls. */
export function receive(input: Stored<ReceiveMessageCommandInput>, call: Call): { Messages?: Stored<Received>[] } {
  const queue = opened(call, input.QueueUrl);
  checkRange("MaxNumberOfMessages", input.MaxNumberOfMessages, 1, 10);
  checkRange("VisibilityTimeout", input.VisibilityTimeout, 0, 43_200);
  checkRange("WaitTimeSeconds", input.WaitTimeSeconds, 0, 20);
  const hidden = input.VisibilityTimeout ?? seconds(queue, "VisibilityTimeout");
  const system = [...(input.AttributeNames ?? []), ...(input.MessageSystemAttributeNames ?? [])] as string[];
  const taken = due(call, queue).slice(0, input.MaxNumberOfMessages ?? 1);
  for (const message of taken) {
    message.receives += 1;
    message.firstReceivedAt ??= call.millis();
    message.visibleAt = call.millis() + hidden * 1000;
    message.handle = handleOf(message);
  }
  const Messages = taken.map((message) => told(call, message, system, (input.MessageAttributeNames ?? []) as string[]));
  return Messages.length > 0 ? { Messages } : {};
}

function told(call: Call, message: Message, system: readonly string[], names: readonly string[]): Stored<Received> {
  const attributes: MessageAttributes = chosen(message.attributes, names) ?? {};
  return {
    MessageId: message.id,
    ReceiptHandle: message.handle,
    Body: message.body,
    MD5OfBody: md5(message.body),
    Attributes: chosen(systemAttributes(call, message), system),
    ...(Object.keys(attributes).length > 0
      ? { MessageAttributes: attributes, MD5OfMessageAttributes: md5OfAttributes(attributes) }
      : {}),
  };
}
