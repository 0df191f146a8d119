import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SendMessageCommandInput,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { expect, it } from "vitest";
import { ACCOUNT, testAccount } from "../../../../tests/contract/account.ts";
import { type VirtualClock, virtualClock } from "../../clock.ts";

async function withQueue(Attributes: Record<string, string> = {}) {
  const clock: VirtualClock = virtualClock("2026-01-05T09:00:00Z");
  const { send: call } = await testAccount({ clock });
  const create = async (QueueName: string, given = {}) =>
    (await call(SQSClient, new CreateQueueCommand({ QueueName, Attributes: given }))).QueueUrl ?? "";
  const QueueUrl = await create("steps", Attributes);
  const send = (MessageBody: string, rest: Partial<SendMessageCommandInput> = {}) =>
    call(SQSClient, new SendMessageCommand({ QueueUrl, MessageBody, ...rest }));
  const receive = async (rest: Partial<ReceiveMessageCommandInput> = {}) =>
    (await call(SQSClient, new ReceiveMessageCommand({ QueueUrl, ...rest }))).Messages ?? [];
  const remove = (ReceiptHandle: string | undefined) =>
    call(SQSClient, new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  const counts = async () => {
    const { Attributes: all = {} } = await call(
      SQSClient,
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }),
    );
    return (["", "NotVisible", "Delayed"] as const).map((kind) => Number(all[`ApproximateNumberOfMessages${kind}`]));
  };
  return { call, clock, create, QueueUrl, send, receive, remove, counts };
}

const refused = (awsCode: string, message?: string) => ({
  details: { awsCode },
  ...(message ? { message: expect.stringContaining(message) as string } : {}),
});

it("hands a message out, hides it while it is in flight, and hands it out again until it is deleted", async () => {
  const { clock, send, receive, remove, counts } = await withQueue({ VisibilityTimeout: "60" });
  await send("first");

  const [once] = await receive({ MessageSystemAttributeNames: ["All"] });
  expect(once).toMatchObject({
    Body: "first",
    MD5OfBody: "8b04d5e3775d298e78455efc5ca404d5",
    Attributes: { ApproximateReceiveCount: "1", SentTimestamp: String(clock.now()), SenderId: ACCOUNT },
  });
  expect(await receive()).toEqual([]);
  expect(await counts()).toEqual([0, 1, 0]);

  clock.advance(60_000);
  const [twice] = await receive({ MessageSystemAttributeNames: ["ApproximateReceiveCount"] });
  expect(twice?.Attributes).toEqual({ ApproximateReceiveCount: "2" });
  await remove(once?.ReceiptHandle);
  expect(await counts()).toEqual([0, 1, 0]);
  await remove(twice?.ReceiptHandle);
  await remove(twice?.ReceiptHandle);
  expect(await counts()).toEqual([0, 0, 0]);
});

it("delays by the message, by the queue, and not otherwise", async () => {
  const { clock, send, receive, counts } = await withQueue({ DelaySeconds: "10" });
  await send("queue's own");
  await send("at once", { DelaySeconds: 0 });
  await send("late", { DelaySeconds: 900 });
  const bodies = async () => (await receive({ MaxNumberOfMessages: 10 })).map(({ Body }) => Body);

  expect(await counts()).toEqual([1, 0, 2]);
  expect(await bodies()).toEqual(["at once"]);
  clock.advance(10_000);
  expect(await bodies()).toEqual(["queue's own"]);
  clock.advance(890_000);
  expect(await bodies()).toContain("late");
});

it("gives message attributes that are asked for, with their digest", async () => {
  const { send, receive } = await withQueue();
  const timestamp = { DataType: "Number", StringValue: "1493147359900" };
  const raw = { DataType: "Binary", BinaryValue: new Uint8Array([1, 2]) };

  expect(await send("m", { MessageAttributes: { timestamp } })).toMatchObject({
    MD5OfMessageAttributes: "235c5c510d26fb653d073faed50ae77c",
  });
  await send("n", { MessageAttributes: { timestamp, "my.raw": raw } });

  const [plain] = await receive();
  expect(plain?.MessageAttributes).toBeUndefined();
  const [some] = await receive({ MessageAttributeNames: ["my.*"] });
  expect(some?.MessageAttributes).toEqual({ "my.raw": raw });
});

it("moves what has been received too often to the dead-letter queue", async () => {
  const { call, clock, create, send, receive, counts, QueueUrl } = await withQueue({ VisibilityTimeout: "30" });
  const dead = await create("dead");
  const deadLetterTargetArn = `arn:aws:sqs:eu-west-1:${ACCOUNT}:dead`;
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 3 });
  const tries = await create("tries", { RedrivePolicy, VisibilityTimeout: "30" });
  const sent = await send("poison", { QueueUrl: tries });
  for (let count = 1; count <= 3; count++) {
    expect(await receive({ QueueUrl: tries })).toHaveLength(1);
    clock.advance(30_000);
  }

  expect(await receive({ QueueUrl: tries })).toEqual([]);
  const [moved] = await receive({ QueueUrl: dead, MessageSystemAttributeNames: ["All"] });
  expect(moved).toMatchObject({
    MessageId: sent.MessageId,
    Attributes: { DeadLetterQueueSourceArn: `arn:aws:sqs:eu-west-1:${ACCOUNT}:tries`, ApproximateReceiveCount: "4" },
  });
  expect(await counts()).toEqual([0, 0, 0]);
  await call(SQSClient, new PurgeQueueCommand({ QueueUrl }));
});

