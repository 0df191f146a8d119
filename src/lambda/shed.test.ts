import { expect, it } from "vitest";
import { ACCOUNT } from "../../tests/contract/account.ts";
import { type ShedTrial, shedTrial } from "../../tests/contract/shed-trial.ts";
import type { ShedContext } from "../verbs/shed/context.ts";
import { onAlarm } from "./shed-alarm.ts";
import { onMessages } from "./shed-step.ts";

/* Made after the samples of the CloudWatch user guide ("Sample events from CloudWatch") and the Lambda developer guide. */

function alarmEvent(more: object = {}): Record<string, unknown> {
  return {
    version: "0",
    id: "c4c1c1c9-6542-e61b-6ef0-8c4d36933a92",
    "detail-type": "CloudWatch Alarm State Change",
    source: "aws.cloudwatch",
    account: ACCOUNT,
    time: "2026-01-05T09:17:43Z",
    region: "eu-west-1",
    resources: [`arn:aws:cloudwatch:eu-west-1:${ACCOUNT}:alarm:web-overrun`],
    detail: {
      alarmName: "web-overrun",
      configuration: {
        description: "Requests for each target of web",
        metrics: [
          {
            id: "5a6b2b4f-65cc-6d4c-ecf8-1ba1ab5e4a94",
            metricStat: {
              metric: {
                dimensions: { TargetGroup: "targetgroup/primary/1111111111111111" },
                name: "RequestCountPerTarget",
                namespace: "AWS/ApplicationELB",
              },
              period: 60,
              stat: "Sum",
            },
            returnData: true,
          },
        ],
      },
      previousState: {
        reason: "Threshold Crossed: 1 out of the last 3 datapoints was not greater than the threshold (500.0).",
        reasonData: '{"version":"1.0","threshold":500.0}',
        timestamp: "2026-01-05T09:10:43.128+0000",
        value: "OK",
      },
      state: {
        reason: "Threshold Crossed: 3 out of the last 3 datapoints were greater than the threshold (500.0).",
        reasonData: '{"version":"1.0","threshold":500.0}',
        timestamp: "2026-01-05T09:17:43.128+0000",
        value: "ALARM",
      },
    },
    ...more,
  };
}

function queueEvent(...bodies: string[]): object {
  return {
    Records: bodies.map((body, at) => ({
      messageId: `059f36b4-87a3-44ab-83d2-66197502478${at}`,
      receiptHandle: "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a",
      body,
      attributes: {
        ApproximateReceiveCount: "1",
        SentTimestamp: "1545082649183",
        SenderId: "AIDAIENQZJOLO23YVJ4VO",
        ApproximateFirstReceiveTimestamp: "1545082649185",
      },
      messageAttributes: {},
      md5OfBody: "e4e68fb7bd0e697a0ae8f1bb342846b3",
      eventSource: "aws:sqs",
      eventSourceARN: `arn:aws:sqs:eu-west-1:${ACCOUNT}:steps`,
      awsRegion: "eu-west-1",
    })),
  };
}

const message = ({ settings }: ShedContext, generation: number, more: object = {}) =>
  JSON.stringify({ shed: 1, listener: settings.listener, generation, ...more });

async function overrun(): Promise<ShedTrial> {
  const trial = await shedTrial();
  await trial.alarm("ALARM");
  return trial;
}

it("sheds when the alarm rings, then by messages, and gives back when it is quiet", async () => {
  const { context, primaries, sent, alarm, account } = await overrun();
  const next = async () => {
    const { message: last, seconds } = sent.at(-1) ?? { message: {}, seconds: 0 };
    await account.twin.clock.sleep(seconds * 1000);
    return onMessages(queueEvent(JSON.stringify(last)), context);
  };
  expect(await onAlarm(alarmEvent(), context)).toMatchObject({ statusCode: 200 });
  expect(await primaries()).toEqual([80, 160]);
  expect(await next()).toEqual({ batchItemFailures: [] });
  expect(await primaries()).toEqual([60, 120]);
  await alarm("OK");
  await next();

  expect(await primaries()).toEqual([100, 200]);
});

