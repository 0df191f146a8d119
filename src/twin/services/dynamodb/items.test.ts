import {
  CreateTableCommand,
  DynamoDBClient as DB,
  DeleteItemCommand,
  DeleteTableCommand,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
  QueryCommand,
  type QueryCommandInput,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from "@aws-sdk/client-dynamodb";
import { expect, it } from "vitest";
import { type TestAccount, testAccount } from "../../../../tests/contract/account.ts";
import { virtualClock } from "../../clock.ts";

const TableName = "shed";

async function withTable(clock = virtualClock("2026-01-05T09:00:00Z")): Promise<TestAccount> {
  const account = await testAccount({ clock });
  await create(account);
  return account;
}

async function create(account: TestAccount): Promise<void> {
  await account.send(
    DB,
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [
        { AttributeName: "pk", AttributeType: "S" },
        { AttributeName: "at", AttributeType: "N" },
      ],
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "at", KeyType: "RANGE" },
      ],
    }),
  );
}

type Attributes = NonNullable<PutItemCommandInput["Item"]>;
const key = (pk: string, at: number): Attributes => ({ pk: { S: pk }, at: { N: String(at) } });

const put = ({ send }: TestAccount, Item: Attributes, rest: Partial<PutItemCommandInput> = {}) =>
  send(DB, new PutItemCommand({ TableName, Item, ...rest }));
const get = async ({ send }: TestAccount, Key: Attributes) =>
  (await send(DB, new GetItemCommand({ TableName, Key, ConsistentRead: true }))).Item;
const query = ({ send }: TestAccount, rest: Partial<QueryCommandInput>) =>
  send(
    DB,
    new QueryCommand({
      TableName,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": { S: "a" } },
      ...rest,
    }),
  );
const refused = (awsCode: string, message?: string) => ({
  details: { awsCode },
  ...(message ? { message: expect.stringContaining(message) as string } : {}),
});

it("keeps what was put, replaces it whole and gives numbers back as DynamoDB writes them", async () => {
  const account = await withTable();
  await put(account, { ...key("a", 1), n: { N: "01.50" }, gone: { S: "x" } });

  const second = await put(
    account,
    { ...key("a", 1), m: { M: { b: { L: [{ NULL: true }, { B: Buffer.from("x") }] } } } },
    { ReturnValues: "ALL_OLD" },
  );

  expect(second.Attributes).toEqual({ ...key("a", 1), n: { N: "1.5" }, gone: { S: "x" } });
  expect(await get(account, key("a", 1))).toEqual({
    ...key("a", 1),
    m: { M: { b: { L: [{ NULL: true }, { B: new Uint8Array(Buffer.from("x")) }] } } },
  });
  expect(await get(account, key("a", 2))).toBeUndefined();
});

it("writes only if the condition holds, and tells what stood there if asked", async () => {
  const account = await withTable();
  const first = { ConditionExpression: "attribute_not_exists(pk)" };
  await put(account, { ...key("a", 1), revision: { N: "7" } }, first);

  await expect(put(account, key("a", 1), first)).rejects.toMatchObject(
    refused("ConditionalCheckFailedException", "The conditional request failed"),
  );
  const told = put(account, key("a", 1), { ...first, ReturnValuesOnConditionCheckFailure: "ALL_OLD" });
  await expect(told).rejects.toMatchObject({ cause: { Item: { revision: { N: "7" } } } });
  await put(
    account,
    { ...key("a", 1), revision: { N: "8" } },
    { ConditionExpression: "revision = :r", ExpressionAttributeValues: { ":r": { N: "7.0" } } },
  );
  expect((await get(account, key("a", 1)))?.revision).toEqual({ N: "8" });
});

