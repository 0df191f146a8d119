import {
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  GetScheduleCommand,
  SchedulerClient,
} from "@aws-sdk/client-scheduler";
import { expect, it } from "vitest";
import { HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { pauseSuite } from "../../../tests/contract/pause-suite.ts";
import type { Resource } from "../../model/resource.ts";
import { writeScope } from "../scope.ts";
import { pause } from "./schedule-pause.ts";

const ID = "default/nightly";

async function schedule({ send }: TestAccount, more: Partial<CreateScheduleCommandInput> = {}): Promise<string> {
  const plain = {
    Name: "nightly",
    ScheduleExpression: "cron(0 3 * * ? *)",
    FlexibleTimeWindow: { Mode: "OFF" as const },
    Target: {
      Arn: "arn:aws:sqs:eu-west-1:111111111111:orders",
      RoleArn: "arn:aws:iam::111111111111:role/scheduler",
    },
  };
  await send(SchedulerClient, new CreateScheduleCommand({ ...plain, ...more }));
  return ID;
}

const scopeOf = ({ connection }: TestAccount) => writeScope(connection, HERE, { signal: new AbortController().signal });
const whole = async ({ send }: TestAccount) => {
  const {
    LastModificationDate: _,
    $metadata: __,
    ...rest
  } = await send(SchedulerClient, new GetScheduleCommand({ Name: "nightly" }));
  return rest;
};

/** The twin's clock begins at 2026-01-05T09:00:00Z. */
const ONCE = { past: "at(2026-01-05T08:59:59)", future: "at(2026-01-05T09:30:00)" };

pauseSuite("AWS::Scheduler::Schedule", {
  seed: (account) => schedule(account),
  keeps: [
    { why: /its owner has disabled it/, seed: (account) => schedule(account, { State: "DISABLED" }) },
    {
      why: /it was due once, at 2026-01-05T08:59:59 \(UTC\)/,
      seed: (account) => schedule(account, { ScheduleExpression: ONCE.past }),
    },
    {
      why: /it was due once.*Europe\/Berlin/,
      seed: (account) =>
        schedule(account, { ScheduleExpression: ONCE.future, ScheduleExpressionTimezone: "Europe/Berlin" }),
    },
    {
      why: /whether that has been is unknown in time zone Mars\/Olympus/,
      seed: (account) =>
        schedule(account, { ScheduleExpression: ONCE.future, ScheduleExpressionTimezone: "Mars/Olympus" }),
    },
    {
      why: /its end date has passed/,
      seed: (account) => schedule(account, { EndDate: new Date("2026-01-04T00:00:00Z") }),
    },
  ],
  unusedActions: { "iam:PassRole": "UpdateSchedule hands the target's role over" },
});

it("keeps all of a schedule but its state, though AWS resets whatever it is not sent", async () => {
  const account = await testAccount();
  await schedule(account, {
    ScheduleExpression: "rate(5 minutes)",
    ScheduleExpressionTimezone: "Europe/Berlin",
    StartDate: new Date("2026-02-01T00:00:00Z"),
    EndDate: new Date("2026-12-01T00:00:00Z"),
    Description: "Orders that were left open",
    KmsKeyArn: "arn:aws:kms:eu-west-1:111111111111:key/1",
    FlexibleTimeWindow: { Mode: "FLEXIBLE", MaximumWindowInMinutes: 15 },
    ActionAfterCompletion: "DELETE",
    Target: {
      Arn: "arn:aws:ecs:eu-west-1:111111111111:cluster/orders",
      RoleArn: "arn:aws:iam::111111111111:role/scheduler",
      Input: '{"key":"s3cr3t"}',
      DeadLetterConfig: { Arn: "arn:aws:sqs:eu-west-1:111111111111:dead" },
      RetryPolicy: { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 1 },
      EcsParameters: { TaskDefinitionArn: "arn:aws:ecs:eu-west-1:111111111111:task-definition/orders:1", TaskCount: 2 },
    },
  });
  const before = await whole(account);

  await pause.stop(scopeOf(account), ID, { state: "ENABLED" });
  expect(await whole(account)).toEqual({ ...before, State: "DISABLED" });
  await pause.resume(scopeOf(account), ID, { state: "ENABLED" });
  expect(await whole(account)).toEqual(before);
});

it("keeps what someone else has changed while it was paused", async () => {
  const account = await testAccount();
  await schedule(account);
  const { saved } = (await pause.capture(scopeOf(account), ID)) ?? { saved: {} };
  await pause.stop(scopeOf(account), ID, saved);
  const row = account.twin.world.accounts["111111111111"]?.regions[HERE]?.["scheduler.schedule"]?.[ID];
  Object.assign(row as object, { ScheduleExpression: "rate(1 day)" });

  await pause.resume(scopeOf(account), ID, saved);

  expect(await whole(account)).toMatchObject({ ScheduleExpression: "rate(1 day)", State: "ENABLED" });
});

it("enables nothing that was disabled before, and stores nothing of what a target is sent", async () => {
  const account = await testAccount();
  await schedule(account, { State: "DISABLED" });

  await pause.resume(scopeOf(account), ID, { state: "DISABLED" });

  expect(await pause.capture(scopeOf(account), ID)).toMatchObject({ phase: "paused", saved: { state: "DISABLED" } });
});

it("tells that a one-time schedule that is due meanwhile does not run", () => {
  const state = { phase: "running", saved: { state: "ENABLED" }, words: "enabled" } as const;
  const configuration = { ScheduleExpression: ONCE.future, ActionAfterCompletion: "DELETE" };

  expect(pause.eligible(state, { configuration } as unknown as Resource)).toMatchObject({
    kind: "eligible",
    risks: ["if it is due while it is paused it does not run, and stays where it would have deleted itself"],
  });
});

it("tells that its end date may pass meanwhile", () => {
  const state = { phase: "running", saved: { state: "ENABLED" }, words: "enabled" } as const;
  const configuration = { ScheduleExpression: "rate(1 day)", EndDate: "2026-02-01T00:00:00.000Z" };

  expect(pause.eligible(state, { configuration } as unknown as Resource)).toMatchObject({
    risks: [expect.stringMatching(/end date.*2026-02-01/)],
  });
});

it("does not touch a one-time schedule's namesake in another group", async () => {
  const account = await testAccount();
  await schedule(account);

  expect(await pause.capture(scopeOf(account), "shop/nightly")).toBeUndefined();
  await pause.stop(scopeOf(account), "shop/nightly", { state: "ENABLED" });
  expect(await whole(account)).toMatchObject({ State: "ENABLED" });
});
