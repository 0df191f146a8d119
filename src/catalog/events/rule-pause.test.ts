import {
  CreateEventBusCommand,
  DescribeRuleCommand,
  EventBridgeClient,
  PutRuleCommand,
  type PutRuleCommandInput,
} from "@aws-sdk/client-eventbridge";
import { expect, it } from "vitest";
import { HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { pauseSuite } from "../../../tests/contract/pause-suite.ts";
import type { Resource } from "../../model/resource.ts";
import { writeScope } from "../scope.ts";
import { pause } from "./rule-pause.ts";

async function rule({ send }: TestAccount, more: Partial<PutRuleCommandInput> & { ManagedBy?: string } = {}) {
  const { EventBusName } = more;
  if (EventBusName) await send(EventBridgeClient, new CreateEventBusCommand({ Name: EventBusName }));
  const request = { Name: "paid", EventPattern: '{"source":["shop"]}', ...more };
  await send(EventBridgeClient, new PutRuleCommand(request));
  return EventBusName ? `${EventBusName}/paid` : "paid";
}

const scopeOf = ({ connection }: TestAccount) => writeScope(connection, HERE, { signal: new AbortController().signal });

pauseSuite("AWS::Events::Rule", {
  seed: (account) => rule(account),
  keeps: [
    {
      why: /autoscaling.amazonaws.com made it/,
      seed: (account) => rule(account, { ManagedBy: "autoscaling.amazonaws.com" }),
    },
    { why: /its owner has disabled it/, seed: (account) => rule(account, { State: "DISABLED" }) },
    {
      why: /all management events.*would not bring back/,
      seed: (account) => rule(account, { State: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" }),
    },
  ],
});

it("switches the rule on its own bus and not its namesake on the default one", async () => {
  const account = await testAccount();
  await rule(account);
  const id = await rule(account, { EventBusName: "aws.partner/shop.example/1" });
  const stateOn = async (EventBusName: string) =>
    (await account.send(EventBridgeClient, new DescribeRuleCommand({ Name: "paid", EventBusName }))).State;

  await pause.stop(scopeOf(account), id, { state: "ENABLED" });

  expect(await stateOn("aws.partner/shop.example/1")).toBe("DISABLED");
  expect(await stateOn("default")).toBe("ENABLED");
});

it("keeps all of a rule but its state", async () => {
  const account = await testAccount();
  await rule(account, { Description: "Paid orders", RoleArn: "arn:aws:iam::111111111111:role/events" });
  const whole = async () => {
    const answer = await account.send(EventBridgeClient, new DescribeRuleCommand({ Name: "paid" }));
    return { ...answer, $metadata: undefined };
  };
  const before = await whole();

  await pause.stop(scopeOf(account), "paid", { state: "ENABLED" });
  await pause.resume(scopeOf(account), "paid", { state: "ENABLED" });

  expect(await whole()).toEqual(before);
});

it("enables nothing that was disabled before", async () => {
  const account = await testAccount();
  await rule(account, { State: "DISABLED" });

  await pause.resume(scopeOf(account), "paid", { state: "DISABLED" });

  expect(await pause.capture(scopeOf(account), "paid")).toMatchObject({ phase: "paused" });
});

it("is refused by AWS where a service made the rule", async () => {
  const account = await testAccount();
  await rule(account, { ManagedBy: "autoscaling.amazonaws.com" });

  await expect(pause.stop(scopeOf(account), "paid", { state: "ENABLED" })).rejects.toMatchObject({
    details: { awsCode: "ManagedRuleException" },
  });
});

it("tells which runs of a schedule are left out", () => {
  const resource = { configuration: { ScheduleExpression: "rate(1 hour)" } } as unknown as Resource;

  expect(pause.eligible({ phase: "running", saved: { state: "ENABLED" }, words: "enabled" }, resource)).toMatchObject({
    loses: ["the runs that are due meanwhile (rate(1 hour))"],
  });
});
