import { AwsFault, type Call } from "../../service.ts";
import { md5, md5OfAttributes } from "./digest.ts";
import { type MessageAttributes, type Queue, queueAt, seconds } from "./queues.ts";

export interface Sent {
  readonly MessageBody?: string | undefined;
  readonly DelaySeconds?: number | undefined;
  readonly MessageAttributes?: object | undefined;
}

export function invalid(message: string): AwsFault {
  return new AwsFault("InvalidParameterValue", message);
}

/** A number of a request that must lie between two others. */
export function checkRange(name: string, value: number | undefined, low: number, high: number): void {
  if (value !== undefined && (value < low || value > high))
    throw invalid(
      `Value ${value} for parameter ${name} is invalid. Reason: Must be between ${low} and ${high}, if provided.`,
    );
}

/** Source: SQS API reference, SendMessage, MessageBody. */
const FOREIGN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/** Source: SQS developer guide, "Amazon SQS message quotas". */
const MOST_ATTRIBUTES = 10;

/** Body and attributes (name, type and value) count together. Source: SQS developer guide, "Message metadata". */
export function sizeOf({ MessageBody = "", MessageAttributes: attributes = {} }: Sent): number {
  const parts = Object.entries(attributes as MessageAttributes).map(
    ([name, { DataType = "", StringValue = "", BinaryValue = "" }]) =>
      Buffer.byteLength(name + DataType + StringValue) + Buffer.byteLength(BinaryValue, "base64"),
  );
  return parts.reduce((sum, each) => sum + each, Buffer.byteLength(MessageBody));
}

function check(queue: Queue, sent: Sent): void {
  const { MessageBody: body, DelaySeconds: delay, MessageAttributes: attributes = {} } = sent;
  if (!body) throw new AwsFault("MissingParameter", "The request must contain the parameter MessageBody.");
  if (delay !== undefined && (delay < 0 || delay > 900))
    throw invalid(
      `Value ${delay} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.`,
    );
  const most = seconds(queue, "MaximumMessageSize");
  if (sizeOf(sent) > most)
    throw invalid(`One or more parameters are invalid. Reason: Message must be shorter than ${most} bytes.`);
  if (FOREIGN.test(body))
    throw new AwsFault(
      "InvalidMessageContents",
      "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF",
    );
  const number = Object.keys(attributes).length;
  if (number > MOST_ATTRIBUTES)
    throw invalid(`Number of message attributes [${number}] exceeds the allowed maximum [${MOST_ATTRIBUTES}].`);
  for (const [name, { DataType, StringValue, BinaryValue }] of Object.entries(attributes as MessageAttributes)) {
    if (!/^(String|Number|Binary)(\..+)?$/.test(DataType ?? ""))
      throw invalid(
        `The type of message (user) attribute '${name}' is invalid. You must use only the following supported type prefixes: Binary, Number, String.`,
      );
    if (!StringValue && !BinaryValue)
      throw invalid(`The message (user) attribute '${name}' must contain a non-empty value of type '${DataType}'.`);
  }
}

/** A queue for its messages. */
export function opened(call: Call, url: string | undefined): Queue {
  const queue = queueAt(call, url);
  if (queue.name.endsWith(".fifo"))
    throw new AwsFault("UnknownOperation", "The twin does not simulate messages of FIFO queues.", 501);
  return queue;
}

/** Puts a message into a queue; throws what SQS would answer with. */
export function send(call: Call, queue: Queue, sent: Sent) {
  check(queue, sent);
  const { MessageBody: body = "", DelaySeconds } = sent;
  const attributes = (sent.MessageAttributes ?? {}) as MessageAttributes;
  const id = call.uuid();
  const delay = DelaySeconds ?? seconds(queue, "DelaySeconds");
  const sentAt = call.millis();
  queue.messages.push({ id, body, attributes, sentAt, visibleAt: sentAt + delay * 1000, receives: 0 });
  return { MessageId: id, MD5OfMessageBody: md5(body), MD5OfMessageAttributes: md5OfAttributes(attributes) };
}
