import {
  CostExplorerClient,
  type Expression,
  GetCostAndUsageCommand,
  GetCostAndUsageWithResourcesCommand,
  type GroupDefinition,
} from "@aws-sdk/client-cost-explorer";
import { describe, expect, it } from "vitest";
import { virtualClock } from "../../clock.ts";
import { createTwin } from "../../twin.ts";
import { twinHandler } from "../../wire/handler.ts";
import { clientConfig } from "../../wire/sdk-clients.ts";
import { emptyWorld } from "../../world.ts";
import type { WorldCharge } from "./ledger.ts";

const [OWN, OTHER] = ["111111111111", "222222222222"] as const;
const SERVICE = "Amazon Simple Storage Service";

const charge = (more: Partial<WorldCharge> = {}): WorldCharge => ({
  day: "2026-03-10",
  service: SERVICE,
  account: OWN,
  recordType: "Usage",
  amount: "1.0000000001",
  ...more,
});
const by = (...keys: string[]): GroupDefinition[] => keys.map((Key) => ({ Type: "DIMENSION", Key }));
const only = (Key: "SERVICE" | "REGION" | "RESOURCE_ID", ...Values: string[]): Expression => ({
  Dimensions: { Key, Values },
});

interface Ask {
  readonly period?: readonly [start: string, end: string];
  readonly groups?: GroupDefinition[];
  readonly filter?: Expression;
  readonly granularity?: "DAILY" | "MONTHLY" | "HOURLY";
  readonly token?: string;
  readonly metrics?: string[];
}

function account(charges: WorldCharge[], { now = "2026-03-20T11:00:00.000Z", region = "us-east-1", sees = {} } = {}) {
  const world = { ...emptyWorld([OWN, OTHER], now), charges };
  Object.assign(world.accounts[OWN] ?? {}, sees);
  const twin = createTwin({ world, clock: virtualClock(now), strict: true });
  const client = new CostExplorerClient({ ...clientConfig(twinHandler(twin)), region });
  const input = ({
    period = ["2026-03-10", "2026-03-11"],
    groups,
    filter,
    granularity = "DAILY",
    token,
    metrics,
  }: Ask) => ({
    TimePeriod: { Start: period[0], End: period[1] },
    Granularity: granularity,
    Metrics: metrics ?? ["UnblendedCost"],
    GroupBy: groups,
    Filter: filter,
    NextPageToken: token,
  });
  return {
    twin,
    ask: (what: Ask = {}) => client.send(new GetCostAndUsageCommand(input(what))),
    resources: (what: Ask = {}) =>
      client.send(new GetCostAndUsageWithResourcesCommand({ ...input(what), Filter: what.filter })),
  };
}

