import { CreateSnapshotCommand, CreateTagsCommand, CreateVolumeCommand, EC2Client } from "@aws-sdk/client-ec2";
import {
  CreateLoadBalancerCommand,
  ElasticLoadBalancingV2Client as ELB,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { CreateDBClusterCommand, CreateDBInstanceCommand, RDSClient } from "@aws-sdk/client-rds";
import { CreateClusterCommand, RedshiftClient } from "@aws-sdk/client-redshift";
import { beforeAll, describe, expect, it } from "vitest";
import { ACCOUNT, HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { days, WORLDS } from "../../../tests/contract/finding-worlds.ts";
import { memoryStore } from "../../../tests/contract/memory-store.ts";
import { launched, ownNetwork, rowsOf } from "../../catalog/ec2/ec2.trial.ts";
import { memoryHost } from "../../io/memory.ts";
import { hourly, rate, sum } from "../../model/money.ts";
import { findingsReport } from "../../report/findings/index.ts";
import { FAULTS } from "../../twin/faults.ts";
import { seedMetric } from "../../twin/metrics.ts";
import type { VerbContext } from "../context.ts";
import { executePause, preparePause } from "../pause/pause.ts";
import { checkFindings, type FindingsRequest, findings } from "./findings.ts";
import { nextCommands } from "./next.ts";
import type { FindingsResult } from "./result.ts";

async function trial() {
  const account = await testAccount();
  const { connection, twin } = account;
  const { signal } = new AbortController();
  const host = memoryHost();
  const context: VerbContext = { connection, host, clock: twin.clock, signal, store: memoryStore() };
  const ask = (more: Partial<FindingsRequest> = {}) =>
    findings(context, { prices: true, ...more, selection: { regions: ["eu-west-1"], ...more.selection } });
  return { account, twin, host, context, ask };
}

// What is loaded on first use takes real time, in which the virtual clock would run out of patience with the price list.
beforeAll(async () => void (await (await trial()).ask()));

const all = ({ rules }: FindingsResult) => rules.flatMap((each) => each.findings);
const ids = (result: FindingsResult) => all(result).map(({ rule, target }) => `${rule.id} ${target.id}`);
const make = (rule: string, account: TestAccount) => WORLDS[rule]?.has(account) as Promise<string>;
const text = (result: FindingsResult) => findingsReport(result).text({ colour: false, width: 120 });

async function disk({ send }: TestAccount, Size: number, VolumeType: "gp2" | "gp3" = "gp2"): Promise<string> {
  const asked = { AvailabilityZone: "eu-west-1a", Size, VolumeType };
  return (await send(EC2Client, new CreateVolumeCommand(asked))).VolumeId ?? "";
}

function quiet({ twin }: TestAccount, namespace: string, dimensions: Record<string, string>): void {
  const from = new Date(twin.clock.now() - 30 * 24 * 3_600_000).toISOString();
  const metric = { account: ACCOUNT, region: HERE, namespace, metric: "DatabaseConnections", dimensions };
  seedMetric(twin.world, { ...metric, hourly: 0, from });
}

describe("the money of findings", () => {
  it("is what a month costs, to the cent, and adds up", async () => {
    const { account, ask } = await trial();
    await make("unattached-address", account);
    await make("unattached-volume", account);
    const result = await ask();

    // 730 hours at $0.005, and 100 GB of gp2 at $0.11.
    expect(result.rules.map(({ rule, total }) => [rule.id, Number(total.saves?.month).toFixed(4)])).toEqual([
      ["unattached-volume", "11.0000"],
      ["unattached-address", "3.6500"],
    ]);
    expect(result.total.saves).toEqual(rate(sum(all(result).flatMap(({ money }) => money?.hour ?? []))));
  });

  it("of a gp2 volume is the difference to a gp3 volume with its IOPS and throughput", async () => {
    const { account, ask } = await trial();
    const [small, large] = [await disk(account, 100), await disk(account, 2000)];
    const result = await ask({ rule: ["gp2-volume"] });
    const month = (id: string) =>
      Number(rate(all(result).find(({ target }) => target.id === id)?.money?.hour ?? ("0" as never)).month);

    expect(month(small)).toBeCloseTo(100 * (0.11 - 0.088), 9);
    // 6,000 IOPS of which 3,000 are free, 250 MiB/s of which 125 are.
    expect(month(large)).toBeCloseTo(2000 * (0.11 - 0.088) - 3000 * 0.0055 - (125 / 1024) * 45.06, 9);
    expect(all(result).map(({ command }) => command)).toEqual([
      `aws ec2 modify-volume --region eu-west-1 --volume-id ${large} --volume-type gp3 --iops 6000 --throughput 250`,
      `aws ec2 modify-volume --region eu-west-1 --volume-id ${small} --volume-type gp3`,
    ]);
  });

  it("counts a volume once: with its stopped instance, or as unattached, and not as gp2 besides", async () => {
    const { account, ask } = await trial();
    const instance = await make("stopped-instance", account);
    const volume = await disk(account, 100);
    for (const row of rowsOf(account, "ec2.volume")) row.VolumeType = "gp2";
    days(account, 15);
    const result = await ask();

    expect(ids(result)).toEqual([`unattached-volume ${volume}`, `stopped-instance ${instance}`]);
    expect(ids(await ask({ rule: ["gp2-volume"] }))).toHaveLength(2);
  });

  it("of a cluster is that of its members, which are no findings beside it", async () => {
    const { account, ask } = await trial();
    const cluster = { DBClusterIdentifier: "shop" };
    const Engine = "aurora-postgresql";
    await account.send(RDSClient, new CreateDBClusterCommand({ ...cluster, Engine, MasterUsername: "shop" }));
    const member = { DBInstanceIdentifier: "shop-1", DBInstanceClass: "db.r6g.large", Engine };
    await account.send(RDSClient, new CreateDBInstanceCommand({ ...member, ...cluster }));
    await account.twin.clock.sleep(3_600_000);
    days(account, 15);
    quiet(account, "AWS/RDS", cluster);
    quiet(account, "AWS/RDS", { DBInstanceIdentifier: "shop-1" });
    const result = await ask({ rule: ["idle-database"] });

    expect(all(result).map(({ target, money }) => [target.id, money?.hour])).toEqual([["shop", "0.293"]]);
    expect(ids(await ask({ selection: { type: ["rds:cluster"] } }))).toEqual(["idle-database shop"]);
  });

  it("is never nothing where there is no price: snapshots, types that nobody knows prices of, a denied price list", async () => {
    const { account, twin, ask } = await trial();
    const snapshot = await make("old-snapshot", account);
    const settings = { NodeType: "ra3.large", NumberOfNodes: 2, MasterUsername: "sales", ManageMasterPassword: true };
    await account.send(RedshiftClient, new CreateClusterCommand({ ClusterIdentifier: "sales", ...settings }));
    await account.twin.clock.sleep(3_600_000);
    days(account, 15);
    quiet(account, "AWS/Redshift", { ClusterIdentifier: "sales" });
    const result = await ask();

    expect(ids(result)).toEqual(["idle-database sales", `old-snapshot ${snapshot}`]);
    expect(all(result).map(({ money }) => [money?.hour, money?.unpriced.length])).toEqual([
      [undefined, 1],
      [undefined, 1],
    ]);
    expect(result.total).toEqual({ findings: 2, unpriced: 2 });
    expect(await text(result)).toContain("old-snapshot (1): ? a month");

    const other = await trial();
    await make("unattached-address", other.account);
    await disk(other.account, 100);
    other.twin.faults = [{ ...FAULTS.denied, service: "pricing" }];
    const denied = await other.ask();
    expect(denied.total).toEqual({ findings: 1, unpriced: 1 });
    expect(denied.unjudged).toMatchObject([{ rule: "gp2-volume", kind: "unpriced" }]);
    expect(await text(denied)).not.toContain("$0");
    expect(twin.faults).toEqual([]);
  });

  it("is not asked for with --no-prices, when what only prices can tell is said to be untold", async () => {
    const { account, twin, ask } = await trial();
    await make("unattached-address", account);
    await disk(account, 100);
    twin.log.length = 0;
    const result = await ask({ prices: false });

    expect(twin.log.filter(({ operation }) => /GetProducts|Reserved/.test(operation))).toEqual([]);
    expect(ids(result)[0]).toMatch(/^unattached-address/);
    expect(all(result)).toHaveLength(1);
    expect(result.unjudged).toMatchObject([{ rule: "gp2-volume", kind: "unpriced" }]);
    expect(result).not.toHaveProperty("prices");
  });

  it("of less than --min leaves a finding out, but never one that may come to more", async () => {
    const { account, ask } = await trial();
    await make("unattached-volume", account);
    await make("unattached-address", account);
    await make("old-snapshot", account);
    const result = await ask({ min: "11" });

    expect(all(result).map(({ rule }) => rule.id)).toEqual(["unattached-volume", "old-snapshot"]);
    expect(result.below).toBe(1);
    expect(await text(result)).toContain("1 finding of less money left out by --min");
  });

  it("says up to where AWS bills less than can be read", async () => {
    const { account, ask } = await trial();
    await make("never-expiring-logs", account);
    const result = await ask();

    expect(Number(result.total.saves?.month)).toBeCloseTo(50 * 0.03, 9);
    expect(await text(result)).toMatch(/never-expiring-logs \(1\): up to \$1\.50 a month/);
    expect(findingsReport(result).csv.records()[0]).toContain(all(result)[0]?.rule.atMost);
  });
});

describe("what nobody should remove", () => {
  it("is told apart where a tag or a rule protects it, and is in no sum", async () => {
    const { account, context, ask } = await trial();
    const [mine, theirs] = [await disk(account, 100), await disk(account, 100)];
    await account.send(
      EC2Client,
      new CreateTagsCommand({ Resources: [mine], Tags: [{ Key: "evenkeel:protect", Value: "yes" }] }),
    );
    days(account, 15);
    const guarded = { ...context, guards: { protect: [{ id: theirs }] } as never };
    const request = { selection: { regions: ["eu-west-1"] }, rule: ["unattached-volume"], prices: true };
    const result = await findings(guarded, request);

    expect(result.total).toEqual({ findings: 0, unpriced: 0 });
    expect(new Set(result.kept.map(({ target }) => target.id))).toEqual(new Set([mine, theirs]));
    for (const each of result.kept) expect(each).not.toHaveProperty("command");
    expect(await text(result)).toContain("by its tag evenkeel:protect=yes");
    expect(all(await ask({ rule: ["unattached-volume"] })).map(({ target }) => target.id)).toEqual([theirs]);
  });

  it("is what an armed record holds, until it is resumed", async () => {
    const { account, context, ask } = await trial();
    const { subnet } = await ownNetwork(account);
    const id = await launched(account, { SubnetId: subnet });
    await account.twin.clock.sleep(120_000);
    const plan = await preparePause(context, {
      selection: { type: ["ec2:instance"], regions: ["eu-west-1"] },
      extend: false,
    });
    await executePause(context, plan, context.clock.now() + 7 * 24 * 3_600_000);
    days(account, 31);
    const result = await ask({ rule: ["stopped-instance"] });

    expect(all(result)).toEqual([]);
    expect(result.kept).toMatchObject([{ target: { id }, protected: /paused, in the armed record r-/ }]);
    expect(nextCommands(result)).toEqual(["evenkeel status"]);
  });

  it("is what is in quarantine", async () => {
    const { account, ask } = await trial();
    const id = await disk(account, 100);
    const Tags = [{ Key: "evenkeel:quarantine", Value: "2026-03-01T00:00:00.000Z" }];
    await account.send(EC2Client, new CreateTagsCommand({ Resources: [id], Tags }));
    days(account, 15);

    expect((await ask({ rule: ["unattached-volume"] })).kept).toMatchObject([{ protected: /quarantine/ }]);
  });
});

describe("what could not be read", () => {
  it.each([
    ["the images", "DescribeImages", "AWS::EC2::Image"],
    ["the volumes", "DescribeVolumes", "AWS::EC2::Volume"],
  ])("keeps a snapshot from being found where it is %s that may use it", async (_, operation, type) => {
    const { account, twin, ask } = await trial();
    const id = await make("old-snapshot", account);
    twin.faults = [{ ...FAULTS.denied, service: "ec2", operation }];
    const result = await ask({ rule: ["old-snapshot"] });

    expect(all(result)).toEqual([]);
    expect(result.unjudged).toMatchObject([{ kind: "unread", target: { id }, says: expect.stringContaining(type) }]);
    expect(result.unseen.map((cell) => cell.type)).toEqual([type]);
    expect(nextCommands(result)[0]).toBe("evenkeel iam policy --verb findings");
  });

  it("is told of metrics once, with the action, and nothing is called idle", async () => {
    const { account, twin, host, ask } = await trial();
    await make("idle-database", account);
    twin.faults = [{ ...FAULTS.denied, service: "monitoring", operation: "GetMetricData" }];
    const result = await ask({ rule: ["idle-database"] });

    expect(all(result)).toEqual([]);
    expect(result.unjudged).toMatchObject([{ rule: "idle-database", kind: "unread" }]);
    expect(host.messages.filter(({ kind }) => kind === "warning")).toMatchObject([
      { hint: "missing IAM actions: cloudwatch:GetMetricData" },
    ]);
  });

  it("is told of an hour without data, which may be one in which it was used", async () => {
    const { account, ask } = await trial();
    await WORLDS["idle-database"]?.almost["has no data of an hour, in which it may have been stopped"]?.(account);

    expect((await ask({ rule: ["idle-database"] })).unjudged).toMatchObject([
      { kind: "no data", says: /of 336 hours/ },
    ]);
  });

  it("is told of targets, and the load balancer is not found", async () => {
    const { account, twin, ask } = await trial();
    await make("load-balancer-without-targets", account);
    twin.faults = [{ ...FAULTS.denied, operation: "DescribeTargetHealth" }];
    const result = await ask({ rule: ["load-balancer-without-targets"] });

    expect(all(result)).toEqual([]);
    expect(result.unjudged).toMatchObject([{ kind: "unread", says: /elasticloadbalancing:DescribeTargetHealth/ }]);
  });

  it("is not taken for nothing: a denied listing of what is judged is told", async () => {
    const { account, twin, ask } = await trial();
    await make("unattached-address", account);
    twin.faults = [{ ...FAULTS.denied, service: "ec2", operation: "DescribeAddresses" }];
    const result = await ask({ rule: ["unattached-address"] });

    expect(result.unseen).toMatchObject([{ status: "denied", action: "ec2:DescribeAddresses" }]);
    expect(await text(result)).toContain("Not completely read");
  });
});

describe("what is asked", () => {
  it("chooses what may be found, not what a rule looks at", async () => {
    const { account, ask } = await trial();
    const volume = await disk(account, 100);
    const made = await account.send(EC2Client, new CreateSnapshotCommand({ VolumeId: volume }));
    await account.twin.clock.sleep(60_000);
    days(account, 91);
    const id = [made.SnapshotId ?? ""];

    expect(all(await ask({ selection: { id } }))).toEqual([]);
    expect(all(await ask({ selection: { type: ["ec2:snapshot"] } }))).toEqual([]);
    expect(all(await ask({ selection: { id: [volume] } })).map(({ rule }) => rule.id)).toEqual(["unattached-volume"]);
  });

  it("says of a load balancer without a listener that it has none", async () => {
    const { account, ask } = await trial();
    await account.send(ELB, new CreateLoadBalancerCommand({ Name: "web", Subnets: ["subnet-0b", "subnet-0a"] }));
    days(account, 15);

    expect(all(await ask()).map(({ reason }) => reason)).toEqual(["it has no listener"]);
  });

  it("is only what the rules need, and changes nothing", async () => {
    const { twin, ask } = await trial();
    twin.log.length = 0;
    const result = await ask({ rule: ["unattached-address"] });

    expect(result.asked).toEqual(["unattached-address"]);
    expect(new Set(twin.log.map(({ operation }) => operation))).toEqual(
      new Set(["DescribeAddresses", "DescribeRegions"]),
    );
  });

  it.each<[string, Partial<FindingsRequest>, RegExp]>([
    ["an unknown rule, with the nearest", { rule: ["unatached-volume"] }, /no rule is called/],
    ["an unknown rule that is to be left out", { excludeRule: ["everything"] }, /no rule is called/],
    ["no rule", { rule: ["disabled-key"], excludeRule: ["disabled-key"] }, /exclude every rule/],
    ["types that no rule judges", { selection: { type: ["iam:role"] } }, /no rule looks at/],
    ["a cost that is none", { min: "five" }, /--min wants the cost of a month/],
    ["a cost without prices", { min: "5", prices: false }, /--min needs prices/],
  ])("is refused before any call where it is %s", (_, more, message) => {
    expect(() => checkFindings({ selection: {}, prices: true, ...more })).toThrow(message);
  });
});

describe("the forms of findings", () => {
  it("have the same rows in JSON and CSV, protected ones too, with exact amounts", async () => {
    const { account, ask } = await trial();
    await make("unattached-address", account);
    await make("unattached-volume", account);
    const report = findingsReport(await ask());
    const { findings: rows } = report.data() as { findings: Record<string, unknown>[] };

    expect(rows.map((row) => Object.values(row))).toEqual(report.csv.records());
    for (const row of rows) expect(Object.keys(row)).toEqual([...report.csv.titles]);
    expect(rows[0]).toMatchObject({ rule: "unattached-volume", hour: hourly("0.11" as never, "100", "month") });
  });

  it("say so where nothing is found", async () => {
    const { ask } = await trial();
    expect(await text(await ask())).toContain("No rule has found anything");
  });
});
