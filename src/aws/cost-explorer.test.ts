import { describe, expect, it } from "vitest";
import { COMPUTE, charge, explorerTrial, NOW, type TrialOptions } from "../../tests/contract/explorer-trial.ts";
import { day } from "../model/calendar.ts";
import type { CostQuestion } from "../model/cost-question.ts";
import { FAULTS } from "../twin/faults.ts";
import { askCosts } from "./cost-explorer.ts";
import { firstKept } from "./cost-explorer-errors.ts";

const days = (start: string, end = start) => ({ start: day(start), end: day(end) });
const question = (more: Partial<CostQuestion> = {}): CostQuestion => ({
  days: days("2026-03-10"),
  granularity: "daily",
  metric: "unblended",
  groupBy: ["SERVICE"],
  only: [],
  withResources: false,
  ...more,
});
const OF_COMPUTE = { only: [{ key: "SERVICE", values: [COMPUTE] }], withResources: true } as const;
const fault = (code: string, message = "no", more = {}) =>
  ({ kind: "error", code, message, status: 400, service: "ce", ...more }) as const;

async function trial(options: TrialOptions = {}) {
  const all = await explorerTrial(options);
  let asked = 0;
  const ask = (what: Partial<CostQuestion> = {}, connection = all.connection) =>
    askCosts(connection, question(what), async () => void asked++);
  return { ...all, ask, asked: () => asked };
}

/** Thirty resources, which are three pages of the twin. */
const MANY = Array.from({ length: 30 }, (_, at) => charge({ resource: `i-${at}`, amount: `0.0000000${at + 10}` }));

describe("a request", () => {
  it("has the day after the last as its end", async () => {
    const { ask, requests } = await trial();
    await ask({ days: days("2026-02-28") });
    await ask({ days: days("2026-01-01", "2026-02-28"), granularity: "monthly" });

    expect(requests().map(({ input }) => input)).toMatchObject([
      { TimePeriod: { Start: "2026-02-28", End: "2026-03-01" }, Granularity: "DAILY" },
      { TimePeriod: { Start: "2026-01-01", End: "2026-03-01" }, Granularity: "MONTHLY" },
    ]);
  });

  it("goes to the one region where Cost Explorer answers", async () => {
    const { ask, requests, connection } = await trial();
    await ask();
    expect(connection.defaultRegion).toBe("us-east-1");
    await ask({}, { ...connection, defaultRegion: "eu-west-1" as typeof connection.defaultRegion });

    expect(requests().map(({ region }) => region)).toEqual(["us-east-1", "us-east-1"]);
  });

  it("goes nowhere in a partition without Cost Explorer", async () => {
    const { ask, asked, connection } = await trial();

    await expect(ask({}, { ...connection, partition: "aws-us-gov" })).rejects.toMatchObject({
      code: "UNSUPPORTED",
      message: expect.stringContaining("aws-us-gov"),
    });
    expect(asked()).toBe(0);
  });
});

describe("an answer", () => {
  it("has the lines of all pages, and each page is told before it is asked for", async () => {
    const { ask, asked, requests } = await trial({ charges: MANY });

    const { lines, pages } = await ask({ ...OF_COMPUTE, groupBy: ["RESOURCE_ID", "REGION"] });

    expect(lines).toHaveLength(30);
    expect(new Set(lines.map(({ keys }) => keys.join())).size).toBe(30);
    expect(lines).toContainEqual({ period: "2026-03-10", keys: ["i-7", "eu-west-1"], amount: "0.000000017" });
    expect([pages, asked(), requests().length]).toEqual([3, 3, 3]);
  });

  it("keeps every digit", async () => {
    const { ask } = await trial({
      charges: [charge({ amount: "12345678.1234567891" }), charge({ amount: "0.0000000009" })],
    });

    expect((await ask()).lines[0]?.amount).toBe("12345678.12345679");
  });

  it("has no lines and yet a currency where nothing was spent", async () => {
    const { ask } = await trial({ charges: [] });

    expect(await ask()).toEqual({ lines: [], currencies: ["USD"], estimated: ["2026-03-10"], pages: 1 });
  });

  it.each(["RequestChangedException", "InvalidNextTokenException"])(
    "is asked for once more from its beginning after %s",
    async (code) => {
      const { ask, asked, twin } = await trial({ charges: MANY });
      twin.faults = [fault(code, "again", { skip: 1, times: 1 })];

      expect((await ask({ ...OF_COMPUTE, groupBy: ["RESOURCE_ID"] })).lines).toHaveLength(30);
      expect(asked()).toBe(2 + 3);
    },
  );

  it("is not asked for a third time", async () => {
    const { ask, asked, twin } = await trial({ charges: MANY });
    twin.faults = [fault("RequestChangedException")];

    await expect(ask()).rejects.toMatchObject({ code: "AWS_REFUSED" });
    expect(asked()).toBe(2);
  });
});

