import {
  type AttributeValue,
  CreateTableCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
} from "@aws-sdk/client-dynamodb";
import { expect, it } from "vitest";
import { HERE, testAccount } from "../../tests/contract/account.ts";
import { describeShedLedger, listenerArn, shedState } from "../../tests/contract/shed-ledger.ts";
import { SHEDDING } from "../catalog/elasticloadbalancingv2/shedding.ts";
import { region } from "../model/brand.ts";
import { FAULTS } from "../twin/faults.ts";
import { shedTable } from "./shed-table.ts";

const web = listenerArn("web");

async function table() {
  const account = await testAccount();
  const where = account.connection.defaultRegion;
  const made = await account.send(
    DynamoDBClient,
    new CreateTableCommand({
      TableName: "shed",
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
      AttributeDefinitions: [
        { AttributeName: "pk", AttributeType: "S" },
        { AttributeName: "sk", AttributeType: "S" },
      ],
    }),
    where,
  );
  await account.connection.clock.sleep(60_000);
  const open = () => shedTable(account.connection, "shed");
  const items = async () => {
    const asked = { KeyConditionExpression: "pk = :pk", ExpressionAttributeValues: { ":pk": { S: web } } };
    return (await account.send(DynamoDBClient, new QueryCommand({ TableName: "shed", ...asked }), where)).Items ?? [];
  };
  const put = (Item: Record<string, AttributeValue>) =>
    account.send(DynamoDBClient, new PutItemCommand({ TableName: "shed", Item }), where);
  account.calls.length = 0;
  return { ...account, open, items, put, where, arn: made.TableDescription?.TableArn ?? "" };
}

describeShedLedger("a table", async () => {
  const { open, items, put, connection } = await table();
  return {
    ledgers: [open(), open(), open()],
    tick: () => connection.clock.sleep(1),
    tamper: async (_, change) => {
      const item = (await items()).find(({ sk }) => sk?.S === "state");
      await put({ ...item, state: { S: change(item?.state?.S ?? "") } });
    },
  };
});

it("keeps one item for the state, and lines that go by themselves after ninety days", async () => {
  const { open, items, connection } = await table();
  const ledger = open();
  await ledger.write(shedState(web, 1));
  await ledger.write(shedState(web, 2));
  await ledger.append(web, { kind: "step" });

  const found = await items();
  expect(found.map(({ pk, sk, revision }) => [pk?.S, sk?.S?.split("#")[0], revision?.N])).toEqual([
    [web, "line", undefined],
    [web, "state", "2"],
  ]);
  const now = Math.floor(connection.clock.now() / 1000);
  expect(found.map(({ expires }) => expires?.N && Number(expires.N) - now)).toEqual([90 * 86_400, undefined]);
});

it("reads consistently, and with no other call than its policy allows", async () => {
  const { open, calls, twin } = await table();
  const ledger = open();
  await ledger.write(shedState(web, 1));
  await ledger.append(web, {});
  await Promise.all([ledger.read(web), ledger.lines(web), ledger.list()]);

  expect([...new Set(calls)].sort()).toEqual(Object.keys(SHEDDING.ledger));
  const reads = twin.log.filter(({ operation }) => /GetItem|Query/.test(operation));
  expect(reads.map(({ input }) => (input as { ConsistentRead?: boolean }).ConsistentRead)).toEqual(Array(4).fill(true));
});

it("counts its own write as one when the answer got lost: once, so that it is tried again, or for good", async () => {
  const { open, twin } = await table();
  const ledger = open();
  const lostAnswer = { ...FAULTS.serverError, kind: "lost-answer", operation: "PutItem" } as const;
  twin.faults = [{ ...lostAnswer, times: 1 }];
  expect(await ledger.write(shedState(web, 1))).toBe(true);
  twin.faults = [lostAnswer];
  expect(await ledger.write(shedState(web, 2))).toBe(true);
  twin.faults = [];

  // The same state again is somebody else's.
  expect(await open().write(shedState(web, 2))).toBe(false);
  expect(await ledger.read(web)).toEqual(shedState(web, 2));
});

it("never takes a failure for a success, nor for a lost race", async () => {
  const { open, twin } = await table();
  for (const [fault, code] of [
    [FAULTS.serverError, "AWS_FAILED"],
    [FAULTS.denied, "ACCESS_DENIED"],
    [{ ...FAULTS.throttle, code: "ProvisionedThroughputExceededException" }, "THROTTLED"],
  ] as const) {
    twin.faults = [{ ...fault, operation: /Item$/ }];
    await expect(open().write(shedState(web, 1))).rejects.toMatchObject({ code });
    await expect(open().read(web)).rejects.toMatchObject({ code });
  }
  twin.faults = [];
  expect(await open().read(web)).toBeUndefined();
});

it("says that a table is missing, which is not an empty one", async () => {
  const { connection } = await table();
  const missing = { code: "STORE_FAILED", details: { hint: expect.stringMatching(/pk and sk/) as string } };

  for (const name of ["other", `arn:aws:dynamodb:us-west-2:111111111111:table/shed`]) {
    const ledger = shedTable(connection, name);
    await expect(ledger.read(web)).rejects.toMatchObject(missing);
    await expect(ledger.list()).rejects.toMatchObject(missing);
    await expect(ledger.lines(web)).rejects.toMatchObject(missing);
    await expect(ledger.write(shedState(web, 1))).rejects.toMatchObject(missing);
    await expect(ledger.append(web, {})).rejects.toMatchObject(missing);
  }
});

it("finds a table in the region of its ARN", async () => {
  const { connection, open, arn, where } = await table();
  await open().write(shedState(web, 1));
  const elsewhere = { ...connection, defaultRegion: where === HERE ? region("us-west-2") : HERE };

  expect(await shedTable(elsewhere, arn).read(web)).toEqual(shedState(web, 1));
});
