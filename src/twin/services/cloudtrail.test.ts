import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { expect, it } from "vitest";
import { HERE, testAccount } from "../../../tests/contract/account.ts";
import { creatorOf } from "../../aws/trail.ts";
import { instant } from "../../model/brand.ts";

it("tells who made a resource, as long as CloudTrail remembers", async () => {
  const { connection, send, twin } = await testAccount();
  const made = instant(twin.clock.now());
  const KeySchema = [{ AttributeName: "id", KeyType: "HASH" as const }];
  const table = { TableName: "orders", KeySchema, AttributeDefinitions: [] };
  await send(DynamoDBClient, new CreateTableCommand(table));

  expect(await creatorOf(connection, HERE, "orders", made)).toBe("arn:aws:iam::111111111111:user/twin");
  expect(await creatorOf(connection, HERE, "payments", made)).toBeUndefined();
  await twin.clock.sleep(91 * 24 * 3_600_000);
  expect(await creatorOf(connection, HERE, "orders", undefined)).toBeUndefined();
});
