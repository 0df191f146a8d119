import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, it } from "vitest";
import { HERE, testAccount } from "../../tests/contract/account.ts";
import { SHEDDING } from "../catalog/elasticloadbalancingv2/shedding.ts";
import { region } from "../model/brand.ts";
import type { ShedMessage } from "../model/shed.ts";
import { FAULTS } from "../twin/faults.ts";
import { sendStep } from "./step-queue.ts";

const message: ShedMessage = { shed: 1, listener: "arn:aws:elasticloadbalancing:…", generation: 7 };

async function queue() {
  const account = await testAccount();
  const { QueueUrl = "" } = await account.send(SQSClient, new CreateQueueCommand({ QueueName: "steps" }));
  const receive = async () =>
    (await account.send(SQSClient, new ReceiveMessageCommand({ QueueUrl }))).Messages?.map(({ Body }) => Body);
  const sent = () => account.twin.log.filter(({ operation }) => operation === "SendMessage");
  return { ...account, QueueUrl, receive, sent };
}

it("sends the message in its queue's region, and lets it come when it is due", async () => {
  const { connection, QueueUrl, receive, sent, calls } = await queue();
  expect(connection.defaultRegion).not.toBe(HERE);

  await sendStep(connection, QueueUrl, message, 60);

  expect(await receive()).toBeUndefined();
  await connection.clock.sleep(60_000);
  expect(await receive()).toEqual([JSON.stringify(message)]);
  expect(sent().map((call) => call.region)).toEqual([HERE]);
  expect(calls).toEqual(Object.keys(SHEDDING.queue));
});

it.each([
  [0, 0],
  [-5, 0],
  [0.2, 1],
  [899.5, 900],
  [3600, 900],
])("asks for a delay that SQS takes: %d s -> %d s", async (wanted, asked) => {
  const { connection, QueueUrl, sent } = await queue();
  await sendStep(connection, QueueUrl, message, wanted);

  expect(sent()[0]?.input).toMatchObject({ DelaySeconds: asked });
});

it.each([
  ["https://eu-west-1.queue.amazonaws.com/111111111111/steps", "eu-west-1"],
  ["https://sqs.cn-north-1.amazonaws.com.cn/111111111111/steps", "cn-north-1"],
  ["https://sqs-fips.us-gov-west-1.amazonaws.com/111111111111/steps", "us-gov-west-1"],
  ["http://127.0.0.1:4566/111111111111/steps", "us-west-2"],
])("knows the region of %s", async (url, code) => {
  const { connection, twin } = await queue();
  const calling = sendStep({ ...connection, defaultRegion: region("us-west-2") }, url, message, 0);
  await calling.catch(() => undefined);

  expect(twin.log.at(-1)).toMatchObject({ operation: "SendMessage", region: code });
});

it.each(["arn:aws:sqs:eu-west-1:111111111111:steps", "steps", "https://sqs.eu-west-1.amazonaws.com/1/steps.fifo", ""])(
  "refuses what is no standard queue's URL: %j",
  async (url) => {
    const { connection, calls } = await queue();

    await expect(sendStep(connection, url, message, 0)).rejects.toMatchObject({ code: "USAGE" });
    expect(calls).toEqual([]);
  },
);

it("throws what it could not send: the loop must not end in silence", async () => {
  const { connection, QueueUrl, twin } = await queue();
  twin.faults = [{ ...FAULTS.denied, operation: "SendMessage" }];

  await expect(sendStep(connection, QueueUrl, message, 0)).rejects.toMatchObject({
    code: "ACCESS_DENIED",
    details: { action: "sqs:SendMessage" },
  });
});
