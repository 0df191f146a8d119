import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Connection } from "../../src/aws/connection.ts";
import { connect } from "../../src/aws/session.ts";
import { memoryHost } from "../../src/io/memory.ts";
import { systemClock } from "../../src/io/system-clock.ts";
import { addDays, dayOf } from "../../src/model/calendar.ts";
import { amount, sum } from "../../src/model/money.ts";
import type { Store } from "../../src/store/store.ts";
import { explore } from "../../src/verbs/cost/explorer/explorer.ts";
import { memoryStore } from "../contract/memory-store.ts";
import { describeMoto, type MotoServer, startMoto } from "./environment.ts";

const COMPUTE = "Amazon Elastic Compute Cloud - Compute";
const DAY = addDays(dayOf(Date.now()), -5);

/** A page as AWS gives it, of one day. */
function page(groups: Readonly<Record<string, string>>, token?: string): object {
  const TimePeriod = { Start: DAY, End: addDays(DAY, 1) };
  const Groups = Object.entries(groups).map(([keys, Amount]) => ({
    Keys: keys.split("|"),
    Metrics: { UnblendedCost: { Amount, Unit: "USD" } },
  }));
  return {
    ResultsByTime: [{ TimePeriod, Total: {}, Groups, Estimated: false }],
    DimensionValueAttributes: [],
    ...(token === undefined ? {} : { NextPageToken: token }),
  };
}

describeMoto("Cost Explorer's answers, from moto through the SDK", () => {
  let moto: MotoServer;
  let connection: Connection;
  let store: Store;
  beforeAll(async () => {
    moto = await startMoto({ strict: false });
    vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
    const { signal } = new AbortController();
    connection = await connect({ clock: systemClock, signal, endpoint: moto.url, region: "eu-west-1" });
  });
  afterAll(() => moto.stop());
  beforeEach(async () => {
    await moto.reset();
    store = memoryStore();
  });

  /** What moto is to answer: to each new request the next. */
  const preload = async (...results: object[]) => {
    const answer = await fetch(`${moto.url}/moto-api/static/ce/cost-and-usage-results`, {
      method: "POST",
      body: JSON.stringify({ results }),
    });
    expect(answer.status).toBe(201);
  };
  const ask = (withResources: "no" | "if possible", groupBy: "service" | "region" = "service") =>
    explore(
      { days: { start: DAY, end: DAY }, granularity: "daily", groupBy: [groupBy], metric: "unblended" },
      withResources,
      {
        connection,
        store,
        host: memoryHost(),
        judge: ({ kind }) => ({ side: "unallocated", reason: kind }),
        weigh: async () => ({ baseline: amount("1"), notBaseline: amount("3"), sureness: "by price" }),
      },
    );

  test("add up over two pages, and two requests cost two cents", async () => {
    await preload(
      page({ [`${COMPUTE}|Usage`]: "10.0000000001", "Tax|Tax": "1.9" }, "more"),
      page({ [`${COMPUTE}|Credit`]: "-0.3", "Amazon Kendra|Usage": "0.25" }),
    );

    const { split, asked, source } = await ask("no");

    expect(asked).toEqual({ requests: 2, kept: 0, price: "0.02" });
    expect(source.kind).toBe("cost-explorer");
    expect(split.total).toBe("11.8500000001");
    expect(split.parts.map(({ group, side, amount: of }) => [group[0], side, of])).toEqual(
      expect.arrayContaining([
        [COMPUTE, "baseline", "2.5"],
        [COMPUTE, "notBaseline", "7.5000000001"],
        [COMPUTE, "unallocated", "-0.3"],
        ["Tax", "unallocated", "1.9"],
        ["Amazon Kendra", "unallocated", "0.25"],
      ]),
    );
  });

  test("to several questions are put together, and cost nothing a second time", async () => {
    await preload(
      page({ [`${COMPUTE}|Usage`]: "4", "Tax|Tax": "1" }),
      page({ [`${COMPUTE}|eu-west-1`]: "3", [`${COMPUTE}|us-east-1`]: "0.5" }),
      page({ "Tax|NoRegion": "1" }),
    );

    const first = await ask("no", "region");
    const second = await ask("no", "region");

    expect(first.asked).toEqual({ requests: 3, kept: 0, price: "0.03" });
    expect(second.asked).toEqual({ requests: 0, kept: 3, price: "0" });
    expect(second.split).toEqual(first.split);
    const sumOf = (where: string) =>
      sum(first.split.parts.filter(({ group }) => group[0] === where).map((part) => part.amount));
    // What AWS's regions lack against its total is of no region, as its tax is.
    expect(["eu-west-1", "us-east-1", ""].map(sumOf)).toEqual(["3", "0.5", "1.5"]);
  });

  test("are none where nothing was spent", async () => {
    const { split } = await ask("no");

    expect(split).toEqual({ parts: [], total: "0", currency: "USD", malformed: { lines: 0, samples: [] }, notes: [] });
  });
});
