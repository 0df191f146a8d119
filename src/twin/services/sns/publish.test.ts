import {
  CreateTopicCommand,
  PublishCommand,
  type PublishCommandInput,
  SNSClient,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, it } from "vitest";
import { ACCOUNT, testAccount } from "../../../../tests/contract/account.ts";

async function withTopic() {
  const { send, twin } = await testAccount();
  const { TopicArn = "" } = await send(SNSClient, new CreateTopicCommand({ Name: "alerts" }));
  const subscribe = async (QueueName: string, Attributes = {}) => {
    const { QueueUrl } = await send(SQSClient, new CreateQueueCommand({ QueueName }));
    const Endpoint = `arn:aws:sqs:eu-west-1:${ACCOUNT}:${QueueName}`;
    await send(SNSClient, new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint, Attributes }));
    return async () =>
      (await send(SQSClient, new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ["All"] }))).Messages?.[0];
  };
  const publish = (rest: Partial<PublishCommandInput> = {}) =>
    send(SNSClient, new PublishCommand({ TopicArn, Message: "overrun", ...rest }));
  const kept = () => twin.world.accounts[ACCOUNT]?.regions["eu-west-1"]?.["sns.topic"]?.alerts?.messages;
  return { TopicArn, subscribe, publish, kept };
}

const refused = (awsCode: string, message: string) => ({
  details: { awsCode },
  message: expect.stringContaining(message) as string,
});

it("hands a message to each queue that subscribes, in an envelope or raw, and keeps it", async () => {
  const { TopicArn, subscribe, publish, kept } = await withTopic();
  const enveloped = await subscribe("enveloped");
  const raw = await subscribe("raw", { RawMessageDelivery: "true" });
  const level = { DataType: "Number", StringValue: "5" };

  const { MessageId } = await publish({ Subject: "shed", MessageAttributes: { level } });

  expect(JSON.parse((await enveloped())?.Body ?? "")).toMatchObject({
    Type: "Notification",
    MessageId,
    TopicArn,
    Subject: "shed",
    Message: "overrun",
    MessageAttributes: { level: { Type: "Number", Value: "5" } },
  });
  expect(await raw()).toMatchObject({ Body: "overrun", MessageAttributes: { level } });
  expect(kept()).toEqual([{ at: "2026-01-05T09:00:00.000Z", subject: "shed", message: "overrun" }]);
});

it("hands each protocol its own text", async () => {
  const { subscribe, publish } = await withTopic();
  const raw = await subscribe("raw", { RawMessageDelivery: "true" });

  await publish({ MessageStructure: "json", Message: JSON.stringify({ default: "all", sqs: "queue" }) });

  expect((await raw())?.Body).toBe("queue");
});

it.each<[string, string, Partial<PublishCommandInput>]>([
  ["InvalidParameter", "Empty message", { Message: "" }],
  ["InvalidParameter", "Message too long", { Message: "x".repeat(262_145) }],
  ["InvalidParameter", "Subject", { Subject: "two\nlines" }],
  ["InvalidParameter", "No default entry in JSON message body", { MessageStructure: "json", Message: "{}" }],
  ["InvalidParameter", "failed to parse", { MessageStructure: "json" }],
  ["NotFound", "Topic does not exist", { TopicArn: `arn:aws:sns:eu-west-1:${ACCOUNT}:none` }],
])("refuses with %s: %s", async (code, message, rest) => {
  const { publish } = await withTopic();

  await expect(publish(rest)).rejects.toMatchObject(refused(code, message));
});
