import { ApplicationAutoScalingClient, RegisterScalableTargetCommand } from "@aws-sdk/client-application-auto-scaling";
import {
  CreateTableCommand,
  type CreateTableInput,
  DescribeTableCommand,
  DynamoDBClient,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { pauseSuite } from "../../../tests/contract/pause-suite.ts";
import { writeScope } from "../scope.ts";
import { pause } from "./table-pause.ts";

const TableName = "orders";
const units = (ReadCapacityUnits: number, WriteCapacityUnits: number) => ({ ReadCapacityUnits, WriteCapacityUnits });

/** Provisioned, with an index that has a throughput of its own. */
async function create({ send }: TestAccount, more: Partial<CreateTableInput> = {}): Promise<string> {
  const table: CreateTableInput = {
    TableName,
    AttributeDefinitions: ["id", "customer"].map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
    KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    BillingMode: "PROVISIONED",
    ProvisionedThroughput: units(50, 20),
    GlobalSecondaryIndexes: [
      {
        IndexName: "by-customer",
        KeySchema: [{ AttributeName: "customer", KeyType: "HASH" }],
        Projection: { ProjectionType: "ALL" },
        ProvisionedThroughput: units(10, 5),
      },
    ],
  };
  await send(DynamoDBClient, new CreateTableCommand({ ...table, ...more }));
  return TableName;
}

async function onDemand({ send }: TestAccount): Promise<string> {
  const AttributeDefinitions = [{ AttributeName: "id", AttributeType: "S" as const }];
  const KeySchema = [{ AttributeName: "id", KeyType: "HASH" as const }];
  const table = { TableName, AttributeDefinitions, KeySchema, BillingMode: "PAY_PER_REQUEST" as const };
  await send(DynamoDBClient, new CreateTableCommand(table));
  return TableName;
}

pauseSuite("AWS::DynamoDB::Table", {
  seed: (account) => create(account),
  keeps: [{ why: /on-demand table/, seed: onDemand }],
});

describe("a provisioned DynamoDB table", () => {
  it("gets back the throughput of the table and of each index", async () => {
    const account = await testAccount();
    await create(account);
    const scope = writeScope(account.connection, HERE, { signal: new AbortController().signal });
    const saved = (await pause.capture(scope, TableName))?.saved ?? {};
    const shown = async () => {
      await account.twin.clock.sleep(600_000);
      return (await account.send(DynamoDBClient, new DescribeTableCommand({ TableName }))).Table;
    };

    await pause.stop(scope, TableName, saved);
    expect((await shown())?.BillingModeSummary?.BillingMode).toBe("PAY_PER_REQUEST");
    await pause.resume(scope, TableName, saved);
    const table = await shown();

    expect(table?.ProvisionedThroughput).toMatchObject(units(50, 20));
    expect(table?.GlobalSecondaryIndexes?.[0]?.ProvisionedThroughput).toMatchObject(units(10, 5));
  });

  it("that Application Auto Scaling moves is said to be", async () => {
    const account = await testAccount();
    await create(account);
    const scope = writeScope(account.connection, HERE, { signal: new AbortController().signal });
    const ResourceId = `table/${TableName}/index/by-customer`;
    const target = { ServiceNamespace: "dynamodb", ResourceId, MinCapacity: 5, MaxCapacity: 50 } as const;
    const ScalableDimension = "dynamodb:index:ReadCapacityUnits";
    const command = new RegisterScalableTargetCommand({ ...target, ScalableDimension });
    await account.send(ApplicationAutoScalingClient, command);
    const state = await pause.capture(scope, TableName);

    expect(state?.saved.scaled).toEqual([`${ResourceId} ReadCapacityUnits`]);
    expect(state && pause.eligible(state, {} as never)).toMatchObject({
      kind: "eligible",
      risks: expect.arrayContaining([expect.stringMatching(/Application Auto Scaling keeps its settings/)]),
    });
  });

  it("is kept when it is a global table", () => {
    const saved = { mode: "PROVISIONED", table: { read: 1, write: 1 }, replicas: ["us-east-1"] };
    const verdict = pause.eligible({ phase: "running", saved, words: "1 read and 1 write units" }, {} as never);

    expect(verdict).toMatchObject({ kind: "kept", reason: expect.stringMatching(/global table/) });
  });
});
