import {
  CreateEventBusCommand,
  DeleteRuleCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import { ACCOUNT, HERE, type TestAccount } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";

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
