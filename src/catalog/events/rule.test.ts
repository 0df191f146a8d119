import {
  CreateEventBusCommand,
  DeleteRuleCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import { expect, it } from "vitest";
import { ACCOUNT, HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import type { Found } from "../contract.ts";
import { readScope, writeScope } from "../scope.ts";
import entry from "./rule.ts";

const IDS = ["a", "b", "c", "d", "e"].map((letter) => `nightly-${letter}`).concat("shop/paid", "shop/refunded");

function named(id: string) {
  const [rule = "", bus] = id.split("/").reverse();
  return { Rule: rule, EventBusName: bus ?? "default" };
}

contractSuite("AWS::Events::Rule", {
  seed: async ({ send }) => {
    await send(EventBridgeClient, new CreateEventBusCommand({ Name: "shop" }));
    for (const id of IDS) {
      const { Rule, EventBusName } = named(id);
      const EventPattern = JSON.stringify({ source: ["shop"] });
      const Tags = [{ Key: "team", Value: "orders" }];
      await send(EventBridgeClient, new PutRuleCommand({ Name: Rule, EventBusName, EventPattern, Tags }));
      const target = { Id: "1", Arn: "arn:aws:sqs:eu-west-1:111111111111:orders", Input: '{"key":"s3cr3t"}' };
      await send(EventBridgeClient, new PutTargetsCommand({ Rule, EventBusName, Targets: [target] }));
    }
    return IDS;
  },
  remove: async ({ send }, id) => {
    const { Rule, EventBusName } = named(id);
    await send(EventBridgeClient, new RemoveTargetsCommand({ Rule, EventBusName, Ids: ["1"] }));
    await send(EventBridgeClient, new DeleteRuleCommand({ Name: Rule, EventBusName }));
  },
  change: ({ send }, id) => {
    const target = { Id: "1", Arn: "arn:aws:sqs:eu-west-1:111111111111:orders", Input: '{"key":"0th3r"}' };
    return send(EventBridgeClient, new PutTargetsCommand({ ...named(id), Targets: [target] }));
  },
});

async function ruled({ send }: TestAccount): Promise<string> {
  for (const Name of ["nightly", "hourly"]) {
    await send(EventBridgeClient, new PutRuleCommand({ Name, ScheduleExpression: "rate(1 day)" }));
    const Targets = [{ Id: "1", Arn: "arn:aws:sqs:eu-west-1:111111111111:orders" }];
    await send(EventBridgeClient, new PutTargetsCommand({ Rule: Name, Targets }));
  }
  return "nightly";
}

removalSuite("AWS::Events::Rule", {
  seed: ruled,
  prepares: ["remove-targets"],
  refused: [
    {
      seed: async (account) => {
        const id = await ruled(account);
        const rows = account.twin.world.accounts[ACCOUNT]?.regions[HERE]?.["events.rule"] as unknown as Record<
          string,
          { rule: { ManagedBy?: string } }
        >;
        Object.assign(rows[`default/${id}`]?.rule ?? {}, { ManagedBy: "states.amazonaws.com" });
        return id;
      },
      because: /states.amazonaws.com made it/,
    },
  ],
});

it("fails where EventBridge says success and has left a target, and says which and why", async () => {
  const account = await testAccount();
  const id = await ruled(account);
  const { signal } = new AbortController();
  const found = (await entry.read(readScope(account.connection, HERE, { signal }), id)) as Found;
  const left = { TargetId: "1", ErrorCode: "ConcurrentModificationException", ErrorMessage: "it is being changed" };
  const writer = { send: async () => ({ FailedEntryCount: 1, FailedEntries: [left] }) };
  const scope = { ...writeScope(account.connection, HERE, { signal }), writer: () => writer as never };

  await expect(entry.removal.prepare?.(scope, found, "remove-targets")).rejects.toMatchObject({
    message: expect.stringMatching(/target 1 .*it is being changed/),
    details: { isHeld: true },
  });
});

it("is told by its pattern and schedule from another of its name, for AWS tells no date of its making", async () => {
  const account = await testAccount();
  const id = await ruled(account);
  const { signal } = new AbortController();
  const scope = readScope(account.connection, HERE, { signal });
  const identity = async () => (await entry.removal.inspect((await entry.read(scope, id)) as Found, scope)).identity;
  const before = await identity();
  await account.send(EventBridgeClient, new RemoveTargetsCommand({ Rule: id, Ids: ["1"] }));
  expect(await identity()).toEqual(before);
  await account.send(EventBridgeClient, new PutRuleCommand({ Name: id, ScheduleExpression: "rate(2 days)" }));

  expect(await identity()).not.toEqual(before);
});
