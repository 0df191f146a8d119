import {
  CreateDBInstanceCommand,
  CreateDBInstanceReadReplicaCommand,
  DescribeDBSnapshotsCommand,
  RDSClient,
  StopDBInstanceCommand,
} from "@aws-sdk/client-rds";
import { ListSecretsCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { describe, expect, it } from "vitest";
import { ACCOUNT, HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { planOf, removalSuite } from "../../../tests/contract/removal-suite.ts";
import { executeRemoval } from "../../verbs/removal/execute.ts";
import type { Found, ReadScope } from "../contract.ts";
import { writeScope } from "../scope.ts";
import entry from "./db-instance.ts";
import { removalContext } from "./rds.trial.ts";

const TYPE = "AWS::RDS::DBInstance";
const SETTINGS = { Engine: "postgres", DBInstanceClass: "db.r6g.large", MasterUserPassword: "correct horse" };
const unusedActions = {
  "rds:CreateDBSnapshot": "RDS makes the final snapshot, in the caller's name",
};

async function create({ send }: TestAccount, id: string, more: object = {}): Promise<string> {
  await send(RDSClient, new CreateDBInstanceCommand({ DBInstanceIdentifier: id, ...SETTINGS, ...more }));
  return id;
}

async function two(account: TestAccount): Promise<string> {
  await create(account, "stock");
  return create(account, "orders");
}

removalSuite(TYPE, {
  seed: two,
  guarded: (account) => create(account, "orders", { DeletionProtection: true }),
  unusedActions,
});

describe("the removal of an RDS instance", () => {
  const inputs = ({ twin }: TestAccount) =>
    twin.log.filter(({ operation }) => operation === "DeleteDBInstance").map(({ input }) => input);
  const snapshots = async ({ send }: TestAccount) =>
    (await send(RDSClient, new DescribeDBSnapshotsCommand({}))).DBSnapshots ?? [];

  it("takes a final snapshot and keeps its automated backups", async () => {
    const account = await testAccount();
    const id = await two(account);
    const context = removalContext(account);
    await executeRemoval(context, await planOf(context, TYPE, [id]));

    expect(await snapshots(account)).toMatchObject([{ DBInstanceIdentifier: id, SnapshotType: "manual" }]);
    expect(inputs(account)).toMatchObject([{ DBInstanceIdentifier: id, DeleteAutomatedBackups: false }]);
  });

  it("takes no snapshot where none is wanted, and says what that loses", async () => {
    const account = await testAccount();
    const context = removalContext(account);
    const plan = await planOf(context, TYPE, [await two(account)], { noBackup: [TYPE] });
    await executeRemoval(context, plan);

    expect(plan.steps[0]?.loses).toContainEqual(expect.stringMatching(/no final snapshot/));
    expect(await snapshots(account)).toEqual([]);
    expect(inputs(account)).toMatchObject([{ SkipFinalSnapshot: true, DeleteAutomatedBackups: false }]);
  });

  it("takes the secret of its managed password along, and nobody else's", async () => {
    const account = await testAccount();
    for (const id of ["orders", "stock"])
      await create(account, id, { ManageMasterUserPassword: true, MasterUserPassword: undefined });
    const context = removalContext(account);
    const plan = await planOf(context, TYPE, ["orders"]);
    await executeRemoval(context, plan);
    const { SecretList } = await account.send(SecretsManagerClient, new ListSecretsCommand({}));

    expect(plan.kept).toMatchObject([{ target: { type: "AWS::SecretsManager::Secret" }, reason: "goes with orders" }]);
    expect(SecretList?.map(({ Name }) => Name)).toEqual([expect.stringMatching(/^rds!db-stock-/)]);
  });

  it("starts one that is stopped: of such a one RDS takes no snapshot", async () => {
    const account = await testAccount();
    const id = await two(account);
    await account.send(RDSClient, new StopDBInstanceCommand({ DBInstanceIdentifier: id }));
    await account.twin.clock.sleep(3_600_000);
    const context = removalContext(account);
    const plan = await planOf(context, TYPE, [id]);
    const { outcomes } = await executeRemoval(context, plan);

    expect(plan.steps.map(({ operation, way }) => way ?? operation)).toEqual(
      expect.arrayContaining(["start", "remove"]),
    );
    expect([...outcomes.values()].map(({ kind }) => kind)).toEqual(["applied", "applied"]);
    expect(await snapshots(account)).toHaveLength(1);
  });

  it("takes replicas before their source, and a snapshot of the source alone", async () => {
    const account = await testAccount();
    const source = await two(account);
    const replica = { DBInstanceIdentifier: "copy", SourceDBInstanceIdentifier: source };
    await account.send(RDSClient, new CreateDBInstanceReadReplicaCommand(replica));
    const context = removalContext(account);
    const kept = await planOf(context, TYPE, [source]);
    expect(kept.steps).toEqual([]);
    const plan = await planOf(context, TYPE, [source, "copy"]);
    await executeRemoval(context, plan);

    expect(inputs(account)).toMatchObject([{ DBInstanceIdentifier: "copy" }, { DBInstanceIdentifier: source }]);
    expect(await snapshots(account)).toMatchObject([{ DBInstanceIdentifier: source }]);
  });

  const scopeOf = ({ connection }: TestAccount) =>
    writeScope(connection, HERE, { signal: new AbortController().signal });
  const found = (configuration: object, state = "available"): Found => ({
    id: "orders",
    state,
    tags: {},
    configuration,
  });

  it.each([
    ["failed", { Engine: "postgres" }],
    ["incompatible-network", { Engine: "postgres" }],
    ["available", { Engine: "custom-oracle-ee" }],
  ])("never goes without the snapshot that RDS can't take: %s %o", async (state, configuration) => {
    const account = await testAccount();
    const of = found(configuration, state);

    await expect(entry.removal.remove(scopeOf(account), of, "evenkeel-orders")).rejects.toMatchObject({
      code: "REFUSED",
      details: { hint: expect.stringMatching(/--no-backup/) },
    });
    expect(account.calls).toEqual([]);
  });

  it("is not called again for one that is on its way out", async () => {
    const account = await testAccount();
    const of = found({}, "deleting");
    await entry.removal.remove(scopeOf(account), of, "evenkeel-orders");

    expect(account.calls).toEqual([]);
    expect(entry.removal.inspect(of, undefined as never as ReadScope)).toMatchObject({ leaving: true });
  });

  it("leaves the members of a Multi-AZ DB cluster to their cluster", () => {
    const of = found({ Engine: "mysql", DBClusterIdentifier: "shop" });
    expect(entry.removal.inspect(of, undefined as never as ReadScope)).toMatchObject({
      refuses: expect.stringMatching(/only with the whole cluster/),
    });
  });

  it("tells the replicas in other regions that it cuts off", () => {
    const far = `arn:aws:rds:us-east-1:${ACCOUNT}:db:copy`;
    const of = found({ Engine: "mysql", ReadReplicaDBInstanceIdentifiers: [far, "near"] });
    expect(entry.removal.inspect(of, undefined as never as ReadScope)).toMatchObject({
      loses: [`the replication to ${far}`],
    });
  });
});
