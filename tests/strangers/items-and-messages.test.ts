import { expect, test } from "vitest";
import { DIFFERENCES } from "./differences.ts";
import { expectRefusals } from "./expect-refusals.ts";
import { describeServers } from "./servers.ts";

describeServers("items and messages", (server) => {
  const { aws } = server;

  const keys = "--attribute-definitions AttributeName=pk,AttributeType=S --key-schema AttributeName=pk,KeyType=HASH";

  test("DynamoDB writes on a condition, or not at all", async () => {
    await aws.call(`dynamodb create-table --table-name shed ${keys} --billing-mode PAY_PER_REQUEST`);
    const put = "dynamodb put-item --table-name shed --item";
    const get = "dynamodb get-item --table-name shed --query Item --key";
    const key = { pk: { S: "a" } };
    const item = { ...key, revision: { N: "1" } };
    const onFirst = "--condition-expression attribute_not_exists(pk)";
    await aws.call(`${put}`, item, ...onFirst.split(" "));

    await expectRefusals(server, [
      ["ConditionalCheckFailedException", put, item, ...onFirst.split(" ")],
      [
        "ConditionalCheckFailedException",
        put,
        item,
        "--condition-expression",
        "revision > :r",
        "--expression-attribute-values",
        { ":r": { N: "1" } },
      ],
      [
        "accepted",
        put,
        { ...key, revision: { N: "2" } },
        "--condition-expression",
        "NOT (revision <> :r OR attribute_exists(x))",
        "--expression-attribute-values",
        { ":r": { N: "1" } },
      ],
      ["ValidationException", put, item, "--condition-expression", "attribute_exists(level)"],
      [DIFFERENCES.undefinedValue, put, item, "--condition-expression", "revision = :r"],
      [DIFFERENCES.brokenCondition, put, item, "--condition-expression", "attribute_exists(pk"],
      ["ValidationException", put, { revision: { N: "1" } }],
      ["ValidationException", put, { pk: { N: "1" } }],
      ["ValidationException", get, { nowhere: { S: "a" } }],
      ["ResourceNotFoundException", "dynamodb put-item --table-name none --item", item],
      ["ResourceNotFoundException", "dynamodb get-item --table-name none --key", key],
    ]);
    expect(await aws.call(get, key)).toEqual({ ...key, revision: { N: "2" } });
    await aws.call("dynamodb delete-item --table-name shed --key", key);
    expect(await aws.call(get, key)).toBeFalsy();
  });

  test("SQS hides, hands out again and deletes messages, and refuses what is none", async () => {
    const url = await aws.text("sqs create-queue --queue-name steps --query QueueUrl");
    const send = `sqs send-message --queue-url ${url} --message-body`;
    const receive = `sqs receive-message --queue-url ${url} --attribute-names All`;
    const sent = await aws.text(`${send} first --query MD5OfMessageBody`);
    const [message] = (await aws.call(`${receive} --query Messages`)) as { Body: string; ReceiptHandle: string }[];

    expect(sent).toBe("8b04d5e3775d298e78455efc5ca404d5");
    expect(message).toMatchObject({ Body: "first", Attributes: { ApproximateReceiveCount: "1" } });
    expect(await aws.call(receive)).toBeFalsy();
    const change = `sqs change-message-visibility --queue-url ${url} --visibility-timeout 0 --receipt-handle`;
    await aws.call(change, message?.ReceiptHandle ?? "");
    const again = (await aws.call(`${receive} --query Messages`)) as { ReceiptHandle: string }[];
    await aws.call(`sqs delete-message --queue-url ${url} --receipt-handle`, again[0]?.ReceiptHandle ?? "");

    const batch = `sqs send-message-batch --queue-url ${url} --entries`;
    const one = { Id: "a", MessageBody: "a" };
    await expectRefusals(server, [
      ["InvalidParameterValue", `${send} x --delay-seconds 901`],
      ["InvalidParameterValue", `${receive} --max-number-of-messages 11`],
      ["ReceiptHandleIsInvalid", `sqs delete-message --queue-url ${url} --receipt-handle nonsense`],
      ["AWS.SimpleQueueService.NonExistentQueue", `sqs receive-message --queue-url ${url}-none`],
      ["AWS.SimpleQueueService.BatchEntryIdsNotDistinct", batch, [one, one]],
      ["AWS.SimpleQueueService.EmptyBatchRequest", batch, []],
      [
        "InvalidParameterValue",
        `sqs change-message-visibility --queue-url ${url} --visibility-timeout 43201 --receipt-handle`,
        again[0]?.ReceiptHandle ?? "",
      ],
      ["accepted", `sqs purge-queue --queue-url ${url}`],
      [DIFFERENCES.purgedTwice, `sqs purge-queue --queue-url ${url}`],
    ]);
  });

  test("a dead-letter queue gets what was received too often, and a topic's queue what is published", async () => {
    const dead = await aws.text("sqs create-queue --queue-name dead --query QueueUrl");
    const deadLetterTargetArn = "arn:aws:sqs:eu-west-1:123456789012:dead";
    const url = await aws.text("sqs create-queue --queue-name tries --query QueueUrl --attributes", {
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 1 }),
      VisibilityTimeout: "0",
    });
    const topic = await aws.text("sns create-topic --name alerts --query TopicArn");
    const endpoint = "--protocol sqs --notification-endpoint arn:aws:sqs:eu-west-1:123456789012:tries";
    await aws.call(`sns subscribe --topic-arn ${topic} ${endpoint} --attributes RawMessageDelivery=true`);
    await aws.call(`sns publish --topic-arn ${topic} --message poison`);
    const receive = (queue: string) => aws.call(`sqs receive-message --queue-url ${queue} --query Messages[].Body`);

    expect(await receive(url)).toEqual(["poison"]);
    expect(await receive(url)).toBeFalsy();
    expect(await receive(dead)).toEqual(["poison"]);
  });
});
