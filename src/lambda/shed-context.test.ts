import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, it } from "vitest";
import { ACCOUNT, HERE } from "../../tests/contract/account.ts";
import { type ShedTrial, shedTrial } from "../../tests/contract/shed-trial.ts";
import { thisOrigin } from "../io/origin.ts";
import type { DoorContext, Env } from "./door.ts";
import type { Start } from "./handle.ts";
import type { News } from "./notify.ts";
import { onAlarm } from "./shed-alarm.ts";
import { setupIn, shedDoor, shedding } from "./shed-context.ts";
import { onMessages } from "./shed-step.ts";

const TABLE = "evenkeel-shed";

interface Deployed {
  readonly trial: ShedTrial;
  readonly env: Env;
  readonly door: DoorContext;
  readonly news: News[];
  readonly measured: string[];
  messages(): Promise<string[]>;
}

/** A listener in overload, and what the stack has: a table and a queue. */
async function deployed(): Promise<Deployed> {
  const trial = await shedTrial();
  const { account, context } = trial;
  await trial.alarm("ALARM");
  await account.send(
    DynamoDBClient,
    new CreateTableCommand({
      TableName: TABLE,
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
      AttributeDefinitions: ["pk", "sk"].map((AttributeName) => ({ AttributeName, AttributeType: "S" as const })),
      BillingMode: "PAY_PER_REQUEST",
    }),
  );
  const { QueueUrl = "" } = await account.send(SQSClient, new CreateQueueCommand({ QueueName: "steps" }));
  await account.twin.clock.sleep(60_000);
  const { settings } = context;
  const news: News[] = [];
  const measured: string[] = [];
  const { signal } = new AbortController();
  const env: Env = {
    ELB_LISTENER_ARN: settings.listener,
    ELB_TARGET_GROUP_ARN: settings.primary,
    CW_ALARM_NAME: settings.alarm,
    ELB_SHED_PERCENT: "20",
    SHED_EMPTY_GROUPS: settings.emptyGroups.filter((each) => each !== settings.primary).join(","),
    SHED_STATE: `dynamodb:${TABLE}`,
    SHED_QUEUE_URL: QueueUrl,
  };
  const door: DoorContext = {
    connection: context.connection,
    host: context.host,
    clock: context.clock,
    signal,
    over: signal,
    from: thisOrigin("function"),
    env,
    meter: { measure: (name, value) => void measured.push(`${name} ${value}`) },
    notify: async (each) => void news.push(each),
  };
  const messages = async () => {
    const asked = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 });
    return ((await account.send(SQSClient, asked)).Messages ?? []).map(({ Body = "" }) => Body);
  };
  return { trial, env, door, news, measured, messages };
}

const alarmEvent = {
  version: "0",
  "detail-type": "CloudWatch Alarm State Change",
  source: "aws.cloudwatch",
  account: ACCOUNT,
  region: HERE,
  detail: { alarmName: "web-overrun", state: { value: "ALARM" } },
};

it("sheds by the environment alone: state in the table, the next step in the queue, people told, measured", async () => {
  const { trial, env, door, news, measured, messages } = await deployed();
  const context = shedDoor(door, setupIn({ env }), "c6af9ac6-7b61-11e6-9a41-93e8deadbeef");
  await onAlarm(alarmEvent, context);
  expect(await trial.primaries()).toEqual([80, 160]);
  expect(await messages()).toEqual([]);
  await trial.account.twin.clock.sleep(60_000);
  const [body = ""] = await messages();
  expect(JSON.parse(body)).toEqual({ shed: 1, listener: trial.context.settings.listener, generation: 1 });

  // Another container, another request.
  const next = shedDoor(door, setupIn({ env }), "d7bf9ac6-7b61-11e6-9a41-93e8deadbeef");
  expect(await onMessages({ Records: [{ messageId: "1", body }] }, next)).toEqual({ batchItemFailures: [] });
  expect(await trial.primaries()).toEqual([60, 120]);
  await next.tell("the cap is reached");
  expect(news.at(-1)).toMatchObject({
    text: expect.stringContaining("the cap is reached"),
    attributes: { event: "shed", listener: trial.context.settings.listener },
  });
  expect(measured.filter((each) => each.startsWith("ShedLevel"))).toEqual(["ShedLevel 20", "ShedLevel 40"]);
  expect(measured).toContain("PrimaryWeight 80");
});

