import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ACCOUNT } from "../../../../tests/contract/account.ts";
import { COMPUTE, charge, explorerTrial, ledgers, units } from "../../../../tests/contract/explorer-trial.ts";
import { runs } from "../../../../tests/contract/runs.ts";
import { accountId } from "../../../model/brand.ts";
import { day } from "../../../model/calendar.ts";
import { COST_METRICS, type Days, GRANULARITIES, type GroupKey } from "../../../model/cost.ts";
import { FAULTS } from "../../../twin/faults.ts";
import { explore } from "./explorer.ts";
import type { ExplorerQuery } from "./query.ts";

const days = (start: string, end = start): Days => ({ start: day(start), end: day(end) });
const query = (more: Partial<ExplorerQuery> = {}): ExplorerQuery => ({
  days: days("2026-03-10"),
  granularity: "daily",
  groupBy: ["service"],
  metric: "unblended",
  ...more,
});

const GROUPS: readonly (readonly GroupKey[])[] = [
  ["service"],
  ["region"],
  ["account"],
  ["tag:team"],
  ["service", "region"],
  ["account", "service"],
  [],
];

describe("the parts add up to the ledger's own sum, to the last digit", () => {
  it.each([
    ["shared out", "no", days("2026-02-27", "2026-03-10"), GROUPS],
    [
      "by resource",
      "only",
      days("2026-03-09", "2026-03-10"),
      [...GROUPS, ["type"], ["type", "region"]] as typeof GROUPS,
    ],
  ] as const)("%s, whatever it is grouped by", async (_, withResources, period, groups) => {
    const cases = fc.record({
      charges: ledgers,
      groupBy: fc.constantFrom(...groups),
      granularity: fc.constantFrom(...GRANULARITIES),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ charges, groupBy, granularity }) => {
        const { means } = await explorerTrial({ charges, answers: Array.from({ length: 9 }, () => true) });
        const { split } = await explore(query({ days: period, groupBy, granularity }), withResources, means);

        const inside = charges.filter((each) => each.day >= period.start && each.day <= period.end);
        const ledger = units(inside.map((each) => each.amount));
        expect(units(split.parts.map((each) => each.amount))).toBe(ledger);
        expect(units([split.total])).toBe(ledger);
      }),
      runs(60),
    );
  });

  it("group by group, where the groups are in the ledger", async () => {
    const cases = fc.record({ charges: ledgers, key: fc.constantFrom("region", "account", "service") });
    await fc.assert(
      fc.asyncProperty(cases, async ({ charges, key }) => {
        const { means } = await explorerTrial({ charges, answers: Array.from({ length: 9 }, () => true) });
        const period = days("2026-03-09", "2026-03-10");
        const { split } = await explore(query({ days: period, groupBy: [key] }), "only", means);

        const inside = charges.filter((each) => each.day >= period.start && each.day <= period.end);
        for (const value of new Set(inside.map((each) => each[key] ?? ""))) {
          const own = inside.filter((each) => (each[key] ?? "") === value);
          const parts = split.parts.filter(({ group }) => group[0] === value);
          expect(units(parts.map((each) => each.amount))).toBe(units(own.map((each) => each.amount)));
        }
      }),
      runs(40),
    );
  });

  it.each(COST_METRICS)("by the metric %s", async (metric) => {
    const charges = [charge({ amount: "3.1", amortized: "2.02", net: "1.003" })];
    const { means } = await explorerTrial({ charges });

    const { split } = await explore(query({ metric }), "only", means);

    expect(split.total).toBe({ unblended: "3.1", amortized: "2.02", net: "1.003" }[metric]);
  });
});

