import { describe, expect, it } from "vitest";
import { testAccount } from "../../tests/contract/account.ts";
import { memoryStore } from "../../tests/contract/memory-store.ts";
import { region } from "../model/brand.ts";
import { once } from "../model/once.ts";
import { HOUR_UNITS, type PriceQuery } from "../model/price.ts";
import { virtualClock } from "../twin/clock.ts";
import { FAULTS, type Fault } from "../twin/faults.ts";
import { emptyWorld } from "../twin/world.ts";
import type { Connection } from "./connection.ts";
import { patience } from "./patience.ts";
import { priceBook } from "./price-book.ts";

const DUBLIN = region("eu-west-1");
const DAY = 24 * 3_600_000;

const NAT: PriceQuery = {
  serviceCode: "AmazonEC2",
  filters: { productFamily: "NAT Gateway", operation: "NatGateway" },
  usage: "NatGateway-Hours",
  units: HOUR_UNITS,
};
const instance = (instanceType: string): PriceQuery => ({
  serviceCode: "AmazonEC2",
  filters: { instanceType, operation: "RunInstances", tenancy: "Shared", capacitystatus: "Used" },
  units: HOUR_UNITS,
});
const UNITS: PriceQuery = {
  serviceCode: "AmazonDynamoDB",
  filters: {},
  usage: "ReadCapacityUnit-Hrs",
  units: ["ReadCapacityUnit-Hrs"],
};

async function trial() {
  const clock = virtualClock("2026-01-13T11:00:00.000Z");
  const { twin, connection } = await testAccount({ clock, world: emptyWorld(["111111111111"]) });
  const store = memoryStore();
  const { signal } = new AbortController();
  const asked = () => twin.log.filter(({ operation }) => operation === "GetProducts").length;
  /** Opens a book, asks, and closes it. */
  const ask = async (query: PriceQuery, how: Connection = connection) => {
    const over = new AbortController();
    const book = priceBook(how, store, { signal, late: once(() => patience(clock, 20_000, over.signal)) });
    const answer = await book.price(query, DUBLIN);
    over.abort();
    return { answer, trouble: await book.close() };
  };
  const fail = (fault: Fault) => {
    twin.faults = [{ ...fault, service: "pricing" }];
  };
  return { twin, clock, connection, store, ask, asked, fail, signal };
}

describe("the price book", () => {
  it("has a price with its region, its product and both dates", async () => {
    const { ask } = await trial();

    expect(await ask(NAT)).toMatchObject({
      answer: {
        kind: "price",
        price: {
          amount: "0.048",
          currency: "USD",
          unit: "Hrs",
          region: "eu-west-1",
          publishedAt: "2026-01-05T18:00:00.000Z",
          fetchedAt: "2026-01-13T11:00:00.000Z",
        },
      },
      trouble: undefined,
    });
  });

  it("asks AWS once, also in another run, and again after thirty days", async () => {
    const { ask, asked, clock } = await trial();

    await ask(NAT);
    clock.advance(29 * DAY);
    await ask(NAT);
    expect(asked()).toBe(1);

    clock.advance(2 * DAY);
    const { answer } = await ask(NAT);
    expect(asked()).toBe(2);
    expect(answer).toMatchObject({ price: { fetchedAt: "2026-02-13T11:00:00.000Z" } });
  });

  it("keeps what it knows beside what it learns", async () => {
    const { ask, asked } = await trial();

    for (const query of [NAT, instance("t3.micro"), NAT, instance("t3.micro")]) await ask(query);

    expect(asked()).toBe(2);
  });

  it("asks for equal prices at the same time once", async () => {
    const { connection, store, asked, signal } = await trial();
    const book = priceBook(connection, store, { signal, late: () => new Promise(() => undefined) });

    await Promise.all(Array.from({ length: 20 }, () => book.price({ ...NAT }, DUBLIN)));

    expect(asked()).toBe(1);
  });

  it("has no price where products with different prices match, and says how many", async () => {
    const { ask } = await trial();

    expect((await ask(instance("m5.large"))).answer).toEqual({
      kind: "unpriced",
      reason: "2 products match in the price list, at different prices",
    });
  });

  it("has no price where nothing matches, or where it is sold by another unit", async () => {
    const { ask } = await trial();

    expect((await ask(instance("x9.huge"))).answer).toMatchObject({
      kind: "unpriced",
      reason: expect.stringMatching(/no such product/),
    });
    expect((await ask({ ...NAT, units: ["GB"] })).answer).toMatchObject({
      kind: "unpriced",
      reason: expect.stringMatching(/by GB/),
    });
  });

  it("takes the first tier that costs, and never an upfront fee", async () => {
    const { ask } = await trial();

    expect((await ask(UNITS)).answer).toMatchObject({ price: { amount: "0.00013" } });
  });

  it("tells an Application Load Balancer's hour from its trust store's", async () => {
    const { ask } = await trial();
    const filters = { productFamily: "Load Balancer-Application", operation: "LoadBalancing:Application" };
    const query = { serviceCode: "AWSELB", filters, usage: "LoadBalancerUsage", units: HOUR_UNITS };

    expect((await ask(query)).answer).toMatchObject({ price: { amount: "0.0252" } });
  });

  it.each([
    ["denied", FAULTS.denied],
    ["throttled for ever", FAULTS.throttle],
    ["down", FAULTS.serverError],
  ])("takes an old price with its date when the API is %s", async (_, fault) => {
    const { ask, fail, clock } = await trial();
    await ask(NAT);
    clock.advance(90 * DAY);
    fail(fault);

    const { answer, trouble } = await ask(NAT);

    expect(answer).toMatchObject({ price: { amount: "0.048", fetchedAt: "2026-01-13T11:00:00.000Z" } });
    expect(trouble).toBeDefined();
  });

  it("says why there is no price when nothing was stored, and waits no longer than it may", async () => {
    const { ask, fail, clock } = await trial();
    fail(FAULTS.throttle);
    const before = clock.now();

    const { answer } = await ask(NAT);

    expect(answer).toMatchObject({ kind: "unpriced", reason: expect.stringMatching(/no price could be read/) });
    expect(clock.now() - before).toBeLessThanOrEqual(21_000);
  });

  it("does not ask on once the API has refused", async () => {
    const { connection, store, twin, fail, signal } = await trial();
    fail(FAULTS.denied);
    const book = priceBook(connection, store, { signal, late: () => new Promise(() => undefined) });

    await book.price(NAT, DUBLIN);
    await book.price(instance("t3.micro"), DUBLIN);

    expect(twin.log.filter(({ operation }) => operation === "GetProducts")).toHaveLength(1);
    expect(await book.close()).toContain("GetProducts");
  });

  it("takes a damaged page for none", async () => {
    const { ask, store } = await trial();
    store.objects.set("prices/aws/eu-west-1/AmazonEC2.json", Buffer.from('{"schema":1,"prices":{"x":{"amount":"free"'));

    expect((await ask(NAT)).answer).toMatchObject({ kind: "price" });
  });

  it("has no prices in partitions where the API does not answer", async () => {
    const { ask, connection, asked } = await trial();

    const { answer } = await ask(NAT, { ...connection, partition: "aws-us-gov" });

    expect(answer).toMatchObject({ kind: "unpriced", reason: expect.stringMatching(/aws-us-gov/) });
    expect(asked()).toBe(0);
  });
});