it.each([
  ["attribute_exists(n) AND n = :one", true],
  ["n <> :one", false],
  ["nowhere <> :one", true],
  ["nowhere = :one", false],
  ["NOT n = :one", false],
  ["NOT (n = :one AND n = :two)", true],
  ["n = :two OR n = :two OR n = :one", true],
  ["n = :one OR n = :one AND n = :two", true],
  ["(n = :one OR n = :one) AND n = :two", false],
  ["n < :two AND n <= :one AND :two > n AND n >= :one", true],
  ["t < :two", false],
  ["#t = :t", true],
  ["m.parts[1] = :two", true],
  ["m.parts[7] = :two", false],
  ["begins_with(t, :prefix) and contains(s, :t)", true],
  ["n BETWEEN :one AND :two AND n IN (:two, :one)", true],
  ["size(t) > :two", true],
  ["attribute_type(t, :prefix)", false],
])("takes `%s` for %s", async (ConditionExpression, outcome) => {
  const account = await withTable();
  const parts = { M: { parts: { L: [{ N: "1" }, { N: "2" }] } } };
  await put(account, { ...key("a", 1), n: { N: "1" }, t: { S: "lease" }, s: { SS: ["lease", "b"] }, m: parts });
  const all = { ":one": { N: "1" }, ":two": { N: "2" }, ":t": { S: "lease" }, ":prefix": { S: "le" } };
  const ExpressionAttributeValues = Object.fromEntries(
    Object.entries(all).filter(([name]) => new RegExp(`${name}\\b`).test(ConditionExpression)),
  );
  const ExpressionAttributeNames = ConditionExpression.includes("#t") ? { "#t": "t" } : undefined;

  const write = put(account, key("a", 1), {
    ConditionExpression,
    ExpressionAttributeValues,
    ...(ExpressionAttributeNames ? { ExpressionAttributeNames } : {}),
  });

  await expect(
    write.then(
      () => true,
      (error: { details: { awsCode: string } }) => error.details.awsCode,
    ),
  ).resolves.toBe(outcome || "ConditionalCheckFailedException");
});

it.each<[string, Partial<PutItemCommandInput>]>([
  ["Attribute name is a reserved keyword; reserved keyword: level", { ConditionExpression: "attribute_exists(level)" }],
  ["attribute name: #x", { ConditionExpression: "attribute_exists(#x)" }],
  ["attribute value: :x", { ConditionExpression: "pk = :x" }],
  ["Syntax error; token: <EOF>", { ConditionExpression: "attribute_exists(pk" }],
  ['Syntax error; token: "pk"', { ConditionExpression: "attribute_exists(pk) pk" }],
  ["unused in expressions: keys: {:x}", { ExpressionAttributeValues: { ":x": { S: "" } } }],
  ["unused in expressions: keys: {#x}", { ExpressionAttributeNames: { "#x": "x" } }],
  ["The expression can not be empty", { ConditionExpression: "" }],
  [
    "operator: <, operand type: BOOL",
    { ConditionExpression: "a < :b", ExpressionAttributeValues: { ":b": { BOOL: true } } },
  ],
  ["number of operands: 2", { ConditionExpression: "attribute_exists(a, b)" }],
  ["Missing the key at in the item", { Item: { pk: { S: "a" } } }],
  ["Type mismatch for key at expected: N actual: S", { Item: { pk: { S: "a" }, at: { S: "1" } } }],
  ["cannot contain an empty string value. Key: pk", { Item: key("", 1) }],
  ["Item size has exceeded the maximum allowed size", { Item: { ...key("a", 1), t: { S: "x".repeat(410_000) } } }],
  ["Return values set to invalid value", { ReturnValues: "ALL_NEW" }],
])("refuses with `%s`", async (message, rest) => {
  const account = await withTable();

  await expect(put(account, key("a", 1), rest)).rejects.toMatchObject(refused("ValidationException", message));
});

it("refuses keys that do not fit the table, and tables that are not there", async () => {
  const account = await withTable();
  const { send } = account;

  await expect(get(account, { pk: { S: "a" } })).rejects.toMatchObject(
    refused("ValidationException", "The number of conditions on the keys is invalid"),
  );
  await expect(get(account, { pk: { S: "a" }, other: { N: "1" } })).rejects.toMatchObject(
    refused("ValidationException", "The provided key element does not match the schema"),
  );
  const elsewhere = new GetItemCommand({ TableName: "none", Key: key("a", 1) });
  await expect(send(DB, elsewhere)).rejects.toMatchObject(
    refused("ResourceNotFoundException", "Requested resource not found"),
  );
});