it.each([
  ["of another alarm", { detail: { alarmName: "api-overrun", state: { value: "ALARM" } } }],
  ["of another account", { account: "999999999999" }],
  ["of another region", { region: "us-east-1" }],
  ["of another source", { source: "aws.ec2" }],
  ["of another type", { "detail-type": "CloudWatch Alarm Configuration Change" }],
  ["without a detail", { detail: undefined }],
])("refuses an event %s", async (_, more) => {
  const { context, primaries, account } = await overrun();
  account.calls.length = 0;

  expect(await onAlarm(alarmEvent(more), context)).toMatchObject({ statusCode: 403 });
  expect(account.calls).toEqual([]);
  expect(await primaries()).toEqual([100, 200]);
});

it("goes by what the alarm is, not by what an event says that it was", async () => {
  const { context, primaries, alarm } = await overrun();
  await alarm("OK");
  await onAlarm(alarmEvent(), context);

  expect(await primaries()).toEqual([100, 200]);
});

it("lets an event come again while somebody else is at work", async () => {
  const { context } = await overrun();
  const slow = { ...context, owner: "slow", schedule: () => new Promise<never>(() => undefined) };
  void onAlarm(alarmEvent(), slow);
  await context.clock.sleep(5000);

  // Nothing is shed as far as anybody knows: the event must not be lost.
  await expect(onAlarm(alarmEvent(), context)).rejects.toMatchObject({
    code: "REFUSED",
    message: expect.stringMatching(/at work: to be tried again in \d+ s/),
    details: { isHeld: true, state: "nothing was changed" },
  });
});

it("handles each record by itself: what makes no sense comes back, the rest is done", async () => {
  const { context, primaries, sent, account } = await overrun();
  await onAlarm(alarmEvent(), context);
  await account.twin.clock.sleep(60_000);
  const good = JSON.stringify(sent.at(-1)?.message);
  const other = message(context, 1, { listener: `${context.settings.listener}0` });
  const answer = await onMessages(queueEvent("{", good, other, "[]", message(context, -1)), context);

  expect(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier.at(-1))).toEqual(["0", "2", "3", "4"]);
  expect(await primaries()).toEqual([60, 120]);
});

it("takes a message that is too early, or finds somebody at work, back into the queue", async () => {
  const { context, primaries, sent } = await overrun();
  await onAlarm(alarmEvent(), context);
  const next = sent.at(-1)?.message;
  const early = JSON.stringify(next);

  expect(await onMessages(queueEvent(early), context)).toEqual({ batchItemFailures: [] });
  expect(await primaries()).toEqual([80, 160]);
  expect(sent.at(-1)).toEqual({ message: next, seconds: 60 });
  expect(sent).toHaveLength(3);
});

it("lets a message come back when its step fails", async () => {
  const { context, sent, account } = await overrun();
  await onAlarm(alarmEvent(), context);
  await account.twin.clock.sleep(60_000);
  account.twin.faults = [
    { kind: "error", code: "InternalFailure", message: "down", status: 500, service: "monitoring" },
  ];
  const answer = await onMessages(queueEvent(JSON.stringify(sent.at(-1)?.message)), context);

  expect(answer.batchItemFailures).toHaveLength(1);
});

it("does nothing for an event without a record, and refuses what is no event of a queue", async () => {
  const { context, account } = await overrun();
  account.calls.length = 0;

  expect(await onMessages({ Records: [] }, context)).toEqual({ batchItemFailures: [] });
  await expect(onMessages({}, context)).rejects.toMatchObject({ code: "USAGE" });
  await expect(onMessages("{", context)).rejects.toMatchObject({ code: "USAGE" });
  expect(account.calls).toEqual([]);
});
