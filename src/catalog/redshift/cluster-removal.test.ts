import {
  CreateClusterCommand,
  DescribeClusterSnapshotsCommand,
  PauseClusterCommand,
  RedshiftClient,
} from "@aws-sdk/client-redshift";
import { describe, expect, it } from "vitest";
import { type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { memoryStore } from "../../../tests/contract/memory-store.ts";
import { planOf, removalSuite } from "../../../tests/contract/removal-suite.ts";
import { memoryHost } from "../../io/memory.ts";
import { executeRemoval } from "../../verbs/removal/execute.ts";

const TYPE = "AWS::Redshift::Cluster";
const HOUR_MS = 3_600_000;

async function create({ send }: TestAccount): Promise<string> {
  const settings = { NodeType: "ra3.large", NumberOfNodes: 2, MasterUsername: "sales", ManageMasterPassword: true };
  for (const ClusterIdentifier of ["sales", "stock"])
    await send(RedshiftClient, new CreateClusterCommand({ ClusterIdentifier, ...settings }));
  return "sales";
}

removalSuite(TYPE, {
  seed: create,
  unusedActions: { "redshift:CreateClusterSnapshot": "Redshift makes the final snapshot, in the caller's name" },
});

describe("of one that is paused", () => {
  removalSuite(TYPE, {
    seed: async (account) => {
      const id = await create(account);
      await account.twin.clock.sleep(HOUR_MS);
      await account.send(RedshiftClient, new PauseClusterCommand({ ClusterIdentifier: id }));
      return id;
    },
    prepares: ["resume"],
    unusedActions: { "redshift:CreateClusterSnapshot": "Redshift makes the final snapshot, in the caller's name" },
  });
});

it.each([
  [undefined, 1],
  [[TYPE], 0],
])("takes a final snapshot, or none where none is wanted: --no-backup %s", async (noBackup, snapshots) => {
  const account = await testAccount();
  const id = await create(account);
  const { connection, twin } = account;
  const { signal } = new AbortController();
  const context = { connection, host: memoryHost(), clock: twin.clock, signal, store: memoryStore() };
  await executeRemoval(context, await planOf(context, TYPE, [id], { noBackup }));

  const { Snapshots } = await account.send(RedshiftClient, new DescribeClusterSnapshotsCommand({}));
  expect(Snapshots?.map(({ ClusterIdentifier }) => ClusterIdentifier)).toEqual(Array(snapshots).fill(id));
});
