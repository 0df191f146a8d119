import { DeleteDBClusterCommand, ModifyDBClusterCommand, RDSClient } from "@aws-sdk/client-rds";
import { expect, it } from "vitest";
import { HERE, testAccount } from "../../../tests/contract/account.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { readScope } from "../scope.ts";
import entry from "./db-cluster.ts";
import { seedClusters } from "./rds.trial.ts";

contractSuite("AWS::RDS::DBCluster", {
  seed: seedClusters,
  remove: ({ send }, DBClusterIdentifier) =>
    send(RDSClient, new DeleteDBClusterCommand({ DBClusterIdentifier, SkipFinalSnapshot: true })),
  change: ({ send }, DBClusterIdentifier) =>
    send(RDSClient, new ModifyDBClusterCommand({ DBClusterIdentifier, BackupRetentionPeriod: 14 })),
});

it("leaves out clusters that DocumentDB or Neptune own", async () => {
  const account = await testAccount();
  await seedClusters(account);
  const scope = readScope(account.connection, HERE, { signal: new AbortController().signal });
  const ids: string[] = [];
  for await (const { id } of entry.list(scope)) ids.push(id);

  expect(ids).not.toContain("documents");
  expect(await entry.read(scope, "documents")).toBeUndefined();
});