describe("an error", () => {
  it.each([
    ["BillExpirationException", "The requested report expired."],
    ["ValidationException", "You haven't enabled historical data beyond 14 months."],
    [
      "ValidationException",
      "start date is too old for hourly, the max supported days for hourly granularity is 14 days.",
    ],
    ["ValidationException", "end date past the beginning of next month"],
  ])("that is %s is the asker's, with the window", async (code, message) => {
    const { ask, twin } = await trial();
    twin.faults = [fault(code, message)];

    await expect(ask()).rejects.toMatchObject({
      code: "USAGE",
      exit: 2,
      message: expect.stringContaining("2025-02-01 to 2026-03-20"),
      details: { awsCode: code },
    });
  });

  it.each([
    ["AccessDeniedException", "User not enabled for cost explorer access"],
    ["DataUnavailableException", "Data is not available."],
  ])("that is %s says what to switch on", async (code, message) => {
    const { ask, twin } = await trial();
    twin.faults = [fault(code, message)];

    await expect(ask()).rejects.toMatchObject({
      code: "ACCESS_DENIED",
      exit: 3,
      message: expect.stringContaining(message),
      details: { hint: expect.stringMatching(/ce:GetCostAndUsage.*IAM access to Billing/) },
    });
    await expect(ask({ ...OF_COMPUTE, groupBy: ["RESOURCE_ID"] })).rejects.toMatchObject({
      code: "ACCESS_DENIED",
      details: { hint: expect.stringMatching(/ce:GetCostAndUsageWithResources.*resource-level/) },
    });
  });

  it("that is of another request stays what it is", async () => {
    const { ask, twin } = await trial();
    twin.faults = [fault("ValidationException", "Dimension AZ is not allowed.")];

    await expect(ask()).rejects.toMatchObject({ code: "AWS_REFUSED" });
  });

  it("that is a throttle is waited for", async () => {
    const { ask, asked, twin } = await trial();
    twin.faults = [fault("LimitExceededException", "Rate exceeded", { times: 2 }), { ...FAULTS.throttle, times: 1 }];

    expect((await ask()).lines).toHaveLength(1);
    expect(asked()).toBe(1);
  });
});

it("knows from which day on AWS keeps costs", () => {
  const first = (now: string, more: Partial<CostQuestion> = {}) => firstKept(question(more), Date.parse(now));

  expect(first(NOW)).toBe("2025-02-01");
  expect(first("2026-03-31T23:59:59.999Z")).toBe("2025-02-01");
  expect(first("2026-01-01T00:00:00.000Z")).toBe("2024-12-01");
  expect(first(NOW, { withResources: true })).toBe("2026-03-06");
  expect(first("2028-03-14T00:00:00.000Z", { withResources: true })).toBe("2028-02-29");
  expect(first(NOW, { granularity: "monthly" })).toBe("2025-02-01");
  expect(first(NOW, { granularity: "monthly", days: days("2026-01-01") })).toBe("2023-02-01");
});
