import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import { expect, it } from "vitest";
import { HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { redactor } from "../../model/redact.ts";
import { toResource } from "../resource.ts";
import { readScope } from "../scope.ts";
import { facts } from "./stack.facts.ts";
import entry from "./stack.ts";

const NAMES = ["a", "b", "c", "d", "e", "f", "g"].map((letter) => `shop-${letter}`);

const TemplateBody = JSON.stringify({
  Resources: { Orders: { Type: "AWS::SQS::Queue" }, Network: { Type: "AWS::CloudFormation::Stack" } },
});
const parameter = (ParameterValue: string) => [{ ParameterKey: "DatabasePassword", ParameterValue }];

async function seed({ send }: TestAccount, names: readonly string[]): Promise<readonly string[]> {
  const settings = { TemplateBody, Parameters: parameter("correct horse"), Tags: [{ Key: "team", Value: "shop" }] };
  for (const StackName of names) await send(CloudFormationClient, new CreateStackCommand({ StackName, ...settings }));
  return names;
}

const scopeOf = ({ connection }: TestAccount) => readScope(connection, HERE, { signal: new AbortController().signal });

contractSuite("AWS::CloudFormation::Stack", {
  seed: (account) => seed(account, NAMES),
  remove: ({ send }, StackName) => send(CloudFormationClient, new DeleteStackCommand({ StackName })),
  change: ({ send }, StackName) =>
    send(CloudFormationClient, new UpdateStackCommand({ StackName, Parameters: parameter("battery staple") })),
  singlePage: true,
});

it("follows the pages of a hundred that CloudFormation gives", async () => {
  const account = await testAccount();
  await seed(
    account,
    [...Array(101).keys()].map((number) => `stack-${number}`),
  );
  let count = 0;
  for await (const _ of entry.list(scopeOf(account))) count += 1;

  expect(count).toBe(101);
});

it("links a stack to its parts and keeps parameter values to itself", async () => {
  const account = await testAccount();
  await seed(account, ["shop"]);
  const found = await entry.read(scopeOf(account), "shop");
  const { account: id, partition } = account.connection;
  const redact = redactor(Buffer.from("key"));
  const resource = found && toResource(facts, found, { account: id, partition, region: HERE, redact });

  expect(resource?.links.map(({ kind, type }) => [kind, type])).toEqual([
    ["owns", "AWS::CloudFormation::Stack"],
    ["owns", "AWS::SQS::Queue"],
  ]);
  expect(JSON.stringify(resource)).not.toContain("correct horse");
});
