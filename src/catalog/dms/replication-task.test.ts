import {
  DatabaseMigrationServiceClient,
  DeleteReplicationTaskCommand,
  ModifyReplicationTaskCommand,
} from "@aws-sdk/client-database-migration-service";
import { expect, it } from "vitest";
import { HERE, testAccount } from "../../../tests/contract/account.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import type { Found } from "../contract.ts";
import { readScope } from "../scope.ts";
import { createTasks } from "./dms.trial.ts";
import instanceEntry from "./replication-instance.ts";
import entry from "./replication-task.ts";

/** DMS's smallest page is twenty. */
const NAMES = Array.from({ length: 21 }, (_, index) => `orders-${String(index).padStart(2, "0")}`);

contractSuite("AWS::DMS::ReplicationTask", {
  seed: (account) => createTasks(account, NAMES),
  remove: ({ send }, ReplicationTaskArn) =>
    send(DatabaseMigrationServiceClient, new DeleteReplicationTaskCommand({ ReplicationTaskArn })),
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
