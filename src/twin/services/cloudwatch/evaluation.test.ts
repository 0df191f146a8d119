import {
  CloudWatchClient as CW,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
  SetAlarmStateCommand,
} from "@aws-sdk/client-cloudwatch";
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, it } from "vitest";
import { ACCOUNT, testAccount } from "../../../../tests/contract/account.ts";
import { callIn } from "../../call.ts";
import { virtualClock } from "../../clock.ts";
import { createIncident } from "../../incident.ts";
import { metricKey, recordValue } from "../../metrics.ts";

const START = "2026-01-05T09:00:00.000Z";

/** An account with an alarm on a metric whose minutes are given; minutes are evaluated as they end. */
async function watched(minutes: readonly (number | undefined)[], settings: Partial<PutMetricAlarmCommandInput> = {}) {
  const clock = virtualClock(START);
  const { send, twin } = await testAccount({ clock });
  const call = callIn(twin, { account: ACCOUNT, region: "eu-west-1", caller: "", operation: "" });
  const key = metricKey("Shop", "Orders", { Store: "main" });
  const begin = clock.now();
  for (const [minute, value] of minutes.entries())
    if (value !== undefined) recordValue(call, key, begin + minute * 60_000, value);
  const alarm = {
    AlarmName: "orders",
    AlarmDescription: "too many",
    Namespace: "Shop",
    MetricName: "Orders",
    Dimensions: [{ Name: "Store", Value: "main" }],
    Statistic: "Sum" as const,
    Period: 60,
    EvaluationPeriods: 2,
    Threshold: 500,
    ComparisonOperator: "GreaterThanThreshold" as const,
    ...settings,
  };
  await send(CW, new PutMetricAlarmCommand(alarm));
  const { QueueUrl } = await send(SQSClient, new CreateQueueCommand({ QueueName: "events" }));
  const EventPattern = JSON.stringify({ source: ["aws.cloudwatch"], "detail-type": ["CloudWatch Alarm State Change"] });
  await send(EventBridgeClient, new PutRuleCommand({ Name: "all", EventPattern }));
  const Targets = [{ Id: "q", Arn: `arn:aws:sqs:eu-west-1:${ACCOUNT}:events` }];
  await send(EventBridgeClient, new PutTargetsCommand({ Rule: "all", Targets }));
  const incident = createIncident({
    twin,
    account: ACCOUNT,
    region: "eu-west-1",
    alarms: ["orders", "gone"],
    metricDelaySeconds: 10,
  });
  const alarmNow = async () => (await send(CW, new DescribeAlarmsCommand({}))).MetricAlarms?.[0];
  const events = async () => {
    const { Messages = [] } = await send(SQSClient, new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    return Messages.map(
      ({ Body }) => JSON.parse(Body ?? "") as { detail: { state: { value: string; reason: string } } },
    );
  };
  const set = (StateValue: "OK" | "ALARM") =>
    send(CW, new SetAlarmStateCommand({ AlarmName: "orders", StateValue, StateReason: "by hand" }));
  return { send, clock, incident, alarmNow, events, set };
}

it("goes into ALARM when so many data points breach, and tells it as CloudWatch does", async () => {
  const { incident, alarmNow, events } = await watched([100, 600.5, 700, 100, 100]);

  await incident.run(2);
  expect(await alarmNow()).toMatchObject({ StateValue: "OK" });
  await incident.run(2);
  expect(await alarmNow()).toMatchObject({
    StateValue: "ALARM",
    StateTransitionedTimestamp: new Date("2026-01-05T09:03:10Z"),
  });
  const [first, second] = await events();
  expect(first).toMatchObject({ detail: { state: { value: "OK" }, previousState: { value: "INSUFFICIENT_DATA" } } });
  expect(second).toEqual({
    version: "0",
    id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    "detail-type": "CloudWatch Alarm State Change",
    source: "aws.cloudwatch",
    account: ACCOUNT,
    time: "2026-01-05T09:03:10Z",
    region: "eu-west-1",
    resources: [`arn:aws:cloudwatch:eu-west-1:${ACCOUNT}:alarm:orders`],
    detail: {
      alarmName: "orders",
      configuration: {
        description: "too many",
        metrics: [
          {
            id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
            metricStat: {
              metric: { dimensions: { Store: "main" }, name: "Orders", namespace: "Shop" },
              period: 60,
              stat: "Sum",
            },
            returnData: true,
          },
        ],
      },
      previousState: {
        reason:
          "Threshold Crossed: 1 out of the last 1 datapoint [100.0 (05/01/26 09:00:00)] was not greater than the threshold (500.0) (minimum 1 datapoint for INSUFFICIENT_DATA -> OK transition).",
        reasonData: expect.stringContaining('"recentDatapoints":[100]') as string,
        timestamp: "2026-01-05T09:01:10.000+0000",
        value: "OK",
      },
      state: {
        reason:
          "Threshold Crossed: 2 out of the last 2 datapoints [600.5 (05/01/26 09:01:00), 700.0 (05/01/26 09:02:00)] were greater than the threshold (500.0) (minimum 2 datapoints for OK -> ALARM transition).",
        reasonData:
          '{"version":"1.0","queryDate":"2026-01-05T09:03:10.000+0000","startDate":"2026-01-05T09:01:00.000+0000","statistic":"Sum","period":60,"recentDatapoints":[600.5,700],"threshold":500}',
        timestamp: "2026-01-05T09:03:10.000+0000",
        value: "ALARM",
      },
    },
  });
});

it("leaves a state that was set by hand until it looks again, and tells it, too", async () => {
  const { incident, alarmNow, events, set } = await watched([100, 100, 100]);
  await incident.run(2);
  await set("ALARM");
  await set("ALARM");

  expect(await alarmNow()).toMatchObject({ StateValue: "ALARM", StateReason: "by hand" });
  await incident.run(1.5);
  expect(await alarmNow()).toMatchObject({ StateValue: "OK" });
  expect((await events()).map(({ detail }) => detail.state.value)).toEqual(["OK", "ALARM", "OK"]);
});

it.each([
  ["missing", "INSUFFICIENT_DATA", "Insufficient Data: 2 datapoints were unknown."],
  ["notBreaching", "OK", "2 missing datapoints were treated as [NonBreaching]"],
  ["breaching", "ALARM", "Threshold Crossed: no datapoints were received for 2 periods"],
  ["ignore", "INSUFFICIENT_DATA", "Unchecked: Initial alarm creation"],
])("treats missing data as %s", async (TreatMissingData, StateValue, reason) => {
  const { incident, alarmNow } = await watched([], { TreatMissingData });
  await incident.run(5);

  expect(await alarmNow()).toMatchObject({ StateValue });
  // A state that the alarm has already is not set again.
  const unset = StateValue === "INSUFFICIENT_DATA" ? "Unchecked: Initial alarm creation" : reason;
  expect((await alarmNow())?.StateReason).toContain(unset);
});

it("has too little data again when the data end", async () => {
  const { incident, alarmNow } = await watched([100, 100]);
  await incident.run(8);

  expect(await alarmNow()).toMatchObject({
    StateValue: "INSUFFICIENT_DATA",
    StateReason: "Insufficient Data: 2 datapoints were unknown.",
  });
});

it.each([
  ["LessThanThreshold", 499, "ALARM"],
  ["LessThanOrEqualToThreshold", 500, "ALARM"],
  ["GreaterThanOrEqualToThreshold", 500, "ALARM"],
  ["GreaterThanThreshold", 500, "OK"],
] as const)("compares by %s", async (ComparisonOperator, value, StateValue) => {
  const { incident, alarmNow } = await watched([value, value, value], { ComparisonOperator });
  await incident.run(4);

  expect(await alarmNow()).toMatchObject({ StateValue });
});

it("puts minutes together to longer periods, and takes fewer breaches than periods", async () => {
  const { incident, alarmNow } = await watched([300, 300, 1, 1, 300, 300], {
    Period: 120,
    EvaluationPeriods: 3,
    DatapointsToAlarm: 2,
  });
  await incident.run(7);

  expect(await alarmNow()).toMatchObject({ StateValue: "ALARM" });
});

it("gives the minutes of a metric to whoever asks", async () => {
  const { send, clock, incident } = await watched([100, undefined, 300, 500]);
  await incident.run(4);
  const ask = async (Stat: string, Period: number) => {
    const Metric = { Namespace: "Shop", MetricName: "Orders", Dimensions: [{ Name: "Store", Value: "main" }] };
    const MetricDataQueries = [{ Id: "q", MetricStat: { Metric, Period, Stat } }];
    const window = { StartTime: new Date(START), EndTime: new Date(clock.now()) };
    const { MetricDataResults } = await send(CW, new GetMetricDataCommand({ MetricDataQueries, ...window }));
    const [result] = MetricDataResults ?? [];
    return result?.Timestamps?.map((at, index) => [at.toISOString().slice(14, 16), result.Values?.[index]]);
  };

  expect(await ask("Sum", 60)).toEqual([
    ["03", 500],
    ["02", 300],
    ["00", 100],
  ]);
  expect(await ask("Average", 120)).toEqual([
    ["02", 400],
    ["00", 100],
  ]);
  expect(await ask("Maximum", 300)).toEqual([["00", 500]]);
});
