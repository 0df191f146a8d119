import {
  CreateDBClusterCommand,
  CreateDBInstanceCommand,
  type CreateDBInstanceMessage,
  CreateDBInstanceReadReplicaCommand,
  DescribeDBSnapshotsCommand,
  ModifyDBInstanceCommand,
  RDSClient,
} from "@aws-sdk/client-rds";
import { expect, it } from "vitest";
import { HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { pauseSuite } from "../../../tests/contract/pause-suite.ts";
import { readScope, writeScope } from "../scope.ts";
import { pause } from "./db-instance-pause.ts";

async function create({ send }: TestAccount, more: Partial<CreateDBInstanceMessage> = {}): Promise<string> {
  const settings = { DBInstanceIdentifier: "orders", Engine: "postgres", DBInstanceClass: "db.m6g.large" };
  await send(RDSClient, new CreateDBInstanceCommand({ ...settings, ...more }));
  return more.DBInstanceIdentifier ?? "orders";
}

/** An instance and its read replica; gives one of the two. */
async function replicated(account: TestAccount, which: "source" | "replica"): Promise<string> {
  const source = await create(account);
  const replica = { DBInstanceIdentifier: "orders-copy", SourceDBInstanceIdentifier: source };
  await account.send(RDSClient, new CreateDBInstanceReadReplicaCommand(replica));
  return which === "source" ? source : replica.DBInstanceIdentifier;
}

async function member(account: TestAccount): Promise<string> {
  const cluster = { DBClusterIdentifier: "shop", Engine: "aurora-postgresql" };
  await account.send(RDSClient, new CreateDBClusterCommand(cluster));
  return create(account, { ...cluster, DBInstanceIdentifier: "shop-1" });
}

pauseSuite("AWS::RDS::DBInstance", {
  seed: (account) => create(account),
  keeps: [
    { why: /read replica of orders/, seed: (account) => replicated(account, "replica") },
    { why: /has read replicas \(orders-copy\)/, seed: (account) => replicated(account, "source") },
    { why: /member of cluster shop/, seed: member },
    { why: /RDS Custom/, seed: (account) => create(account, { Engine: "custom-oracle-ee" }) },
    { why: /Multi-AZ SQL Server/, seed: (account) => create(account, { Engine: "sqlserver-se", MultiAZ: true }) },
  ],
});

pauseSuite("AWS::RDS::DBInstance", { way: "snapshot", seed: (account) => create(account) });

it("takes one snapshot for each pause, of that instance alone, and none where nobody asked for it", async () => {
  const account = await testAccount();
  const id = await create(account);
  const other = await create(account, { DBInstanceIdentifier: "stock" });
  const scope = writeScope(account.connection, HERE, { signal: new AbortController().signal });
  const cycle = async (way?: string) => {
    await pause.stop(scope, id, {}, way);
    await pause.stop(scope, id, {}, way);
    await account.twin.clock.sleep(3_600_000);
    await pause.stop(scope, id, {}, way);
    await pause.resume(scope, id, {}, way);
    await account.twin.clock.sleep(3_600_000);
  };
  await pause.stop(scope, other, {});
  await cycle();
  for (const way of ["snapshot", "snapshot"]) await cycle(way);

  const { DBSnapshots } = await account.send(RDSClient, new DescribeDBSnapshotsCommand({}));
  expect(DBSnapshots?.map(({ DBInstanceIdentifier }) => DBInstanceIdentifier)).toEqual([id, id]);
  for (const each of DBSnapshots ?? []) expect(each.DBSnapshotIdentifier).toMatch(/^evenkeel-orders-\d{14}$/);
});

it("tells which pending changes a stop forgets, and never a password", async () => {
  const account = await testAccount();
  const id = await create(account);
  const change = { DBInstanceIdentifier: id, DBInstanceClass: "db.m6g.xlarge", MasterUserPassword: "correct horse" };
  await account.send(RDSClient, new ModifyDBInstanceCommand(change));
  const scope = writeScope(account.connection, HERE, { signal: new AbortController().signal });
  const before = await pause.capture(scope, id);
  if (!before) throw new Error("it is gone");

  await pause.stop(scope, id, before.saved);
  await account.twin.clock.sleep(3_600_000);
  await pause.resume(scope, id, before.saved);
  await account.twin.clock.sleep(3_600_000);
  const after = await pause.capture(scope, id);

  expect(pause.eligible(before, {} as never)).toMatchObject({
    loses: expect.arrayContaining([expect.stringMatching(/maintenance window: DBInstanceClass, masterPassword/)]),
  });
  expect(JSON.stringify(before)).not.toMatch(/correct horse|\*\*\*\*/);
  expect(after && pause.resumed(before.saved, after).differs).toEqual([
    expect.objectContaining({ field: "pending", after: null, because: expect.stringMatching(/forgets/) }),
  ]);
});

it("is running again when RDS has started it after seven days", async () => {
  const account = await testAccount();
  const id = await create(account);
  const { signal } = new AbortController();
  const writing = writeScope(account.connection, HERE, { signal });
  await pause.stop(writing, id, {});
  await account.twin.clock.sleep(8 * 24 * 3_600_000);

  const state = await pause.capture(readScope(account.connection, HERE, { signal }), id);
  expect(state?.phase).toBe("running");
  await pause.resume(writing, id, {});
});

it("keeps what is broken instead of waiting for it", async () => {
  const state = { phase: "moving", saved: { engine: "postgres" }, words: "storage-full" } as const;

  expect(pause.eligible(state, {} as never)).toMatchObject({
    kind: "kept",
    reason: expect.stringMatching(/storage-full/),
  });
});
