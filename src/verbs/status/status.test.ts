import { beforeAll, describe, expect, it } from "vitest";
import { verbTrial } from "../../../tests/contract/verbs.ts";
import { FACTS } from "../../catalog/registry.ts";
import { NOTHING, rate, sum } from "../../model/money.ts";
import { statusReport } from "../../report/status/index.ts";
import { STATUS_COLUMNS, statusRecord } from "../../report/status/record.ts";
import { FAULTS } from "../../twin/faults.ts";
import { seedMetric } from "../../twin/metrics.ts";
import { executePause, preparePause } from "../pause/pause.ts";
import type { StatusResult } from "./result.ts";
import { status } from "./status.ts";

const DAY = 24 * 3_600_000;
const ALL = { selection: {}, prices: true, idle: true };
const STATES = { selection: {} };

/** Where IAM and the signature call a service differently. */
const SIGNING: Readonly<Record<string, string>> = { cloudwatch: "monitoring" };

// What is loaded on first use takes real time, in which the virtual clock would run out of patience with the price list.
beforeAll(async () => void (await status((await verbTrial()).context, ALL)));

const rowsIn = ({ groups }: StatusResult) => groups.flatMap(({ rows }) => rows);
const find = (result: StatusResult, short: string, name: string) =>
  rowsIn(result).find(({ facts, target }) => facts.short === short && [target.id, target.name].includes(name));

describe("the states of an account", () => {
  it("has one row for each resource that can be paused or has no stop, by group, and changes nothing", async () => {
    const { context, twin } = await verbTrial();
    const result = await status(context, ALL);

    expect(result.groups.map(({ group }) => group)).toEqual(
      expect.arrayContaining(["compute", "containers", "databases", "streaming", "storage", "network", "ml"]),
    );
    expect(new Set(rowsIn(result).map(({ target }) => target.arn)).size).toBe(result.total.resources);
    expect(find(result, "ec2:instance", "bastion")).toMatchObject({ state: "running", words: "running" });
    expect(find(result, "cloudwatch:alarm", "old-disk-alarm")).toMatchObject({ state: "paused" });
    expect(find(result, "rds:db", "analytics-1")).toMatchObject({ state: "kept", reason: /analytics/ });
    expect(find(result, "ec2:nat-gateway", "shop")).toMatchObject({ state: "kept" });
    expect(twin.log.filter(({ operation }) => !/^(Describe|List|Get|Head)/.test(operation))).toEqual([]);
    expect(twin.errors).toEqual([]);
  });

  it("calls running exactly what a pause would stop", async () => {
    const { context } = await verbTrial();
    const result = await status(context, STATES);
    const plan = await preparePause(context, { selection: {}, extend: false });

    const running = rowsIn(result).filter(({ state }) => state === "running");
    expect(running.map(({ target }) => target.arn).sort()).toEqual(plan.steps.map(({ target }) => target.arn).sort());
  });

  it("follows a pause, with the record, its expiry and what AWS starts by itself", async () => {
    const { context, twin } = await verbTrial();
    const plan = await preparePause(context, { selection: {}, extend: false });
    const { record } = await executePause(context, plan, context.clock.now() + 5 * DAY);
    const result = await status(context, { selection: {}, prices: true });

    expect(result.total.states.running).toBe(0);
    const orders = find(result, "rds:db", "orders");
    expect(orders).toMatchObject({ state: "paused", held: { record: record.id } });
    expect(Date.parse(orders?.held?.restartsAt ?? "") - Date.parse(record.createdAt)).toBe(7 * DAY);
    expect(orders?.money?.parts.map(({ part }) => part)).toEqual(["storage"]);
    expect(result.records).toMatchObject([{ id: record.id, overdue: false, absent: [{ id: "ranking" }] }]);
    expect(result.records[0]?.restarts.map(({ target }) => target.id).sort()).toEqual(["analytics", "orders"]);
    expect(result.advice.some(({ kind, row }) => kind === "paused, still costs" && row === orders)).toBe(true);

    await twin.clock.sleep(8 * DAY);
    const later = await status(context, STATES);
    expect(later.records).toMatchObject([{ overdue: true, restarts: [{ past: true }, { past: true }] }]);
    const text = await statusReport(later).text({ colour: false, width: 80 });
    expect(text).toMatch(/overdue since/);
  });

  it.each(FACTS.filter(({ pause, noStop }) => pause ?? noStop).map(({ type, iam }) => [type, iam.list] as const))(
    "never takes a listing of %s that failed for an empty one",
    async (type, actions) => {
      const { context, twin, host } = await verbTrial();
      twin.faults = actions
        .filter((action) => !action.startsWith("tag:"))
        .map((action) => action.split(":"))
        .map(([service = "", operation = ""]) => ({
          ...FAULTS.denied,
          service: SIGNING[service] ?? service,
          operation,
        }));
      const result = await status(context, { selection: { type: [type] } });

      expect(result.unseen.map((cell) => cell.type)).toContain(type);
      expect(host.texts("warning").join()).toContain("is in no row");
      expect(await statusReport(result).text({ colour: false })).toContain("Not completely read");
    },
  );

  it("says of a state that can't be read that it is unknown", async () => {
    const { context, twin } = await verbTrial();
    twin.faults = [{ ...FAULTS.denied, service: "ec2", operation: "DescribeInstanceAttribute" }];
    const result = await status(context, { selection: { type: ["ec2:instance"] } });

    expect(new Set(rowsIn(result).map(({ state }) => state))).toEqual(new Set(["unknown"]));
    expect(rowsIn(result)[0]?.reason).toMatch(/could not be read/);
  });
});

