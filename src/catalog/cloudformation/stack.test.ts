import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  UpdateStackCommand,
  UpdateTerminationProtectionCommand,
} from "@aws-sdk/client-cloudformation";
import { describe, expect, it } from "vitest";
import { HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { redactor } from "../../model/redact.ts";
import { toResource } from "../resource.ts";
import { readScope, writeScope } from "../scope.ts";
import { facts } from "./stack.facts.ts";
import entry from "./stack.ts";

const NAMES = ["a", "b", "c", "d", "e", "f", "g"].map((letter) => `shop-${letter}`);

const TemplateBody = JSON.stringify({
  Resources: { Orders: { Type: "AWS::SQS::Queue" }, Network: { Type: "AWS::CloudFormation::Stack" } },
});
const parameter = (ParameterValue: string) => [{ ParameterKey: "DatabasePassword", ParameterValue }];

/** Until a deleted stack is gone. */
const GONE_MS = 600_000;

async function seed({ send }: TestAccount, names: readonly string[]): Promise<readonly string[]> {
  const settings = { TemplateBody, Parameters: parameter("correct horse"), Tags: [{ Key: "team", Value: "shop" }] };
  for (const StackName of names) await send(CloudFormationClient, new CreateStackCommand({ StackName, ...settings }));
  return names;
}

const scopeOf = ({ connection }: TestAccount) => readScope(connection, HERE, { signal: new AbortController().signal });

contractSuite("AWS::CloudFormation::Stack", {
  seed: (account) => seed(account, NAMES),
  remove: async ({ send, twin }, StackName) => {
    await send(CloudFormationClient, new DeleteStackCommand({ StackName }));
    await twin.clock.sleep(GONE_MS);
  },
  change: ({ send }, StackName) =>
    send(CloudFormationClient, new UpdateStackCommand({ StackName, Parameters: parameter("battery staple") })),
  singlePage: true,
  unusedActions: { "cloudformation:ListStacks": "asked for by DescribeStacks where it names no stack" },
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

removalSuite("AWS::CloudFormation::Stack", {
  // Its queue goes with it.
  seed: async (account) => (await seed(account, ["shop", "bank"]))[0] ?? "",
  guarded: async (account) => {
    const [StackName = ""] = await seed(account, ["shop"]);
    const asked = { StackName, EnableTerminationProtection: true };
    await account.send(CloudFormationClient, new UpdateTerminationProtectionCommand(asked));
    return StackName;
  },
});

describe("the removal of a stack", () => {
  async function removable(account: TestAccount, id: string) {
    const scope = writeScope(account.connection, HERE, { signal: new AbortController().signal });
    const found = await entry.read(scope, id);
    if (!found) throw new Error("it is gone");
    return { scope, found };
  }

  it("waits for those that import from it, without a try", async () => {
    const account = await testAccount();
    const { send, twin } = account;
    const Outputs = { Vpc: { Value: "vpc-0a", Export: { Name: "network-vpc" } } };
    const exporting = JSON.stringify({ Resources: {}, Outputs });
    await send(CloudFormationClient, new CreateStackCommand({ StackName: "network", TemplateBody: exporting }));
    const Properties = { VpcId: { "Fn::ImportValue": "network-vpc" } };
    const importing = JSON.stringify({ Resources: { Group: { Type: "AWS::EC2::SecurityGroup", Properties } } });
    await send(CloudFormationClient, new CreateStackCommand({ StackName: "shop", TemplateBody: importing }));
    const { scope, found } = await removable(account, "network");

    await expect(entry.removal.remove(scope, found)).rejects.toMatchObject({ details: { isHeld: true } });
    await send(CloudFormationClient, new DeleteStackCommand({ StackName: "shop" }));
    await twin.clock.sleep(GONE_MS);
    await entry.removal.remove(scope, found);
    expect((await removable(account, "network")).found.state).toBe("DELETE_IN_PROGRESS");
  });

  it("never deletes another stack that has its name by now", async () => {
    const account = await testAccount();
    const { send, twin } = account;
    await seed(account, ["shop"]);
    const { scope, found } = await removable(account, "shop");
    await send(CloudFormationClient, new DeleteStackCommand({ StackName: "shop" }));
    await twin.clock.sleep(GONE_MS);
    await seed(account, ["shop"]);
    await entry.removal.remove(scope, found);
    const { found: later } = await removable(account, "shop");

    expect(later.state).toBe("CREATE_COMPLETE");
    expect(entry.removal.inspect(later, scope)).not.toEqual(entry.removal.inspect(found, scope));
  });

  it.each([
    ["DELETE_IN_PROGRESS", { leaving: true }],
    ["UPDATE_IN_PROGRESS", { refuses: expect.stringMatching(/being changed/) }],
    ["DELETE_FAILED", { words: "DELETE_FAILED: the bucket is not empty" }],
  ])("looks at its state: %s", async (state, expected) => {
    const account = await testAccount();
    await seed(account, ["shop"]);
    const { scope, found } = await removable(account, "shop");
    const configuration = { ...found.configuration, StackStatusReason: "the bucket is not empty" };

    expect(entry.removal.inspect({ ...found, state, configuration }, scope)).toMatchObject(expected);
  });

  it("leads to a queue, a rule and a schedule by the ids that their own services have", async () => {
    const { connection, send, twin } = await testAccount();
    await send(CloudFormationClient, new CreateStackCommand({ StackName: "shop", TemplateBody }));
    const stacks = twin.world.accounts[connection.account]?.regions[HERE]?.["cloudformation.stack"] ?? {};
    const [row] = Object.values(stacks) as unknown as { resources: object[] }[];
    const rule = { LogicalResourceId: "Paid", ResourceType: "AWS::Events::Rule", PhysicalResourceId: "shop|paid" };
    const schedule = {
      LogicalResourceId: "Night",
      ResourceType: "AWS::Scheduler::Schedule",
      PhysicalResourceId: "nightly",
    };
    for (const part of [rule, schedule])
      row?.resources.push({ ...part, ResourceStatus: "CREATE_COMPLETE", LastUpdatedTimestamp: "2026-01-01T00:00:00Z" });
    const scope = readScope(connection, HERE, { signal: new AbortController().signal });
    const found = await entry.read(scope, "shop");
    const redact = redactor(Buffer.from("key"));
    const finding = { account: connection.account, partition: "aws", region: HERE, redact };
    const links = found ? toResource(facts, found, finding).links : [];
    const idOf = (wanted: string) => links.find(({ type }) => type === wanted)?.to ?? "";

    expect(idOf("AWS::Events::Rule")).toBe("shop/paid");
    expect(idOf("AWS::Scheduler::Schedule")).toBe("default/nightly");
    const { default: queue } = await import("../sqs/queue.ts");
    expect((await queue.read(scope, idOf("AWS::SQS::Queue")))?.id).toBe(idOf("AWS::SQS::Queue"));
  });
});