describe("the period", () => {
  it("has its last day in it, also at a month's end and on a leap day", async () => {
    const dates = ["2027-12-30", "2027-12-31", "2028-01-01", "2028-02-28", "2028-02-29", "2028-03-01"];
    const charges = dates.map((each) => charge({ day: each, amount: "1" }));
    const { means } = await explorerTrial({ charges, now: "2028-03-20T11:00:00.000Z" });
    const sumOf = async (start: string, end: string) =>
      (await explore(query({ days: days(start, end) }), "no", means)).split.total;

    expect(await sumOf("2027-12-31", "2027-12-31")).toBe("1");
    expect(await sumOf("2027-12-30", "2028-01-01")).toBe("3");
    expect(await sumOf("2028-02-28", "2028-02-29")).toBe("2");
    expect(await sumOf("2028-02-29", "2028-02-29")).toBe("1");
  });

  it("has months by their first day, cut to the days asked for", async () => {
    const charges = ["2026-01-31", "2026-02-14", "2026-02-28", "2026-03-01"].map((each) => charge({ day: each }));
    const { means } = await explorerTrial({ charges });
    const asked = query({ days: days("2026-02-15", "2026-03-01"), granularity: "monthly" });

    const { split } = await explore(asked, "no", means);

    expect([...new Set(split.parts.map(({ period }) => period))]).toEqual(["2026-02-01", "2026-03-01"]);
    expect(split.total).toBe("2");
  });

  it("is refused outside what AWS keeps, with the window and without a request", async () => {
    const { means, requests } = await explorerTrial();
    const code = "USAGE";

    await expect(explore(query({ days: days("2025-01-31", "2026-03-01") }), "no", means)).rejects.toMatchObject({
      code,
      message: expect.stringContaining("2025-02-01 to 2026-03-20"),
    });
    await expect(explore(query({ days: days("2026-03-05", "2026-03-10") }), "only", means)).rejects.toMatchObject({
      code,
      message: expect.stringContaining("2026-03-06 to 2026-03-20"),
    });
    await expect(explore(query({ days: days("2026-03-21") }), "no", means)).rejects.toMatchObject({ code });
    expect(requests()).toEqual([]);
  });

  it("may be older by whole months, which AWS decides", async () => {
    const { means, requests } = await explorerTrial();
    const asked = query({ days: days("2024-01-01", "2026-02-28"), granularity: "monthly" });

    await expect(explore(asked, "no", means)).rejects.toMatchObject({
      code: "USAGE",
      message: expect.stringContaining("2025-02-01"),
      details: { awsCode: "ValidationException", hint: expect.stringContaining("--bill") },
    });
    expect(requests()).toHaveLength(1);
  });

  it("is told as estimated while the bill is not final, and lacks what AWS does not tell yet", async () => {
    const dates = ["2026-03-18", "2026-03-18", "2026-03-19", "2026-03-19", "2026-03-20", "2026-03-20"];
    const charges = dates.map((each) => charge({ day: each }));
    const { means } = await explorerTrial({ charges });

    const { split } = await explore(query({ days: days("2026-03-18", "2026-03-20") }), "no", means);

    expect(split.total).toBe("3");
    expect(split.notes).toEqual([expect.stringContaining("2026-03-18 to 2026-03-20 estimated")]);
  });

  it("is final some days into the next month", async () => {
    const { means } = await explorerTrial({ charges: [charge({ day: "2026-02-10" })] });

    expect((await explore(query({ days: days("2026-02-10") }), "no", means)).split.notes).toEqual([]);
  });
});

describe("with resources", () => {
  it("has each resource on its side, and what names none as a line of its own", async () => {
    const charges = [
      charge({ resource: "i-0a", amount: "1.5" }),
      charge({ resource: "i-0b", amount: "2.25" }),
      charge({ amount: "0.125" }),
      charge({ service: "Tax", recordType: "Tax", amount: "0.5" }),
    ];
    const { means } = await explorerTrial({ charges });

    const { split, source } = await explore(query({ groupBy: ["type"] }), "only", means);

    expect(source).toEqual({ kind: "cost-explorer-resources" });
    expect(split.parts).toEqual(
      expect.arrayContaining([
        { period: "2026-03-10", group: ["AWS::EC2::Instance"], side: "baseline", amount: "1.5" },
        { period: "2026-03-10", group: ["AWS::EC2::Instance"], side: "notBaseline", amount: "2.25" },
        { period: "2026-03-10", group: [""], side: "unallocated", reason: "usage without a resource", amount: "0.125" },
        { period: "2026-03-10", group: [""], side: "unallocated", reason: "tax without a resource", amount: "0.5" },
      ]),
    );
    expect(split.parts).toHaveLength(4);
  });

  it("gives what a service's resources do not add up to as a line without a resource", async () => {
    const { means, twin } = await explorerTrial({ charges: [charge({ resource: "i-0a", amount: "3" })] });
    const direct = twin.handle;
    // AWS tells of the service first, and by then has more of it than of its resources.
    twin.handle = async (request) => {
      const { world } = twin;
      const isFirst = request.operation === "GetCostAndUsage";
      world.charges = [charge({ resource: "i-0a", amount: isFirst ? "3.5" : "3" })];
      return direct(request);
    };

    const { split } = await explore(query(), "only", means);

    expect(split.total).toBe("3.5");
    expect(split.parts).toContainEqual({
      period: "2026-03-10",
      group: [COMPUTE],
      side: "unallocated",
      reason: "other without a resource",
      amount: "0.5",
    });
  });

  it("knows an instance's region where nothing else is grouped by", async () => {
    const charges = [charge({ resource: "i-0a", region: "us-east-1" })];
    const { means } = await explorerTrial({ charges });
    const seen: unknown[] = [];

    await explore(query({ account: accountId(ACCOUNT) }), "only", {
      ...means,
      judge: (charged) => {
        seen.push(charged);
        return { side: "baseline" };
      },
    });

    expect(seen).toEqual([
      { product: "AmazonEC2", kind: "usage", resource: "i-0a", region: "us-east-1", account: ACCOUNT },
    ]);
  });

  it("has one account's costs only, where a management account sees all", async () => {
    const charges = [charge({ resource: "i-0a" }), charge({ account: "222222222222", resource: "i-0a", amount: "7" })];
    const { means } = await explorerTrial({ charges });

    expect((await explore(query({ account: accountId(ACCOUNT) }), "only", means)).split.total).toBe("1");
    expect((await explore(query(), "only", means)).split.total).toBe("8");
  });

  it("takes a tag's value as it is, also one with a dollar sign and one of nothing", async () => {
    const charges = [
      charge({ resource: "i-0a", tags: { team: "a$b" } }),
      charge({ resource: "i-0a", tags: {}, amount: "2" }),
    ];
    const { means } = await explorerTrial({ charges });

    const { split } = await explore(query({ groupBy: ["tag:team"] }), "only", means);

    expect(split.parts.map(({ group, amount }) => [group[0], amount]).sort()).toEqual([
      ["", "2"],
      ["a$b", "1"],
    ]);
  });
});