it("forgets messages that are older than the queue keeps them", async () => {
  const { clock, send, receive } = await withQueue({ MessageRetentionPeriod: "60" });
  await send("old");
  clock.advance(60_000);

  expect(await receive()).toEqual([]);
});

it("changes how long a message stays hidden", async () => {
  const { call, clock, QueueUrl, send, receive, remove } = await withQueue();
  await send("m");
  const [message] = await receive();
  const change = (VisibilityTimeout: number) =>
    call(
      SQSClient,
      new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout }),
    );

  await change(300);
  clock.advance(299_000);
  expect(await receive()).toEqual([]);
  await change(0);
  expect(await receive({ VisibilityTimeout: 0 })).toHaveLength(1);
  await expect(change(10)).rejects.toMatchObject(refused("InvalidParameterValue", "not available for visibility"));
  const [last] = await receive({ VisibilityTimeout: 1 });
  clock.advance(1000);
  const late = new ChangeMessageVisibilityCommand({
    QueueUrl,
    ReceiptHandle: last?.ReceiptHandle,
    VisibilityTimeout: 10,
  });
  await expect(call(SQSClient, late)).rejects.toMatchObject(refused("MessageNotInflight"));
  await remove(last?.ReceiptHandle);
});

it("takes each entry of a batch by itself, and refuses batches that are none", async () => {
  const { call, QueueUrl, receive } = await withQueue();
  const send = (Entries: { Id: string; MessageBody: string; DelaySeconds?: number }[]) =>
    call(SQSClient, new SendMessageBatchCommand({ QueueUrl, Entries }));

  const partly = await send([
    { Id: "a", MessageBody: "a" },
    { Id: "b", MessageBody: "b", DelaySeconds: 901 },
  ]);
  expect(partly.Successful).toMatchObject([{ Id: "a", MD5OfMessageBody: "0cc175b9c0f1b6a831c399e269772661" }]);
  expect(partly.Failed).toMatchObject([{ Id: "b", SenderFault: true, Code: "InvalidParameterValue" }]);
  const [message] = await receive();
  const Entries = [
    { Id: "a", ReceiptHandle: message?.ReceiptHandle ?? "" },
    { Id: "b", ReceiptHandle: "nonsense" },
  ];
  const removed = await call(SQSClient, new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  expect(removed).toMatchObject({ Successful: [{ Id: "a" }], Failed: [{ Id: "b", Code: "ReceiptHandleIsInvalid" }] });

  const one = (Id: string) => ({ Id, MessageBody: "x" });
  await expect(send([])).rejects.toMatchObject(refused("EmptyBatchRequest"));
  await expect(send([one("a"), one("a")])).rejects.toMatchObject(refused("BatchEntryIdsNotDistinct"));
  await expect(send([one("a b")])).rejects.toMatchObject(refused("InvalidBatchEntryId"));
  await expect(send([..."abcdefghijk"].map(one))).rejects.toMatchObject(refused("TooManyEntriesInBatchRequest"));
  const large = (Id: string) => ({ Id, MessageBody: "x".repeat(600_000) });
  await expect(send([large("a"), large("b")])).rejects.toMatchObject(refused("BatchRequestTooLong"));
});

it.each<[string, string, Partial<SendMessageCommandInput>]>([
  ["InvalidParameterValue", "Message must be shorter than 1048576 bytes", { MessageBody: "x".repeat(1_048_577) }],
  ["InvalidParameterValue", "DelaySeconds must be >= 0 and <= 900", { DelaySeconds: 901 }],
  ["MissingParameter", "MessageBody", { MessageBody: "" }],
  ["InvalidMessageContents", "Invalid characters found", { MessageBody: "\u0000" }],
  [
    "InvalidParameterValue",
    "supported type prefixes",
    { MessageAttributes: { a: { DataType: "Text", StringValue: "x" } } },
  ],
  [
    "QueueDoesNotExist",
    "The specified queue does not exist.",
    { QueueUrl: "https://sqs.eu-west-1.amazonaws.com/1/no" },
  ],
])("refuses a message with %s: %s", async (code, message, rest) => {
  const { send } = await withQueue();

  await expect(send("m", rest)).rejects.toMatchObject(refused(code, message));
});

it("refuses to receive more than ten, and handles that are none", async () => {
  const { receive, remove } = await withQueue();

  await expect(receive({ MaxNumberOfMessages: 11 })).rejects.toMatchObject(
    refused("InvalidParameterValue", "Value 11 for parameter MaxNumberOfMessages is invalid"),
  );
  await expect(remove("nonsense")).rejects.toMatchObject(refused("ReceiptHandleIsInvalid"));
});

it("empties a queue once a minute, and refuses attributes out of their range", async () => {
  const { call, clock, create, QueueUrl, send, receive } = await withQueue();
  await send("m");
  const purge = () => call(SQSClient, new PurgeQueueCommand({ QueueUrl }));
  await purge();

  expect(await receive()).toEqual([]);
  await expect(purge()).rejects.toMatchObject(refused("PurgeQueueInProgress"));
  clock.advance(60_000);
  await purge();
  await expect(create("slow", { DelaySeconds: "901" })).rejects.toMatchObject(refused("InvalidAttributeValue"));
});
