import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  PutCompositeAlarmCommand,
  PutMetricAlarmCommand,
} from "@aws-sdk/client-cloudwatch";
import { expect, it } from "vitest";
import { ACCOUNT, HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { pauseSuite } from "../../../tests/contract/pause-suite.ts";
import { loadEntry } from "../registry.ts";
import { writeScope } from "../scope.ts";
import { compositeAlarm, metricAlarm } from "./cloudwatch.trial.ts";

const TOPIC = `arn:aws:sns:eu-west-1:${ACCOUNT}:operations`;
const POLICY = `arn:aws:autoscaling:eu-west-1:${ACCOUNT}:scalingPolicy:6a1f:autoScalingGroupName/web:policyName/out`;

interface Wanted {
  readonly ActionsEnabled?: boolean;
  readonly AlarmActions?: string[];
}

async function metric({ send }: TestAccount, name: string, wanted: Wanted = {}): Promise<string> {
  const { input } = metricAlarm(name, 300);
  await send(CloudWatchClient, new PutMetricAlarmCommand({ ...input, AlarmActions: [TOPIC], ...wanted }));
  return name;
}

async function composite({ send }: TestAccount, name: string, wanted: Wanted = {}): Promise<string> {
  const { input } = compositeAlarm(name, "FALSE");
  await send(CloudWatchClient, new PutCompositeAlarmCommand({ ...input, AlarmActions: [TOPIC], ...wanted }));
  return name;
}

pauseSuite("AWS::CloudWatch::Alarm", {
  seed: (account) => metric(account, "age"),
  keeps: [
    { why: /its owner has switched/, seed: (account) => metric(account, "age", { ActionsEnabled: false }) },
    { why: /belongs to a scaling policy/, seed: (account) => metric(account, "TargetTracking-web-AlarmHigh-1") },
    { why: /belongs to a scaling policy/, seed: (account) => metric(account, "out", { AlarmActions: [POLICY] }) },
    { why: /no actions/, seed: (account) => metric(account, "age", { AlarmActions: [] }) },
  ],
});

pauseSuite("AWS::CloudWatch::CompositeAlarm", {
  seed: (account) => composite(account, "late"),
  keeps: [
    { why: /its owner has switched/, seed: (account) => composite(account, "late", { ActionsEnabled: false }) },
    { why: /no actions/, seed: (account) => composite(account, "late", { AlarmActions: [] }) },
  ],
});

async function tried(account: TestAccount) {
  const { pause } = await loadEntry("AWS::CloudWatch::Alarm");
  if (!pause) throw new Error("alarms can't be paused");
  return { pause, scope: writeScope(account.connection, HERE, { signal: new AbortController().signal }) };
}

it("enables no actions that their owner had switched off", async () => {
  const account = await testAccount();
  await metric(account, "age", { ActionsEnabled: false });
  const { pause, scope } = await tried(account);

  await pause.resume(scope, "age", { actionsEnabled: false });

  expect(await pause.capture(scope, "age")).toMatchObject({ phase: "paused" });
});

it("switches the one alarm alone and leaves its state as it is", async () => {
  const account = await testAccount();
  for (const name of ["age", "age-too"]) await metric(account, name);
  const { pause, scope } = await tried(account);

  await pause.stop(scope, "age", { actionsEnabled: true });

  const { MetricAlarms } = await account.send(CloudWatchClient, new DescribeAlarmsCommand({}));
  expect(
    MetricAlarms?.map(({ AlarmName, ActionsEnabled, StateValue }) => [AlarmName, ActionsEnabled, StateValue]),
  ).toEqual([
    ["age", false, "INSUFFICIENT_DATA"],
    ["age-too", true, "INSUFFICIENT_DATA"],
  ]);
});

it("takes no alarm of the other kind for its own", async () => {
  const account = await testAccount();
  await composite(account, "late");
  const { pause, scope } = await tried(account);

  expect(await pause.capture(scope, "late")).toBeUndefined();
});

it("quiets 250 alarms in three calls, and names no other alarm", async () => {
  const account = await testAccount();
  const names = Array.from({ length: 251 }, (_, at) => `age-${at}`);
  for (const name of names) await metric(account, name);
  const { pause, scope } = await tried(account);
  const chosen = names.slice(1);
  const count = (operation: string) => account.calls.filter((call) => call === `monitoring:${operation}`).length;

  const before = await Promise.all(chosen.map((name) => pause.capture(scope, name)));
  expect(before.every((state) => state?.phase === "running")).toBe(true);
  await Promise.all(chosen.map((name) => pause.stop(scope, name, { actionsEnabled: true })));
  expect([count("DescribeAlarms"), count("DisableAlarmActions")]).toEqual([3, 3]);
  const paused = await Promise.all(names.map(async (name) => (await pause.capture(scope, name))?.phase));
  expect(paused).toEqual(["running", ...chosen.map(() => "paused")]);

  await Promise.all(chosen.map((name) => pause.resume(scope, name, { actionsEnabled: true })));
  expect(count("EnableAlarmActions")).toBe(3);
});

it("is not held up by an alarm that is gone", async () => {
  const account = await testAccount();
  await metric(account, "age");
  const { pause, scope } = await tried(account);
  const stop = (name: string) => pause.stop(scope, name, { actionsEnabled: true });

  await Promise.all([stop("gone"), stop("age")]);

  expect((await pause.capture(scope, "age"))?.phase).toBe("paused");
  expect(await pause.capture(scope, "gone")).toBeUndefined();
});
