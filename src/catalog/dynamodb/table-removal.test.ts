import { CreateTableCommand, DynamoDBClient, ListBackupsCommand } from "@aws-sdk/client-dynamodb";
import { expect, it } from "vitest";
import { HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import type { Found } from "../contract.ts";
import { readScope, writeScope } from "../scope.ts";
import entry from "./table.ts";

async function seed({ send }: TestAccount, DeletionProtectionEnabled = false): Promise<string> {
  for (const TableName of ["orders", "bystander"])
    await send(
      DynamoDBClient,
      new CreateTableCommand({
        TableName,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        DeletionProtectionEnabled,
      }),
    );
  return "orders";
}

removalSuite("AWS::DynamoDB::Table", {
  seed,
  backup: true,
  guarded: (account) => seed(account, true),
  unusedActions: { "dynamodb:DeleteTableReplica": "AWS asks for it where the table is a replica of a global one" },
});

async function tried() {
  const account = await testAccount();
  const id = await seed(account);
  const { signal } = new AbortController();
  const reading = readScope(account.connection, HERE, { signal });
  const writing = writeScope(account.connection, HERE, { signal });
  return { account, reading, writing, found: (await entry.read(reading, id)) as Found };
}

it("tells its own backup from others, and one that is being made from one that is there", async () => {
  const { account, reading, writing, found } = await tried();
  const { backup } = entry.removal;
  await backup?.take(writing, found, "other-name");
  expect(await backup?.look(reading, found.id, "kept-name")).toBe("none");
  await backup?.take(writing, found, "kept-name");
  expect(await backup?.look(reading, found.id, "kept-name")).toBe("moving");
  await account.twin.clock.sleep(60_000);

  expect(await backup?.look(reading, found.id, "kept-name")).toBe("done");
  expect((await account.send(DynamoDBClient, new ListBackupsCommand({}))).BackupSummaries).toHaveLength(2);
});

it("is on its way out until it is gone, and its id tells it from the next of its name", async () => {
  const { account, reading, writing, found } = await tried();
  await entry.removal.remove(writing, found);
  const leaving = (await entry.read(reading, found.id)) as Found;
  expect(await entry.removal.inspect(leaving, reading)).toMatchObject({ leaving: true });
  await account.twin.clock.sleep(60_000);
  expect(await entry.read(reading, found.id)).toBeUndefined();
  await seed(account).catch(() => undefined);
  const next = (await entry.read(reading, found.id)) as Found;
  const identities = await Promise.all([found, next].map(async (each) => entry.removal.inspect(each, reading)));

  expect(identities[0]?.identity).not.toEqual(identities[1]?.identity);
});

it("says of a global table that the replicas elsewhere stay", async () => {
  const { reading, found } = await tried();
  const configuration = { ...found.configuration, Replicas: [{ RegionName: "us-east-1" }] };

  expect((await entry.removal.inspect({ ...found, configuration }, reading)).words).toMatch(/us-east-1 stay/);
});