describe("the money of an account", () => {
  it("adds up to a millionth: rows to groups, groups to all, hours to days and months", async () => {
    const { context } = await verbTrial();
    const { groups, total } = await status(context, ALL);

    const hours = groups.map(({ rows, total: ofGroup }) => {
      const own = sum(rows.map(({ money }) => money?.gross ?? NOTHING));
      expect(ofGroup.cost?.hour ?? "0").toBe(own);
      return own;
    });
    expect(total.cost).toEqual(rate(sum(hours)));
    expect(Number(total.cost?.month)).toBeCloseTo(Number(total.cost?.hour) * 730, 6);
    expect(Number(total.cost?.day)).toBeCloseTo(Number(total.cost?.hour) * 24, 6);
  });

  it("is that of a pause plan", async () => {
    const { context } = await verbTrial();
    const { total } = await status(context, ALL);
    const { money } = await preparePause(context, { selection: {}, extend: false, prices: true });

    expect(total.cost?.hour).toBe(sum([money?.gross.hour ?? NOTHING, money?.kept.hour ?? NOTHING]));
    expect(total.remains?.hour).toBe(sum([money?.remains.hour ?? NOTHING, money?.kept.hour ?? NOTHING]));
  });

  it("is never zero where there is no price", async () => {
    const { context, twin } = await verbTrial();
    twin.faults = [{ ...FAULTS.denied, operation: "DescribeTaskDefinition" }];
    const service = find(await status(context, ALL), "ecs:service", "checkout");
    expect(service && statusRecord(service)).toMatchObject({ hour: null, unpriced: expect.stringContaining("tasks") });

    twin.faults = [{ ...FAULTS.denied, service: "pricing" }];
    const none = await status((await verbTrialWith(twin.faults)).context, ALL);
    expect(none.total.cost).toBeUndefined();
    const text = await statusReport(none).text({ colour: false, width: 120 });
    expect(text).toContain("No price is known");
    expect(text).not.toMatch(/compute \(\d+\): \$0/);
  });

  it("is not asked for with --no-prices", async () => {
    const { context, twin } = await verbTrial();
    const result = await status(context, { selection: {}, idle: true });

    expect(twin.log.filter(({ operation }) => /GetProducts|Reserved/.test(operation))).toEqual([]);
    expect(result.prices).toBeUndefined();
    expect(rowsIn(result).every(({ money }) => money === undefined)).toBe(true);
  });
});

async function verbTrialWith(faults: Awaited<ReturnType<typeof verbTrial>>["twin"]["faults"]) {
  const trial = await verbTrial();
  trial.twin.faults = faults;
  return trial;
}

