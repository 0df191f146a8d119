import { AwsFault, type Call } from "../../service.ts";
import { queueOfArn } from "../sqs/queues.ts";
import { send } from "../sqs/send.ts";
import { ofTopic, type Subscription, settingsOf, topicAt } from "./topics.ts";

interface Message {
  readonly TopicArn?: string | undefined;
  readonly TargetArn?: string | undefined;
  readonly PhoneNumber?: string | undefined;
  readonly Message?: string | undefined;
  readonly Subject?: string | undefined;
  readonly MessageStructure?: string | undefined;
  readonly MessageAttributes?: object | undefined;
}

function invalid(message: string): AwsFault {
  return new AwsFault("InvalidParameter", `Invalid parameter: ${message}`);
}

function check(input: Message): void {
  if (input.PhoneNumber) throw new AwsFault("UnknownOperation", "The twin does not simulate text messages.", 501);
  if (!input.TopicArn && !input.TargetArn)
    throw invalid("TopicArn or TargetArn Reason: no value for required parameter");
  if (!input.Message) throw invalid("Empty message");
  if (Buffer.byteLength(input.Message) > 262_144) throw invalid("Message too long");
  if (input.Subject === undefined) return;
  // Source: SNS API reference, Publish, Subject.
  const isSubject = /^[\x21-\x7e][\x20-\x7e]*$/.test(input.Subject) && input.Subject.length <= 100;
  if (!isSubject) throw invalid("Subject");
}

/** One text for all, or one for each protocol and a default. Source: SNS API reference, Publish, MessageStructure. */
function textsOf(input: Message): (protocol: string) => string {
  const { Message: text = "", MessageStructure } = input;
  if (MessageStructure !== "json") return () => text;
  let texts: Readonly<Record<string, string>>;
  try {
    texts = JSON.parse(text) as Readonly<Record<string, string>>;
  } catch {
    throw invalid("Message Structure - JSON message body failed to parse");
  }
  if (typeof texts.default !== "string") throw invalid("Message Structure - No default entry in JSON message body");
  return (protocol) => texts[protocol] ?? texts.default ?? "";
}

/** What a queue gets unless its subscription wants it raw. Source: SNS developer guide, "Amazon SNS message formats". */
function envelope(
  call: Call,
  id: string,
  input: Message,
  text: string,
  { SubscriptionArn, TopicArn }: Subscription,
): string {
  const host = `https://sns.${call.region}.amazonaws.com`;
  return JSON.stringify({
    Type: "Notification",
    MessageId: id,
    TopicArn,
    ...(input.Subject ? { Subject: input.Subject } : {}),
    Message: text,
    Timestamp: call.now(),
    SignatureVersion: "1",
    Signature: "dHdpbg==",
    SigningCertURL: `${host}/SimpleNotificationService-twin.pem`,
    UnsubscribeURL: `${host}/?Action=Unsubscribe&SubscriptionArn=${SubscriptionArn}`,
    ...(input.MessageAttributes ? { MessageAttributes: enveloped(input.MessageAttributes) } : {}),
  });
}

type Attribute = { readonly DataType?: string; readonly StringValue?: string; readonly BinaryValue?: string };

function enveloped(attributes: object): object {
  const entries = Object.entries(attributes as Readonly<Record<string, Attribute>>);
  return Object.fromEntries(
    entries.map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      { Type: DataType, Value: StringValue ?? BinaryValue },
    ]),
  );
}

/** Keeps the message and hands it to the queues that subscribe; a queue that is not there loses it, and nobody is told. */
export function publish(input: Message, call: Call): object {
  check(input);
  const topic = topicAt(call, input.TopicArn ?? input.TargetArn);
  const textFor = textsOf(input);
  const id = call.uuid();
  topic.messages.push({
    at: call.now(),
    message: textFor("default"),
    ...(input.Subject ? { subject: input.Subject } : {}),
  });
  for (const subscription of ofTopic(call, topic.arn)) {
    if (subscription.Protocol !== "sqs") continue;
    const queue = queueOfArn(call, subscription.Endpoint);
    if (!queue) continue;
    const text = textFor("sqs");
    const isRaw = settingsOf(call, subscription.SubscriptionArn).RawMessageDelivery === "true";
    const { MessageAttributes } = input;
    if (isRaw) send(call, queue, { MessageBody: text, MessageAttributes });
    else send(call, queue, { MessageBody: envelope(call, id, input, text, subscription) });
  }
  return { MessageId: id };
}