it("deletes on a condition, and what is not there without one", async () => {
  const account = await withTable();
  const { send } = account;
  await put(account, { ...key("a", 1), holder: { S: "me" } });
  const remove = (rest: object) => send(DB, new DeleteItemCommand({ TableName, Key: key("a", 1), ...rest }));

  const mine = { ConditionExpression: "holder = :h", ExpressionAttributeValues: { ":h": { S: "you" } } };
  await expect(remove(mine)).rejects.toMatchObject(refused("ConditionalCheckFailedException"));
  expect((await remove({ ReturnValues: "ALL_OLD" })).Attributes?.holder).toEqual({ S: "me" });
  await expect(remove({})).resolves.toBeDefined();
});

it("updates attributes: sets, counts, defaults, removes", async () => {
  const account = await withTable();
  const update = (UpdateExpression: string, rest: Partial<UpdateItemCommandInput> = {}) =>
    account.send(
      DB,
      new UpdateItemCommand({ TableName, Key: key("a", 1), UpdateExpression, ReturnValues: "UPDATED_NEW", ...rest }),
    );
  const ExpressionAttributeValues = { ":one": { N: "1" }, ":zero": { N: "0" } };

  const first = await update("SET n = if_not_exists(n, :zero) + :one, #s = :one", {
    ExpressionAttributeValues,
    ExpressionAttributeNames: { "#s": "status" },
  });
  const second = await update("SET n = n - :one REMOVE stale", { ExpressionAttributeValues: { ":one": { N: "0.5" } } });

  expect(first.Attributes).toEqual({ n: { N: "1" }, status: { N: "1" } });
  expect(second.Attributes).toEqual({ n: { N: "0.5" } });
  await expect(update("SET pk = n")).rejects.toMatchObject(refused("ValidationException", "part of the key"));
  await expect(update("SET x = nowhere")).rejects.toMatchObject(
    refused("ValidationException", "refers to an attribute that does not exist in the item"),
  );
  await expect(update("SET x = n, x = n")).rejects.toMatchObject(refused("ValidationException", "overlap"));
  const guarded = update("SET n = n", { ConditionExpression: "attribute_exists(nowhere)" });
  await expect(guarded).rejects.toMatchObject(refused("ConditionalCheckFailedException"));
});

it("gives a partition in the order of its sort key, page by page, both ways", async () => {
  const account = await withTable();
  for (const at of [10, 9, 100, 2]) await put(account, key("a", at));
  await put(account, key("b", 5));
  const order = async (rest: Partial<QueryCommandInput>) =>
    (await query(account, rest)).Items?.map(({ at }) => Number(at?.N));

  expect(await order({})).toEqual([2, 9, 10, 100]);
  expect(await order({ ScanIndexForward: false })).toEqual([100, 10, 9, 2]);
  const after = {
    KeyConditionExpression: "#p = :pk AND #at > :at",
    ExpressionAttributeNames: { "#p": "pk", "#at": "at" },
  };
  const values = { ":pk": { S: "a" }, ":at": { N: "9" } };
  expect(await order({ ...after, ExpressionAttributeValues: values })).toEqual([10, 100]);

  const first = await query(account, { Limit: 3 });
  expect(first).toMatchObject({ Count: 3, LastEvaluatedKey: key("a", 10) });
  const second = await query(account, { Limit: 3, ExclusiveStartKey: first.LastEvaluatedKey });
  expect(second).toMatchObject({ Count: 1, Items: [key("a", 100)] });
  expect(second.LastEvaluatedKey).toBeUndefined();
});

it("refuses key conditions that a table cannot be asked", async () => {
  const account = await withTable();
  const ask = (KeyConditionExpression: string) => query(account, { KeyConditionExpression });

  await expect(ask("colour = :pk")).rejects.toMatchObject(
    refused("ValidationException", "Query condition missed key schema element: pk"),
  );
  await expect(ask("pk > :pk")).rejects.toMatchObject(
    refused("ValidationException", "Query key condition not supported"),
  );
  await expect(ask("begins_with(pk, :pk)")).rejects.toMatchObject(refused("ValidationException"));
});

it("forgets the items of a table that was deleted", async () => {
  const clock = virtualClock("2026-01-05T09:00:00Z");
  const account = await withTable(clock);
  await put(account, key("a", 1));
  await account.send(DB, new DeleteTableCommand({ TableName }));

  await expect(get(account, key("a", 1))).rejects.toMatchObject(refused("ResourceNotFoundException"));
  clock.advance(60_000);
  await create(account);
  expect(await get(account, key("a", 1))).toBeUndefined();
});
