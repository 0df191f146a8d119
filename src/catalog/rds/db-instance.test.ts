import { DeleteDBInstanceCommand, ModifyDBInstanceCommand, RDSClient } from "@aws-sdk/client-rds";
import { expect, it } from "vitest";
import { HERE, testAccount } from "../../../tests/contract/account.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { readScope } from "../scope.ts";
import entry from "./db-instance.ts";
import { seedInstances } from "./rds.trial.ts";

contractSuite("AWS::RDS::DBInstance", {
  seed: seedInstances,
  remove: ({ send }, DBInstanceIdentifier) =>
    send(RDSClient, new DeleteDBInstanceCommand({ DBInstanceIdentifier, SkipFinalSnapshot: true })),
  change: ({ send }, DBInstanceIdentifier) =>
    send(RDSClient, new ModifyDBInstanceCommand({ DBInstanceIdentifier, DeletionProtection: true })),
});

it("leaves out instances that DocumentDB or Neptune own", async () => {
  const account = await testAccount();
  await seedInstances(account);
  const scope = readScope(account.connection, HERE, { signal: new AbortController().signal });
  const ids: string[] = [];
  for await (const { id } of entry.list(scope)) ids.push(id);

  expect(ids).not.toContain("graph-1");
  expect(await entry.read(scope, "graph-1")).toBeUndefined();
});