describe("where AWS tells no resources", () => {
  const wanted = { kind: "cost-explorer", rule: expect.any(String) };

  it("shares out when they are not switched on, and says what to switch on", async () => {
    const { means } = await explorerTrial({ resources: false });

    const { split, source, asked } = await explore(query(), "if possible", means);

    expect(source).toEqual(wanted);
    expect(split.notes[0]).toMatch(/shared out.*Cost Management preferences.*resource-level/);
    expect(asked).toEqual({ requests: 2, kept: 0, price: "0.02" });
  });

  it("shares out when they are denied, and says which right is missing", async () => {
    const { means, twin } = await explorerTrial();
    twin.faults = [{ ...FAULTS.denied, operation: "GetCostAndUsageWithResources" }];

    const { split, source } = await explore(query(), "if possible", means);

    expect(source).toEqual(wanted);
    expect(split.notes[0]).toContain("ce:GetCostAndUsageWithResources");
  });

  it("shares out when AWS refuses the question, as it may for some services", async () => {
    const { means, twin } = await explorerTrial();
    const refusal = { code: "ValidationException", message: "Filter is not valid for this API", status: 400 };
    twin.faults = [{ ...FAULTS.denied, ...refusal, operation: "GetCostAndUsageWithResources" }];

    const { split, source } = await explore(query(), "if possible", means);

    expect(source).toEqual(wanted);
    expect(split.notes[0]).toContain("Filter is not valid");
  });

  it("shares out a period older than fourteen days, and asks for no resources", async () => {
    const { means, requests } = await explorerTrial({ charges: [charge({ day: "2026-02-01" })] });

    const { split } = await explore(query({ days: days("2026-02-01", "2026-03-10") }), "if possible", means);

    expect(split.notes[0]).toContain("last 14 days");
    expect(requests().every(({ operation }) => operation === "GetCostAndUsage")).toBe(true);
  });

  it("fails when only resources were wanted", async () => {
    const { means } = await explorerTrial({ resources: false });

    await expect(explore(query(), "only", means)).rejects.toMatchObject({
      code: "ACCESS_DENIED",
      exit: 3,
      details: { hint: expect.stringContaining("resource-level"), awsCode: "DataUnavailableException" },
    });
  });

  it("fails for groups by type, before a request where that is known", async () => {
    const { means, requests } = await explorerTrial({ resources: false });

    await expect(explore(query({ groupBy: ["type"] }), "no", means)).rejects.toMatchObject({ code: "USAGE" });
    expect(requests()).toEqual([]);
    await expect(explore(query({ groupBy: ["type"] }), "if possible", means)).rejects.toMatchObject({
      code: "ACCESS_DENIED",
    });
  });

  it("fails when Cost Explorer itself is denied, and says what to switch on", async () => {
    const { means, twin } = await explorerTrial();
    twin.faults = [{ ...FAULTS.denied, service: "ce" }];

    await expect(explore(query(), "if possible", means)).rejects.toMatchObject({
      code: "ACCESS_DENIED",
      exit: 3,
      details: { action: "ce:GetCostAndUsage", hint: expect.stringMatching(/IAM access to Billing.*Cost Explorer/) },
    });
  });

  it("refuses more groups than AWS makes, without a request", async () => {
    const { means, requests } = await explorerTrial();

    await expect(explore(query({ groupBy: ["region", "tag:team"] }), "no", means)).rejects.toMatchObject({
      code: "USAGE",
      details: { hint: expect.stringContaining("--bill") },
    });
    expect(requests()).toEqual([]);
  });
});
