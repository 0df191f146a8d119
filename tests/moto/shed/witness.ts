import { expect, vi } from "vitest";
import type { Aws } from "../awscli.ts";
import type { Polled } from "./loop.ts";
import { countIn, receive } from "./queue.ts";
import type { Site } from "./site.ts";

type Cli = Pick<Aws, "text" | "call">;

/** What the functions have kept of the listener, read by awscli. */
export async function stateInTable(aws: Cli, { table, listener }: Site): Promise<object> {
  const key = { pk: { S: listener }, sk: { S: "state" } };
  const text = await aws.call(`dynamodb get-item --table-name ${table} --query Item.state.S --output text --key`, key);
  return (text as { readonly state: object }).state;
}

/** What SNS sends to a queue. Source: SNS developer guide, "Fanout to Amazon SQS queues". */
interface Notice {
  readonly TopicArn: string;
  readonly Subject: string;
  readonly Message: string;
  readonly MessageAttributes: Readonly<Record<string, { readonly Value: string }>>;
}

/** What the topic's subscriber has got. */
export async function notices(aws: Cli, { inbox, topic }: Site) {
  const messages = await receive(aws, inbox);
  return messages.map(({ Body }) => {
    const { TopicArn, Subject, Message, MessageAttributes } = JSON.parse(Body) as Notice;
    expect(TopicArn).toBe(topic);
    return { subject: Subject, text: Message, event: MessageAttributes.event?.Value };
  });
}

/** A queue moves a message only when it would be received once too often. */
export async function untilGone(aws: Cli, { queue, deadLetters }: Site): Promise<void> {
  const again = `sqs receive-message --queue-url ${queue} --max-number-of-messages 10 --visibility-timeout 1`;
  const look = async () => {
    await aws.call(again);
    return (await countIn(aws, deadLetters))[0] === 3;
  };
  await vi.waitUntil(look, { timeout: 20_000, interval: 300 });
}

/** Milliseconds from sending to receiving, of each message. */
export function waits({ received }: Polled): number[] {
  return received.map(
    ({ Attributes }) => Number(Attributes.ApproximateFirstReceiveTimestamp) - Number(Attributes.SentTimestamp),
  );
}
