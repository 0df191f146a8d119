import { CloudWatchClient, PutMetricAlarmCommand, SetAlarmStateCommand } from "@aws-sdk/client-cloudwatch";
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { CreateTopicCommand, PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { expect, it } from "vitest";
import { ACCOUNT, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { createIncident, type IncidentOptions } from "../incident.ts";

const FUNCTION = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:step`;
const queueArn = (name: string) => `arn:aws:sqs:eu-west-1:${ACCOUNT}:${name}`;
const START = Date.parse("2026-01-05T09:00:00.000Z");

interface Records {
  readonly Records: readonly {
    readonly messageId: string;
    readonly body: string;
    readonly attributes: Readonly<Record<string, string>>;
  }[];
}

/** A queue that feeds a function, with a dead-letter queue after three tries. */
async function fed(handler: (event: Records) => unknown, rest: Partial<IncidentOptions> = {}, reportsFailures = false) {
  const account = await testAccount();
  const { send, twin } = account;
  const create = async (QueueName: string, Attributes = {}) =>
    (await send(SQSClient, new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl ?? "";
  const dead = await create("dead");
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: queueArn("dead"), maxReceiveCount: 3 });
  const QueueUrl = await create("steps", { RedrivePolicy, VisibilityTimeout: "60" });
  const place = { twin, account: ACCOUNT, region: "eu-west-1" };
  const queues = [{ queue: queueArn("steps"), function: FUNCTION, reportsFailures }];
  const incident = createIncident({ ...place, functions: { [FUNCTION]: handler }, queues, ...rest });
  const put = (MessageBody: string) => send(SQSClient, new SendMessageCommand({ QueueUrl, MessageBody }));
  const left = async (url: string) => {
    const AttributeNames = ["ApproximateNumberOfMessages" as const, "ApproximateNumberOfMessagesNotVisible" as const];
    const { Attributes } = await send(SQSClient, new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames }));
    return Object.values(Attributes ?? {}).reduce((sum, each) => sum + Number(each), 0);
  };
  return { account, incident, put, left, QueueUrl, dead };
}

const bodies = ({ Records }: Records) => Records.map(({ body }) => body);

it("hands a function a queue's messages in batches, as Lambda does, and deletes them when it is done", async () => {
  const seen: Records[] = [];
  const { incident, put, left, QueueUrl } = await fed((event) => void seen.push(event));
  for (let count = 0; count < 12; count++) await put(String(count));

  await incident.run(1);

  expect(seen.map(({ Records }) => Records.length)).toEqual([10, 2]);
  expect(seen[0]?.Records[0]).toMatchObject({
    body: "0",
    attributes: { ApproximateReceiveCount: "1" },
    messageAttributes: {},
    eventSource: "aws:sqs",
    eventSourceARN: queueArn("steps"),
    awsRegion: "eu-west-1",
  });
  expect(await left(QueueUrl)).toBe(0);
});

it("tries a batch again that failed, and in the end leaves it to the dead-letter queue", async () => {
  const { incident, put, left, QueueUrl, dead } = await fed(() => {
    throw new Error("poison");
  });
  await put("poison");

  await incident.run(5);

  expect(incident.invocations.map(({ at, outcome }) => [(at - START) / 1000, outcome])).toEqual([
    [5, "failed"],
    [65, "failed"],
    [125, "failed"],
  ]);
  expect([await left(QueueUrl), await left(dead)]).toEqual([0, 1]);
});

it("keeps only the messages that a function says it could not do", async () => {
  const tries: string[][] = [];
  const handler = (event: Records) => {
    tries.push(bodies(event));
    const failed = tries.length === 1 ? event.Records.filter(({ body }) => body === "bad") : [];
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };
  const { incident, put } = await fed(handler, {}, true);
  for (const body of ["good", "bad"]) await put(body);

  await incident.run(3);

  expect(tries).toEqual([["good", "bad"], ["bad"]]);
});

it("takes a whole batch for failed when a function names messages that are not in it", async () => {
  const handler = () => ({ batchItemFailures: [{ itemIdentifier: "nonsense" }] });
  const { incident, put, left, dead } = await fed(handler, {}, true);
  await put("m");

  await incident.run(5);

  expect(await left(dead)).toBe(1);
});

it("hands a message out again while a slow function still has it", async () => {
  const clock = { sleep: (_ms: number): Promise<void> => Promise.resolve() };
  const { account, incident, put } = await fed(() => clock.sleep(90_000));
  clock.sleep = (ms) => account.twin.clock.sleep(ms);
  await put("m");

  await incident.run(2);

  expect(incident.invocations.map(({ at }) => (at - START) / 1000)).toEqual([5, 65]);
});

it("brings messages twice, late and in another order, by its seed", async () => {
  const order = async (seed: number) => {
    const seen: string[] = [];
    const trouble = { duplicated: 0.5, late: 0.5, lateSeconds: 30, reordered: 1 };
    const { incident, put } = await fed((event) => void seen.push(...bodies(event)), { trouble, seed });
    for (let count = 0; count < 8; count++) await put(String(count));
    await incident.run(3);
    return seen;
  };
  const once = await order(3);

  expect([...new Set(once)].sort()).toEqual(["0", "1", "2", "3", "4", "5", "6", "7"]);
  expect(once.length).toBeGreaterThan(8);
  expect(once.slice(0, 8)).not.toEqual(["0", "1", "2", "3", "4", "5", "6", "7"]);
  expect(await order(3)).toEqual(once);
  expect(await order(4)).not.toEqual(once);
});

/** An alarm whose changes a rule hands to a target. */
async function ruled({ send }: TestAccount, Arn: string, target: object = {}) {
  const metric = { Namespace: "a", MetricName: "b", Statistic: "Sum" as const, Period: 60 };
  const rest = { EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: "GreaterThanThreshold" as const };
  await send(CloudWatchClient, new PutMetricAlarmCommand({ AlarmName: "a", ...metric, ...rest }));
  const EventPattern = JSON.stringify({ detail: { state: { value: ["ALARM"] } } });
  await send(EventBridgeClient, new PutRuleCommand({ Name: "r", EventPattern }));
  await send(EventBridgeClient, new PutTargetsCommand({ Rule: "r", Targets: [{ Id: "t", Arn, ...target }] }));
  return (StateValue: "OK" | "ALARM") =>
    send(CloudWatchClient, new SetAlarmStateCommand({ AlarmName: "a", StateValue, StateReason: "test" }));
}

it("takes events to a queue, whole, in part or as a text of their own", async () => {
  const { account, incident, QueueUrl } = await fed(() => undefined, { queues: [] });
  const { send } = account;
  const set = await ruled(account, queueArn("steps"));
  const receive = async () => {
    const { Messages } = await send(SQSClient, new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 900 }));
    return JSON.parse(Messages?.[0]?.Body ?? "null") as unknown;
  };
  const change = async () => {
    await set("OK");
    await set("ALARM");
    await incident.run(0.25);
  };

  await change();
  expect(await receive()).toMatchObject({ source: "aws.cloudwatch", detail: { alarmName: "a" } });
  await ruled(account, queueArn("steps"), { InputPath: "$.detail.state.value" });
  await change();
  expect(await receive()).toBe("ALARM");
  await ruled(account, queueArn("steps"), { Input: '{"a":1}' });
  await change();
  expect(await receive()).toEqual({ a: 1 });
});

it("tries a function twice more with an event that it failed with", async () => {
  const fail = () => Promise.reject(new Error("no"));
  const { account, incident } = await fed(fail, { queues: [] });
  await (await ruled(account, FUNCTION))("ALARM");

  await incident.run(10);

  expect(incident.invocations.map(({ at }) => (at - START) / 1000)).toEqual([5, 65, 185]);
});

it("delivers an event twice and late if so it is, and tells of those that nobody takes", async () => {
  const trouble = { duplicated: 1, late: 1, lateSeconds: 60 };
  const { account, incident } = await fed(() => undefined, { queues: [], trouble });
  await (await ruled(account, FUNCTION))("ALARM");
  await incident.run(3);
  expect(incident.invocations).toHaveLength(2);
  expect(incident.invocations[0]?.at).toBeGreaterThan(START + 5000);

  const nowhere = await ruled(account, "arn:aws:lambda:eu-west-1:1:function:nobody");
  await nowhere("OK");
  await nowhere("ALARM");
  await incident.run(3);
  expect(incident.undelivered.map(({ rule }) => rule)).toEqual(["r", "r"]);
});

it("lets people act meanwhile, tells what was published, and does not swallow what an act throws", async () => {
  const { account, incident } = await fed(() => undefined, {
    acts: [
      [60, () => publish()],
      [90, () => Promise.reject(new Error("slipped"))],
    ],
  });
  const { TopicArn = "" } = await account.send(SNSClient, new CreateTopicCommand({ Name: "alerts" }));
  const publish = () => account.send(SNSClient, new PublishCommand({ TopicArn, Message: "now" }));

  await expect(incident.run(2)).rejects.toThrow("slipped");
  expect(incident.published(TopicArn)).toEqual([{ at: "2026-01-05T09:01:00.000Z", message: "now" }]);
});
