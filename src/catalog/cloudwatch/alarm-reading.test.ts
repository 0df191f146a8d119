import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  PutCompositeAlarmCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
  SetAlarmStateCommand,
  type StateValue,
} from "@aws-sdk/client-cloudwatch";
import { expect, it } from "vitest";
import { ACCOUNT, HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { FAULTS } from "../../twin/faults.ts";
import { seedMetric } from "../../twin/metrics.ts";
import { readScope } from "../scope.ts";
import { readAlarm } from "./alarm-reading.ts";

const signal = new AbortController().signal;
const METRIC = {
  Namespace: "AWS/ApplicationELB",
  MetricName: "RequestCountPerTarget",
  Dimensions: [{ Name: "TargetGroup", Value: "targetgroup/web/0a" }],
};

async function account() {
  const made = await testAccount();
  const { connection, send, twin } = made;
  const scope = readScope(connection, HERE, { signal });
  const put = (rest: Partial<PutMetricAlarmCommandInput> = {}) =>
    send(
      CloudWatchClient,
      new PutMetricAlarmCommand({
        AlarmName: "overrun",
        ...METRIC,
        Statistic: "Sum",
        Period: 60,
        EvaluationPeriods: 3,
        Threshold: 500,
        ComparisonOperator: "GreaterThanThreshold",
        ...rest,
      }),
    );
  const set = (StateValue: StateValue, AlarmName = "overrun") =>
    send(CloudWatchClient, new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: "test" }));
  /** So many requests a minute, since so many minutes and until so many ago. */
  const requests = (aMinute: number, since = 60, until?: number) => {
    const at = (minutes: number) => new Date(twin.clock.now() - minutes * 60_000).toISOString();
    const { Namespace: namespace, MetricName: metric } = METRIC;
    const dimensions = { TargetGroup: "targetgroup/web/0a" };
    const to = until === undefined ? {} : { to: at(until) };
    seedMetric(twin.world, {
      account: ACCOUNT,
      region: HERE,
      namespace,
      metric,
      dimensions,
      hourly: aMinute * 60,
      from: at(since),
      ...to,
    });
  };
  return { ...made, scope, put, set, requests, read: () => readAlarm(scope, "overrun") };
}

const asked = ({ twin }: Pick<TestAccount, "twin">) =>
  twin.log.findLast(({ operation }) => operation === "GetMetricData")?.input as {
    StartTime: string;
    EndTime: string;
    MetricDataQueries: unknown[];
  };

it("tells the state, since when, the threshold and the metric's value in its last whole period", async () => {
  const { put, set, requests, read, twin } = await account();
  await put();
  const since = twin.clock.now();
  await set("ALARM");
  await twin.clock.sleep(90_000);
  // Evaluated anew without a change of state.
  await set("ALARM");
  requests(620);

  expect(await read()).toEqual({
    state: "ALARM",
    since,
    threshold: 500,
    value: 620,
    valueSince: since,
    countsLoad: true,
  });
  const { StartTime, EndTime, MetricDataQueries } = asked({ twin });
  expect([StartTime, EndTime].map((each) => Date.parse(each) % 60_000)).toEqual([0, 0]);
  expect(Date.parse(EndTime)).toBe(since + 60_000);
  expect(MetricDataQueries).toEqual([{ Id: "value", MetricStat: { Metric: METRIC, Period: 60, Stat: "Sum" } }]);
});

it("takes a data point that came late, and none that is older", async () => {
  const { put, requests, read } = await account();
  await put();
  requests(700, 60, 3);
  expect(await read()).toMatchObject({ value: 700 });

  requests(700, 60, 5);
  expect(await read()).not.toHaveProperty("value");
});

it("asks by the alarm's own definition: percentiles, units, long periods", async () => {
  const { put, read, twin } = await account();
  await put({
    Statistic: undefined,
    ExtendedStatistic: "p99.9",
    Unit: "Seconds",
    Period: 300,
    MetricName: "TargetResponseTime",
  });
  await read();

  const { StartTime, EndTime, MetricDataQueries } = asked({ twin });
  expect(MetricDataQueries).toMatchObject([{ MetricStat: { Period: 300, Stat: "p99.9", Unit: "Seconds" } }]);
  expect([Date.parse(StartTime) % 300_000, Date.parse(EndTime) % 300_000]).toEqual([0, 0]);
});

it("tells no threshold of an alarm that rings below it, and no load where the metric counts none", async () => {
  const { put, read } = await account();
  await put({ ComparisonOperator: "LessThanThreshold", MetricName: "HealthyHostCount" });
  const reading = await read();

  expect(reading).not.toHaveProperty("threshold");
  expect(reading).not.toHaveProperty("countsLoad");
});

it("gives no value where there is no data, and none of an alarm of several metrics or of other alarms", async () => {
  const { put, set, read, send, scope, twin } = await account();
  await put();
  expect(await read()).toEqual({
    state: "INSUFFICIENT_DATA",
    since: twin.clock.now(),
    threshold: 500,
    countsLoad: true,
  });

  twin.log.length = 0;
  await put({
    Namespace: undefined,
    MetricName: undefined,
    Statistic: undefined,
    Period: undefined,
    Dimensions: undefined,
    Metrics: [{ Id: "e", Expression: "a/b" }],
  });
  await set("OK");
  expect(await read()).toEqual({ state: "OK", since: twin.clock.now(), threshold: 500 });
  await send(CloudWatchClient, new PutCompositeAlarmCommand({ AlarmName: "any", AlarmRule: "ALARM(overrun)" }));
  await set("ALARM", "any");
  expect(await readAlarm(scope, "any")).toEqual({ state: "ALARM", since: twin.clock.now() });
  expect(twin.log.filter(({ operation }) => operation === "GetMetricData")).toEqual([]);
});

it("says that an alarm is gone, and never so of one that could not be read", async () => {
  const { put, read, send, twin } = await account();
  await put();
  twin.faults = [{ ...FAULTS.denied, operation: "DescribeAlarms", times: 1 }];
  await expect(read()).rejects.toMatchObject({ code: "ACCESS_DENIED" });

  await send(CloudWatchClient, new DeleteAlarmsCommand({ AlarmNames: ["overrun"] }));

  expect(await read()).toBe("gone");
});

it.each([FAULTS.denied, FAULTS.throttle, FAULTS.serverError])(
  "goes without the value when its metric can't be read: $code",
  async (fault) => {
    const { put, set, requests, read, twin } = await account();
    await put();
    await set("ALARM");
    requests(620);
    twin.faults = [{ ...fault, operation: "GetMetricData" }];

    expect(await read()).toMatchObject({ state: "ALARM", threshold: 500 });
    twin.faults = [];
    expect(await read()).toMatchObject({ value: 620 });
  },
);