it("holds the lease in the request's name", async () => {
  const { env, door } = await deployed();
  const context = shedDoor(door, setupIn({ env }), "first");
  const slow = { ...context, schedule: () => new Promise<never>(() => undefined) };
  void onAlarm(alarmEvent, slow);
  await context.clock.sleep(5000);

  await expect(onAlarm(alarmEvent, shedDoor(door, setupIn({ env }), "second"))).rejects.toThrow("first is at work");
});

it.each([
  ["no listener", { ELB_LISTENER_ARN: undefined }, "ELB_LISTENER_ARN is missing"],
  ["a listener that is none", { ELB_LISTENER_ARN: "web" }, "ELB_LISTENER_ARN"],
  ["no alarm", { CW_ALARM_NAME: "" }, "CW_ALARM_NAME is missing"],
  ["no table", { SHED_STATE: undefined }, "SHED_STATE"],
  ["a file for a table", { SHED_STATE: "file" }, "SHED_STATE"],
  ["no queue", { SHED_QUEUE_URL: undefined }, "SHED_QUEUE_URL is missing"],
  ["a FIFO queue", { SHED_QUEUE_URL: "https://sqs.eu-west-1.amazonaws.com/123456789012/steps.fifo" }, "SHED_QUEUE_URL"],
  ["a percentage above a hundred", { ELB_SHED_PERCENT: "101" }, "ELB_SHED_PERCENT"],
  ["a delay that is no number", { SHED_MESG_DELAY_SEC: "soon" }, "SHED_MESG_DELAY_SEC"],
  ["a topic that is none", { SNS_TOPIC_ARN: "alerts" }, "SNS_TOPIC_ARN"],
])("with %s there is one clear error, and no call", async (_, wrong, said) => {
  const { trial, env } = await deployed();
  trial.account.calls.length = 0;

  expect(() => setupIn({ env: { ...env, ...wrong } })).toThrowError(
    expect.objectContaining({ code: "USAGE", message: expect.stringContaining(said) }) as Error,
  );
  expect(trial.account.calls).toEqual([]);
});

it("looks at the environment before it signs in", async () => {
  const invocation = { awsRequestId: "x", functionName: "f", getRemainingTimeInMillis: () => 60_000 };
  const { door } = await deployed();
  const start: Start = { ...door, name: "shed-alarm", invocation, env: {} };

  await expect(shedding.open(start)).rejects.toMatchObject({ code: "USAGE" });
});

it("names all that is wrong at once", () => {
  expect(() => setupIn({ env: { ELB_SHED_PERCENT: "0" } })).toThrowError(
    /ELB_LISTENER_ARN.*\n.*ELB_TARGET_GROUP_ARN.*\n.*ELB_SHED_PERCENT.*\n.*CW_ALARM_NAME/,
  );
});

it("refuses a listener of another account: there it would look as if it were gone", async () => {
  const { env, door } = await deployed();
  const moved = (text: string | undefined) => text?.replaceAll(ACCOUNT, "999999999999");
  const foreign = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, moved(value)]));

  expect(() => shedDoor(door, setupIn({ env: foreign }), "x")).toThrowError(
    expect.objectContaining({ code: "OTHER_ACCOUNT" }) as Error,
  );
});

it("takes listeners, queues and topics of any partition", async () => {
  const { env } = await deployed();
  const china = Object.fromEntries(
    Object.entries(env).map(([name, value]) => [
      name,
      value?.replaceAll("arn:aws:", "arn:aws-cn:").replaceAll("eu-west-1", "cn-north-1"),
    ]),
  );
  const { settings, queue, topic } = setupIn({
    env: {
      ...china,
      SHED_QUEUE_URL: "https://sqs.cn-north-1.amazonaws.com.cn/123456789012/steps",
      SNS_TOPIC_ARN: "arn:aws-cn:sns:cn-north-1:123456789012:alerts",
    },
  });

  expect(settings.listener).toMatch(/^arn:aws-cn:/);
  expect(queue).toContain(".com.cn/");
  expect(topic).toMatch(/^arn:aws-cn:/);
});
