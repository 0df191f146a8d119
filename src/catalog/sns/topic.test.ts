import {
  CreateTopicCommand,
  DeleteTopicCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import { expect, it } from "vitest";
import { HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { readScope } from "../scope.ts";
import entry from "./topic.ts";

const NAMES = ["a", "b", "c", "d", "e", "f", "g"].map((letter) => `orders-${letter}`);
const arnOf = (name: string) => `arn:aws:sns:eu-west-1:111111111111:${name}`;

async function seed({ send }: TestAccount, names: readonly string[]): Promise<readonly string[]> {
  const Tags = [{ Key: "team", Value: "orders" }];
  for (const Name of names) await send(SNSClient, new CreateTopicCommand({ Name, Tags }));
  return names;
}

contractSuite("AWS::SNS::Topic", {
  seed: (account) => seed(account, NAMES),
  remove: ({ send }, name) => send(SNSClient, new DeleteTopicCommand({ TopicArn: arnOf(name) })),
  change: ({ send }, name) => {
    const attribute = { AttributeName: "KmsMasterKeyId", AttributeValue: "alias/aws/sns" };
    return send(SNSClient, new SetTopicAttributesCommand({ TopicArn: arnOf(name), ...attribute }));
  },
  singlePage: true,
});

it("follows the pages of a hundred that SNS gives", async () => {
  const account = await testAccount();
  await seed(
    account,
    [...Array(101).keys()].map((number) => `topic-${number}`),
  );
  const scope = readScope(account.connection, HERE, { signal: new AbortController().signal });
  let count = 0;
  for await (const _ of entry.list(scope)) count += 1;

  expect(count).toBe(101);
  expect(account.calls.filter((call) => call === "sns:ListTopics")).toHaveLength(2);
});

removalSuite("AWS::SNS::Topic", {
  seed: async (account) => {
    await seed(account, ["orders", "orders-2"]);
    const subscriber = { Protocol: "email", Endpoint: "ops@example.com" };
    for (const name of ["orders", "orders-2"])
      await account.send(SNSClient, new SubscribeCommand({ TopicArn: arnOf(name), ...subscriber }));
    return "orders";
  },
  guarded: async ({ send }) => {
    const ArchivePolicy = JSON.stringify({ MessageRetentionPeriod: "14" });
    await send(
      SNSClient,
      new CreateTopicCommand({ Name: "orders.fifo", Attributes: { FifoTopic: "true", ArchivePolicy } }),
    );
    return "orders.fifo";
  },
});
