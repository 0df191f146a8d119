import type { MessageAttributeValue } from "@aws-sdk/client-sqs";
import { AwsFault, type Call, type Stored, type Table } from "../../service.ts";

export type MessageAttributes = Readonly<Record<string, Stored<MessageAttributeValue>>>;

/** A message in a queue. Instants are milliseconds. */
export interface Message {
  readonly id: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly sentAt: number;
  /** Before that nobody gets it: it is delayed, or in flight if it has a handle. */
  visibleAt: number;
  receives: number;
  firstReceivedAt?: number;
  /** Of its last receiving. */
  handle?: string;
  /** The queue that it was moved from after too many tries. */
  deadLetterSource?: string;
}

export interface Queue {
  readonly url: string;
  readonly name: string;
  readonly attributes: Record<string, string>;
  tags: Record<string, string>;
  messages: Message[];
  /** When it was emptied last, milliseconds. */
  purgedAt?: number;
}

export const queues = (call: Call, region?: string): Table<Queue> => call.table<Queue>("sqs.queue", region);

export function queueAt(call: Call, url: string | undefined): Queue {
  const queue = queues(call).get((url ?? "").split("/").at(-1) ?? "");
  if (!queue) throw new AwsFault("QueueDoesNotExist", "The specified queue does not exist.");
  return queue;
}

/** The queue of an ARN in this account, in whatever region. */
export function queueOfArn(call: Call, arn: string | undefined): Queue | undefined {
  const [, , service, region, account, name] = (arn ?? "").split(":");
  return service === "sqs" && account === call.account ? queues(call, region).get(name ?? "") : undefined;
}

export const seconds = (queue: Queue, attribute: string): number => Number(queue.attributes[attribute] ?? 0);

/** What a queue still holds: messages beyond its retention are gone. */
export function held(call: Call, queue: Queue): Message[] {
  const since = call.millis() - seconds(queue, "MessageRetentionPeriod") * 1000;
  if (queue.messages.some(({ sentAt }) => sentAt <= since))
    queue.messages = queue.messages.filter(({ sentAt }) => sentAt > since);
  return queue.messages;
}

/** How many messages can be received, are in flight, are delayed. */
export function counts(call: Call, queue: Queue): Record<string, string> {
  const messages = held(call, queue);
  const hidden = messages.filter(({ visibleAt }) => visibleAt > call.millis());
  const inFlight = hidden.filter(({ handle }) => handle !== undefined).length;
  return {
    ApproximateNumberOfMessages: String(messages.length - hidden.length),
    ApproximateNumberOfMessagesDelayed: String(hidden.length - inFlight),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
  };
}
