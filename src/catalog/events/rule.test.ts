import {
  CreateEventBusCommand,
  DeleteRuleCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from "@aws-sdk/client-eventbridge";
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
