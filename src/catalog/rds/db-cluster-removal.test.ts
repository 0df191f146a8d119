import {
  CreateDBClusterCommand,
  CreateDBInstanceCommand,
  DescribeDBClusterSnapshotsCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  RDSClient,
  StopDBClusterCommand,
} from "@aws-sdk/client-rds";
import { describe, expect, it } from "vitest";
import { ACCOUNT, HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { planOf, removalSuite } from "../../../tests/contract/removal-suite.ts";
import { scan } from "../../engine/scan/scan.ts";
import type { Plan } from "../../model/plan.ts";
import { redactor } from "../../model/redact.ts";
import type { Resource, ResourceType } from "../../model/resource.ts";
import type { VerbContext } from "../../verbs/context.ts";
import { executeRemoval } from "../../verbs/removal/execute.ts";
import { parseRemoval } from "../../verbs/removal/options.ts";
import { prepareRemoval } from "../../verbs/removal/prepare.ts";
import { type EngineOwner, ownerOf } from "./engines.ts";
import { OWNERS, removalContext } from "./rds.trial.ts";

const ENGINES = { rds: "aurora-postgresql", docdb: "docdb", neptune: "neptune" } as const;
const NAMES = { rds: "RDS", docdb: "DocDB", neptune: "Neptune" } as const;
const typeOf = (owner: EngineOwner, kind: "DBCluster" | "DBInstance"): ResourceType => `AWS::${NAMES[owner]}::${kind}`;

async function cluster({ send }: TestAccount, id: string, Engine: string, more: object = {}): Promise<string> {
  await send(
    RDSClient,
    new CreateDBClusterCommand({ DBClusterIdentifier: id, Engine, MasterUsername: "shop", ...more }),
  );
  return id;
}

async function member({ send }: TestAccount, id: string, DBClusterIdentifier: string, Engine: string): Promise<string> {
  const settings = { DBInstanceClass: "db.r6g.large", DBClusterIdentifier, Engine };
  await send(RDSClient, new CreateDBInstanceCommand({ DBInstanceIdentifier: id, ...settings }));
  return id;
}

/** Wants the clusters and instances of these names, of whichever type they are. */
async function planAll(context: VerbContext, types: readonly ResourceType[], ids: readonly string[]): Promise<Plan> {
  const { connection, clock, signal, host } = context;
  const selection = { types, regions: [HERE] };
  const redact = redactor(Buffer.from("key"));
  const seen = await scan({ connection, selection, redact, clock, signal, host });
  const wanted = seen.resources.filter(({ id }) => ids.includes(id));
  const resources = wanted.map((resource) => ({ resource, reason: "the test wants it" }));
  const limits = parseRemoval({ maxShare: 1, allowData: ["databases"] });
  const stays = ({ id }: Resource) => (ids.includes(id) ? undefined : "the test wants it to stay");
  const asked = { verb: "restore", selection, coverage: seen.coverage, resources, stays };
  return prepareRemoval(context, asked, limits);
}

const unusedActions = { "rds:CreateDBClusterSnapshot": "AWS makes the final snapshot, in the caller's name" };

describe.each(OWNERS)("clusters of %s", (owner) => {
  const Engine = ENGINES[owner];
  const TYPE = typeOf(owner, "DBCluster");
  const MEMBER = typeOf(owner, "DBInstance");

  removalSuite(TYPE, {
    seed: async (account) => {
      await cluster(account, "stock", Engine);
      await member(account, "stock-1", "stock", Engine);
      return cluster(account, "shop", Engine);
    },
    guarded: (account) => cluster(account, "shop", Engine, { DeletionProtection: true }),
    unusedActions,
  });

  async function shop() {
    const account = await testAccount();
    for (const id of ["shop", "stock"]) {
      await cluster(account, id, Engine);
      await member(account, `${id}-1`, id, Engine);
      await member(account, `${id}-2`, id, Engine);
    }
    const context = removalContext(account);
    const left = async () => [
      ...((await account.send(RDSClient, new DescribeDBClustersCommand({}))).DBClusters ?? []).map(
        ({ DBClusterIdentifier }) => DBClusterIdentifier,
      ),
      ...((await account.send(RDSClient, new DescribeDBInstancesCommand({}))).DBInstances ?? []).map(
        ({ DBInstanceIdentifier }) => DBInstanceIdentifier,
      ),
    ];
    return { account, context, left };
  }

  it("go after their members, with one snapshot and nothing of another cluster", async () => {
    const { account, context, left } = await shop();
    const plan = await planAll(context, [TYPE, MEMBER], ["shop", "shop-1", "shop-2"]);
    const { outcomes } = await executeRemoval(context, plan);

    expect([...outcomes.values()].map(({ kind }) => kind)).toEqual(["applied", "applied", "applied"]);
    expect(await left()).toEqual(["stock", "stock-1", "stock-2"]);
    const { DBClusterSnapshots } = await account.send(RDSClient, new DescribeDBClusterSnapshotsCommand({}));
    expect(DBClusterSnapshots).toMatchObject([{ DBClusterIdentifier: "shop", SnapshotType: "manual" }]);
  });

  it("stay where a member stays, and a member never goes without its cluster", async () => {
    const { context } = await shop();

    expect((await planAll(context, [TYPE, MEMBER], ["shop", "shop-1"])).steps).toEqual([]);
    expect((await planAll(context, [TYPE, MEMBER], ["shop-1"])).steps).toEqual([]);
  });

  it("are started where they are stopped: AWS takes no member out of a stopped one", async () => {
    const { account, context, left } = await shop();
    await account.send(RDSClient, new StopDBClusterCommand({ DBClusterIdentifier: "shop" }));
    await account.twin.clock.sleep(3_600_000);
    const plan = await planAll(context, [TYPE, MEMBER], ["shop", "shop-1", "shop-2"]);
    await executeRemoval(context, plan);

    expect(await left()).toEqual(["stock", "stock-1", "stock-2"]);
    // Two members may begin it at once; AWS takes one of them.
    const starts = account.twin.log.filter(({ operation, error }) => operation === "StartDBCluster" && !error);
    expect(starts).toHaveLength(1);
  });

  it("leave their global cluster first", async () => {
    const account = await testAccount();
    const id = await cluster(account, "shop", Engine, { GlobalClusterIdentifier: "world" });
    await member(account, "shop-1", id, Engine);
    const context = removalContext(account);
    const plan = await planAll(context, [TYPE, MEMBER], ["shop", "shop-1"]);
    const { outcomes } = await executeRemoval(context, plan);

    expect(plan.steps.map(({ way }) => way)).toContain("leave");
    expect([...outcomes.values()].every(({ kind }) => kind === "applied")).toBe(true);
  });
});

describe("an Aurora cluster", () => {
  it("that is a replica is promoted first: its last instance is not deleted", async () => {
    const account = await testAccount();
    const source = `arn:aws:rds:us-east-1:${ACCOUNT}:cluster:far`;
    await cluster(account, "shop", ENGINES.rds, { ReplicationSourceIdentifier: source });
    await member(account, "shop-1", "shop", ENGINES.rds);
    const context = removalContext(account);
    const plan = await planAll(context, [typeOf("rds", "DBCluster"), typeOf("rds", "DBInstance")], ["shop", "shop-1"]);
    const { outcomes } = await executeRemoval(context, plan);

    expect([...outcomes.values()].map(({ kind }) => kind)).toEqual(["applied", "applied", "applied"]);
  });

  it("of another kind (Multi-AZ) is kept", async () => {
    const account = await testAccount();
    await cluster(account, "shop", "mysql");
    expect(ownerOf("mysql")).toBe("rds");
    const plan = await planOf(removalContext(account), typeOf("rds", "DBCluster"), ["shop"]);

    expect(plan.kept).toMatchObject([{ reason: expect.stringMatching(/Multi-AZ DB cluster/) }]);
  });
});