describe("running but idle", () => {
  it("is told by every hour of a week, and recommends to pause with its money", async () => {
    const { context } = await verbTrial();
    const result = await status(context, ALL);

    expect(find(result, "ec2:instance", "bastion")?.idle).toMatchObject({ kind: "idle", says: /CPUUtilization.* 1 %/ });
    expect(find(result, "ec2:instance", "web")?.idle?.kind).toBe("busy");
    expect(find(result, "ec2:instance", "Packer Builder")?.idle?.kind).toBe("too young");
    expect(find(result, "lambda:function", "order-mailer")?.idle?.kind).toBe("no data");
    expect(find(result, "elbv2:load-balancer", "web")?.idle?.kind).toBe("busy");
    const idle = result.advice.filter(({ kind }) => kind === "pause idle");
    expect(idle.map(({ row, hour }) => [row.target.name ?? row.target.id, hour])).toEqual([
      ["analytics", "0.52"],
      ["bastion", "0.0114"],
    ]);
    expect(idle[1]?.command).toMatch(/^evenkeel pause --type ec2:instance --region eu-west-1 --id i-/);
  });

  it("is nothing that AWS has no data of, not even for an hour", async () => {
    const { context, twin } = await verbTrial();
    const id = find(await status(context, STATES), "ec2:instance", "bastion")?.target.id ?? "";
    const from = new Date(context.clock.now() - 20 * 3_600_000).toISOString();
    const place = { account: context.connection.account, region: "eu-west-1", namespace: "AWS/EC2" };
    seedMetric(twin.world, { ...place, metric: "NetworkIn", dimensions: { InstanceId: id }, hourly: 1, from });
    const result = await status(context, ALL);

    expect(find(result, "ec2:instance", "bastion")?.idle).toMatchObject({ kind: "no data", says: /20 of 168 hours/ });
    expect(result.advice.map(({ row }) => row.target.name)).not.toContain("bastion");
  });

  it("is unknown where it may not be read, which is told once with the action", async () => {
    const { context, twin, host } = await verbTrial();
    twin.faults = [{ ...FAULTS.denied, service: "monitoring", operation: "GetMetricData" }];
    const result = await status(context, ALL);

    expect(find(result, "ec2:instance", "bastion")?.idle?.kind).toBe("unknown");
    expect(result.total.idle).toBe(0);
    const warnings = host.messages.filter(({ kind }) => kind === "warning");
    expect(warnings).toMatchObject([{ hint: "missing IAM actions: cloudwatch:GetMetricData" }]);
  });

  it("sends nobody to delete or pause a member of a group by itself", async () => {
    const { context, twin } = await verbTrial();
    const web = rowsIn(await status(context, STATES)).filter(({ target }) => target.name === "web");
    const place = { account: context.connection.account, region: "eu-west-1", namespace: "AWS/EC2" };
    for (const { target } of web)
      for (const metric of ["CPUUtilization", "NetworkIn", "NetworkOut"])
        seedMetric(twin.world, {
          ...{ ...place, metric, dimensions: { InstanceId: target.id } },
          hourly: 0,
          from: "2026-01-01T00:00:00.000Z",
        });
    const result = await status(context, ALL);

    expect(find(result, "ec2:instance", "web")?.idle?.kind).toBe("idle");
    expect(result.advice.filter(({ row }) => row.target.name === "web")).toEqual([]);
  });

  it("asks CloudWatch nothing with --no-idle, and only one call a region without", async () => {
    const { context, twin } = await verbTrial();
    await status(context, { selection: {}, prices: true });
    expect(twin.log.filter(({ operation }) => operation === "GetMetricData")).toEqual([]);

    await status(context, { selection: {}, idle: true });
    const regions = twin.log.filter(({ operation }) => operation === "GetMetricData").map(({ region }) => region);
    expect(new Set(regions).size).toBe(regions.length);
  });
});

describe("advice beside an armed record", () => {
  it("asks for the extension without which a pause is refused", async () => {
    const { context } = await verbTrial();
    const selection = { type: ["databases"] };
    await executePause(context, await preparePause(context, { selection, extend: false }), context.clock.now() + DAY);
    const { advice } = await status(context, ALL);

    expect(advice.find(({ kind }) => kind === "pause idle")?.command).toMatch(/ --extend$/);
  });

  it("never says that what a filter hides, or nobody could list, is not there", async () => {
    const { context, twin } = await verbTrial();
    const selection = { type: ["databases"] };
    await executePause(context, await preparePause(context, { selection, extend: false }), context.clock.now() + DAY);
    const hidden = await status(context, { selection: { id: ["nobody"] } });
    twin.faults = [{ ...FAULTS.denied, service: "rds" }];
    const denied = await status(context, { selection });

    expect([hidden, denied].flatMap(({ records }) => records.flatMap(({ absent }) => absent))).toEqual([]);
  });
});

describe("the forms of a status", () => {
  it("has the same rows in JSON and CSV", async () => {
    const { context } = await verbTrial();
    const report = statusReport(await status(context, ALL));
    const { rows } = report.data() as { rows: Record<string, unknown>[] };

    expect(report.csv.titles).toEqual([...STATUS_COLUMNS]);
    expect(rows.length).toBeGreaterThan(30);
    expect(rows.map((row) => Object.values(row))).toEqual(report.csv.records());
    for (const row of rows) expect(Object.keys(row)).toEqual([...STATUS_COLUMNS]);
  });

  it.each([80, 120])("fits a terminal of %i columns, one line a resource", async (width) => {
    const { context } = await verbTrial();
    const result = await status(context, ALL);
    const text = await statusReport(result).text({ colour: false, width });
    const [, table = ""] = text.split("\n\n");

    expect(table.split("\n").filter((line) => /^(running|paused|kept|moving|unknown) /.test(line))).toHaveLength(
      result.total.resources,
    );
    expect(table.split("\n").filter((line) => line.length > width)).toEqual([]);
  });

  it("says so where nothing is there", async () => {
    const { context } = await verbTrial();
    const result = await status(context, { selection: { id: ["nobody"] }, prices: true, idle: true });

    expect(await statusReport(result).text({ colour: false })).toContain("Nothing here can be paused");
  });
});
