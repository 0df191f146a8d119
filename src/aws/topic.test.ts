import { CreateTopicCommand, type PublishCommandInput, SNSClient } from "@aws-sdk/client-sns";
import { expect, it } from "vitest";
import { testAccount } from "../../tests/contract/account.ts";
import { SHEDDING } from "../catalog/elasticloadbalancingv2/shedding.ts";
import { FAULTS } from "../twin/faults.ts";
import { type Notice, publish } from "./topic.ts";

async function topic() {
  const account = await testAccount();
  const { TopicArn = "" } = await account.send(SNSClient, new CreateTopicCommand({ Name: "alerts" }));
  const tell = (notice: Partial<Notice>, arn = TopicArn) =>
    publish(account.connection, arn, {
      subject: "shed",
      text: "5 % of web is shed",
      attributes: {},
      whole: "evenkeel shed status",
      ...notice,
    });
  const sent = () => account.twin.log.at(-1)?.input as PublishCommandInput;
  return { ...account, TopicArn, tell, sent };
}

it("publishes a text with its attributes in the topic's region", async () => {
  const { tell, sent, twin, TopicArn, calls } = await topic();
  await tell({ attributes: { event: "shed", level: "5", empty: "" } });

  expect(sent()).toEqual({
    TopicArn,
    Subject: "shed",
    Message: "5 % of web is shed",
    MessageAttributes: {
      event: { DataType: "String", StringValue: "shed" },
      level: { DataType: "String", StringValue: "5" },
    },
  });
  expect(twin.log.at(-1)?.region).toBe("eu-west-1");
  expect(calls).toEqual(Object.keys(SHEDDING.topic));
});

it.each([
  ["  a\nb\t c\r\n", "a b c"],
  ["größer 50 %\u0007 👍", "gr??er 50 %? ?"],
  [`${"x".repeat(98)}yz`, `${"x".repeat(98)}y`],
  ["", undefined],
  [" \n", undefined],
])("makes a subject of %j that goes into a mail's header", async (subject, Subject) => {
  const { tell, sent } = await topic();
  await tell({ subject });

  expect(sent().Subject).toBe(Subject);
});

it("cuts what is too long between two characters, all counted, and says where the whole is", async () => {
  const { tell, sent } = await topic();
  for (const shift of [0, 1, 2, 3]) {
    const text = "x".repeat(shift) + "🌊".repeat(70_000);
    await tell({ text, attributes: { event: "é".repeat(50) } });

    const { Message = "", Subject = "" } = sent();
    expect(Message).toMatch(/🌊\n\[cut; the whole: evenkeel shed status\]$/u);
    expect(Message).not.toContain("\ufffd");
    const size = Buffer.byteLength(`${Message}${Subject}eventString${"é".repeat(50)}`);
    expect(size).toBeLessThanOrEqual(262_144);
    expect(size).toBeGreaterThan(262_140);
  }
});

it.each(["alerts", "arn:aws:sqs:eu-west-1:111111111111:alerts", "arn:aws:sns:eu-west-1:111111111111:alerts.fifo"])(
  "refuses what is no standard topic's ARN: %s",
  async (arn) => {
    const { tell, calls } = await topic();

    await expect(tell({}, arn)).rejects.toMatchObject({ code: "USAGE" });
    expect(calls).toEqual([]);
  },
);

it("throws what it could not tell", async () => {
  const { tell, twin } = await topic();
  twin.faults = [{ ...FAULTS.denied, operation: "Publish" }];

  await expect(tell({})).rejects.toMatchObject({ code: "ACCESS_DENIED", details: { action: "sns:Publish" } });
});
