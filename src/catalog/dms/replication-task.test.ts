import {
  DatabaseMigrationServiceClient,
  DeleteReplicationTaskCommand,
  ModifyReplicationTaskCommand,
} from "@aws-sdk/client-database-migration-service";
import { expect, it } from "vitest";
import { HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { memoryStore } from "../../../tests/contract/memory-store.ts";
import { planOf, removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { memoryHost } from "../../io/memory.ts";
import type { Found } from "../contract.ts";
import { readScope } from "../scope.ts";
import { createTasks, loadedTask, SETTLED_MS } from "./dms.trial.ts";
import instanceEntry from "./replication-instance.ts";
import entry from "./replication-task.ts";

/** DMS's smallest page is twenty. */
const NAMES = Array.from({ length: 21 }, (_, index) => `orders-${String(index).padStart(2, "0")}`);

contractSuite("AWS::DMS::ReplicationTask", {
  seed: (account) => createTasks(account, NAMES),
  remove: async ({ send, twin }, ReplicationTaskArn) => {
    await send(DatabaseMigrationServiceClient, new DeleteReplicationTaskCommand({ ReplicationTaskArn }));
    await twin.clock.sleep(SETTLED_MS);
  },
  change: ({ send }, ReplicationTaskArn) => {
    const TableMappings = JSON.stringify({ rules: [] });
    return send(
      DatabaseMigrationServiceClient,
      new ModifyReplicationTaskCommand({ ReplicationTaskArn, TableMappings }),
    );
  },
});

it("has its texts parsed and its tags, and so has its instance", async () => {
  const account = await testAccount();
  const [id = ""] = await createTasks(account, ["orders"]);
  const scope = readScope(account.connection, HERE, { signal: new AbortController().signal });
  const task = await entry.read(scope, id);
  const instances: Found[] = [];
  for await (const each of instanceEntry.list(scope)) instances.push(each);

  expect(task).toMatchObject({
    name: "orders",
    tags: { team: "sales" },
    configuration: {
      TableMappings: { rules: [{ "rule-id": "1" }] },
      ReplicationTaskSettings: { Logging: { EnableLogging: false } },
    },
  });
  expect(instances).toMatchObject([{ name: "mover", tags: { team: "sales" } }]);
});

removalSuite("AWS::DMS::ReplicationTask", {
  seed: (account) => loadedTask(account),
  prepares: ["stop"],
});

it("is deleted without a stop where it does not run, and holds its replication instance until then", async () => {
  const account = await testAccount();
  const [id = ""] = await createTasks(account, ["orders"]);
  const [instance] = await ids(account);
  const { connection, twin } = account;
  const { signal } = new AbortController();
  const context = { connection, host: memoryHost(), clock: twin.clock, signal, store: memoryStore() };

  expect((await planOf(context, "AWS::DMS::ReplicationInstance", [instance ?? ""])).steps).toEqual([]);
  const plan = await planOf(context, "AWS::DMS::ReplicationTask", [id]);
  expect(plan.steps.map(({ operation }) => operation)).toEqual(["remove"]);
});

async function ids(account: TestAccount): Promise<string[]> {
  const scope = readScope(account.connection, HERE, { signal: new AbortController().signal });
  const found: string[] = [];
  for await (const { id } of instanceEntry.list(scope)) found.push(id);
  return found;
}