describe("Cost Explorer in the twin", () => {
  it("answers with a total where nothing is grouped, else with groups, on the wire too", async () => {
    const { ask } = account([charge(), charge({ region: "eu-west-1" }), charge({ recordType: "Tax", amount: "-0.5" })]);
    const Estimated = true;
    const TimePeriod = { Start: "2026-03-10", End: "2026-03-11" };
    const sum = (Amount: string) => ({ UnblendedCost: { Amount, Unit: "USD" } });

    expect((await ask()).ResultsByTime).toEqual([{ TimePeriod, Total: sum("1.5000000002"), Groups: [], Estimated }]);
    expect((await ask({ groups: by("REGION", "RECORD_TYPE") })).ResultsByTime).toEqual([
      {
        TimePeriod,
        Estimated,
        Total: {},
        Groups: [
          { Keys: ["NoRegion", "Tax"], Metrics: sum("-0.5") },
          { Keys: ["NoRegion", "Usage"], Metrics: sum("1.0000000001") },
          { Keys: ["eu-west-1", "Usage"], Metrics: sum("1.0000000001") },
        ],
      },
    ]);
  });

  it("cuts months at the ends of the period", async () => {
    const { ask } = account([charge({ day: "2026-01-31" }), charge({ day: "2026-02-01" })]);
    const answer = await ask({ period: ["2026-01-30", "2026-02-15"], granularity: "MONTHLY" });

    expect(answer.ResultsByTime?.map(({ TimePeriod, Total }) => [TimePeriod, Total?.UnblendedCost?.Amount])).toEqual([
      [{ Start: "2026-01-30", End: "2026-02-01" }, "1.0000000001"],
      [{ Start: "2026-02-01", End: "2026-02-15" }, "1.0000000001"],
    ]);
  });

  it("tells nothing of today, and of yesterday only a part", async () => {
    const charges = ["18", "18", "19", "19", "20", "20"].map((day) => charge({ day: `2026-03-${day}`, amount: "1" }));
    const answer = await account(charges).ask({ period: ["2026-03-18", "2026-03-21"] });

    expect(answer.ResultsByTime?.map(({ Total }) => Total?.UnblendedCost?.Amount)).toEqual(["2", "1", "0"]);
  });

  it("filters by dimensions and tags, all or any of them", async () => {
    const { ask } = account([
      charge({ amount: "1", tags: { team: "a" } }),
      charge({ amount: "2", region: "eu-west-1" }),
      charge({ amount: "4", service: "Tax", tags: { team: "b" } }),
    ]);
    const sumOf = async (filter: Expression) =>
      (await ask({ filter })).ResultsByTime?.[0]?.Total?.UnblendedCost?.Amount;

    expect(await sumOf(only("SERVICE", SERVICE))).toBe("3");
    expect(await sumOf(only("SERVICE", SERVICE, "Tax"))).toBe("7");
    expect(await sumOf({ And: [only("SERVICE", SERVICE), only("REGION", "eu-west-1")] })).toBe("2");
    expect(await sumOf({ Or: [only("SERVICE", "Tax"), only("REGION", "eu-west-1")] })).toBe("6");
    expect(await sumOf({ Tags: { Key: "team", Values: ["b"] } })).toBe("4");
  });

  it("comes page by page, by tokens that belong to their request", async () => {
    const charges = Array.from({ length: 30 }, (_, at) => charge({ service: `service ${at}` }));
    const { ask } = account(charges);
    const groups = by("SERVICE");
    const first = await ask({ groups });
    const second = await ask({ groups, token: first.NextPageToken ?? "" });
    const third = await ask({ groups, token: second.NextPageToken ?? "" });
    const all = [first, second, third].flatMap(({ ResultsByTime }) => ResultsByTime?.[0]?.Groups ?? []);

    expect(new Set(all.map(({ Keys }) => Keys?.[0])).size).toBe(30);
    expect(third.NextPageToken).toBeUndefined();
    const token = first.NextPageToken ?? "";
    await expect(ask({ groups: by("REGION"), token })).rejects.toThrow(/changed between pages/);
    await expect(ask({ groups, token: "bm90aGluZw" })).rejects.toThrow(/Invalid token/);
  });

  it("shows other accounts' costs to who pays for all, and to nobody else", async () => {
    const charges = [charge({ amount: "1" }), charge({ amount: "2", account: OTHER })];
    const sumOf = async (sees: object) =>
      (await account(charges, { sees }).ask()).ResultsByTime?.[0]?.Total?.UnblendedCost?.Amount;

    expect(await sumOf({})).toBe("1");
    expect(await sumOf({ paysForAll: true })).toBe("3");
  });

  it("calls a month final on its sixth day after", async () => {
    const estimated = async (now: string) => (await account([charge()], { now }).ask()).ResultsByTime?.[0]?.Estimated;

    expect(await estimated("2026-04-05T23:00:00.000Z")).toBe(true);
    expect(await estimated("2026-04-06T01:00:00.000Z")).toBe(false);
  });

  it.each<[string, Ask, RegExp]>([
    ["a period that ends where it starts", { period: ["2026-03-10", "2026-03-10"] }, /before end date/],
    ["a day that is none", { period: ["2026-02-30", "2026-03-10"] }, /must be days/],
    ["a period beyond the month", { period: ["2026-03-10", "2026-04-02"] }, /next month/],
    ["days too long ago", { period: ["2025-01-31", "2025-02-02"] }, /beyond 14 months/],
    ["months too long ago", { period: ["2025-01-01", "2025-02-01"], granularity: "MONTHLY" }, /beyond 14 months/],
    ["a part of a month too long ago", { period: ["2025-01-02", "2025-02-01"], granularity: "MONTHLY" }, /first day/],
    ["hours", { granularity: "HOURLY" }, /HOURLY/],
    ["three groups", { groups: by("SERVICE", "REGION", "RECORD_TYPE") }, /at most 2/],
    ["a group that is none", { groups: by("COLOUR") }, /COLOUR/],
    ["resources", { groups: by("RESOURCE_ID") }, /RESOURCE_ID is not allowed/],
    ["a filter that is not simulated", { filter: { CostCategories: { Key: "a", Values: ["b"] } } }, /not simulated/],
    ["a filter of two roots", { filter: { ...only("SERVICE", "a"), Tags: { Key: "a", Values: [] } } }, /one root/],
    ["a metric that is none", { metrics: ["Happiness"] }, /Happiness/],
    ["no metric", { metrics: [] }, /Metric/],
  ])("refuses %s", async (_, what, words) => {
    await expect(account([charge()]).ask(what)).rejects.toMatchObject({
      name: "ValidationException",
      message: expect.stringMatching(words),
    });
  });

  it("answers in one region, to which the SDK goes from wherever it is", async () => {
    const { ask, twin } = account([charge()], { region: "eu-west-1" });
    expect((await ask()).ResultsByTime).toHaveLength(1);
    expect(twin.log.map(({ region }) => region)).toEqual(["us-east-1"]);

    const call = { namespace: "com.amazonaws.costexplorer", operation: "GetCostAndUsage", input: {} };
    await expect(twin.direct()({ ...call, region: "eu-west-1" })).rejects.toThrow(/does not answer in eu-west-1/);
  });
});

describe("resources in the twin", () => {
  const switchedOn = { sees: { costsByResource: true } };
  const groups = by("RESOURCE_ID");
  const filter = only("SERVICE", SERVICE);

  it("are told when they are switched on", async () => {
    const charges = [charge({ resource: "bucket" }), charge()];
    await expect(account(charges).resources({ groups, filter })).rejects.toMatchObject({
      name: "DataUnavailableException",
    });
    const answer = await account(charges, switchedOn).resources({ groups, filter });

    expect(answer.ResultsByTime?.[0]?.TimePeriod?.Start).toBe("2026-03-10T00:00:00Z");
    expect(answer.ResultsByTime?.[0]?.Groups?.map(({ Keys }) => Keys)).toEqual([["NoResourceId"], ["bucket"]]);
  });

  it.each<[string, Ask, RegExp]>([
    ["without a service", { groups }, /SERVICE/],
    ["without a resource", { filter }, /RESOURCE_ID/],
    ["of more than fourteen days ago", { groups, filter, period: ["2026-03-05", "2026-03-10"] }, /14 days/],
  ])("are refused %s", async (_, what, words) => {
    await expect(account([charge()], switchedOn).resources(what)).rejects.toThrow(words);
  });
});
