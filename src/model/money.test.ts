import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { IsoInstant, Region } from "./brand.ts";
import { type Amount, amount, type Costs, hourly, minus, moneyOf, planMoney, rate, sum } from "./money.ts";
import type { Price } from "./price.ts";

/** Amounts as millionths, so that integers can judge. */
const millionths = fc.bigInt({ min: 0n, max: 10n ** 15n });

function decimal(of: bigint): Amount {
  const digits = of.toString().padStart(7, "0");
  return amount(`${digits.slice(0, -6)}.${digits.slice(-6)}`);
}

const price = { amount: amount("1"), currency: "USD", unit: "Hrs", serviceCode: "AmazonEC2", sku: "S" } as const;
const dated: Price = { ...price, region: "eu-west-1" as Region, fetchedAt: "2026-01-01T00:00:00.000Z" as IsoInstant };

const costs = (parts: readonly { readonly hourly: Amount; readonly stops: boolean }[]): Costs => ({
  currency: "USD",
  parts: parts.map((part) => ({ ...part, part: "compute", price: dated })),
  unpriced: [],
});

describe("amounts", () => {
  it("add up exactly, however many there are", () => {
    fc.assert(
      fc.property(fc.array(millionths, { maxLength: 300 }), (all) => {
        expect(sum(all.map(decimal))).toBe(decimal(all.reduce((total, each) => total + each, 0n)));
      }),
    );
  });

  it("do not lose what floats lose", () => {
    expect(sum(["0.1", "0.2"].map(amount))).toBe("0.3");
    expect(sum(Array.from({ length: 10_000 }, () => amount("0.000001")))).toBe("0.01");
    expect(minus(amount("0.3"), amount("0.1"))).toBe("0.2");
  });

  it("are written without an exponent", () => {
    expect(amount("1e-7")).toBe("0.0000001");
    expect(amount("0E-10")).toBe("0");
    expect(() => amount("twelve")).toThrow(TypeError);
    expect(() => amount("")).toThrow(TypeError);
  });

  it("come back from hour to month to a millionth, for a million resources", () => {
    fc.assert(
      fc.property(millionths, (each) => {
        const { month } = rate(hourly(decimal(each), "1", "month"));
        const off = Math.abs(Number(minus(month, decimal(each))));
        expect(off * 1_000_000).toBeLessThan(0.000001 * 1_000_000);
        expect(off).toBeLessThan(1e-12);
      }),
    );
  });

  it("count 24 hours a day and 730 a month", () => {
    expect(rate(amount("0.0416"))).toEqual({ hour: "0.0416", day: "0.9984", month: "30.368" });
    expect(hourly(amount("0.08"), "73", "month")).toBe("0.008");
    expect(hourly(amount("0.015"), "3", "hour")).toBe("0.045");
  });
});

describe("the money of a resource", () => {
  it("saves what stops, and what remains is the rest", () => {
    const both = costs([
      { hourly: amount("0.1"), stops: true },
      { hourly: amount("0.02"), stops: false },
    ]);

    expect(moneyOf(both, true)).toMatchObject({ gross: "0.12", remains: "0.02", net: "0.1" });
    expect(moneyOf(both, false)).toMatchObject({ gross: "0.12", remains: "0.12", net: "0" });
  });
});

describe("the money of a plan", () => {
  it("is the sum of its steps, exactly", () => {
    const part = fc.record({ hourly: millionths.map(decimal), stops: fc.boolean() });
    fc.assert(
      fc.property(fc.array(fc.array(part, { maxLength: 4 }), { minLength: 1, maxLength: 40 }), (all) => {
        const steps = all.map((parts) => moneyOf(costs(parts), true));
        const total = planMoney(steps, []);

        expect(total?.net.hour).toBe(sum(steps.map(({ net }) => net)));
        expect(total?.gross.hour).toBe(sum([total?.net.hour ?? amount("0"), total?.remains.hour ?? amount("0")]));
      }),
    );
  });

  it("is not there where nobody asked for prices", () => {
    expect(planMoney([], [])).toBeUndefined();
  });

  it("counts what has no price", () => {
    const unknown: Costs = { ...costs([]), unpriced: [{ part: "tasks", stops: true, reason: "not told" }] };

    expect(planMoney([moneyOf(unknown, true)], [moneyOf(unknown, false)])).toMatchObject({ unpriced: 2 });
  });
});
