import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { COMPUTE, units } from "../../../../tests/contract/explorer-trial.ts";
import { runs } from "../../../../tests/contract/runs.ts";
import { day } from "../../../model/calendar.ts";
import { type Amount, amount, sign } from "../../../model/money.ts";
import { allocated, type Weights, type WeightsAbout } from "./allocated.ts";
import type { Cell } from "./cells.ts";
import type { ExplorerQuery } from "./query.ts";

const MARCH = day("2026-03-01");
const QUERY: ExplorerQuery = {
  days: { start: day("2026-03-09"), end: day("2026-03-20") },
  granularity: "monthly",
  groupBy: ["region", "service"],
  metric: "unblended",
};
const cell = (more: Partial<Cell> = {}): Cell => ({
  period: MARCH,
  service: COMPUTE,
  kind: "usage",
  second: "eu-west-1",
  amount: amount("10"),
  ...more,
});

async function split(cells: readonly Cell[], weights?: Partial<Weights>) {
  const asked: WeightsAbout[] = [];
  const parts = await allocated(
    QUERY,
    cells,
    ({ kind }) => ({ side: "unallocated", reason: kind }),
    async (about) => {
      asked.push(about);
      const none = { baseline: amount("0"), notBaseline: amount("0"), sureness: "by price" } as const;
      return weights ? { ...none, ...weights } : { doubt: "nobody knows" };
    },
  );
  return { parts, asked };
}

describe("usage", () => {
  it("is shared by the weights, to the last digit, and says how sure that is", async () => {
    const { parts } = await split([cell()], { baseline: amount("1"), notBaseline: amount("2"), sureness: "by count" });

    const group = ["eu-west-1", COMPUTE];
    expect(parts).toEqual([
      { period: MARCH, group, side: "baseline", sureness: "by count", amount: "3.3333333333" },
      { period: MARCH, group, side: "notBaseline", sureness: "by count", amount: "6.6666666667" },
    ]);
  });

  it("beyond what its resources cost by list prices is of what is gone, and on no side", async () => {
    const { parts } = await split([cell()], { baseline: amount("4"), explains: amount("4"), sureness: "one side" });

    expect(parts.map(({ side, amount, reason }) => [side, amount, reason])).toEqual([
      ["baseline", "4", undefined],
      ["unallocated", "6", "more than what is there now costs by list prices"],
    ]);
  });

  it("below it is shared as a whole: discounts are nobody's alone", async () => {
    const weights = { baseline: amount("15"), notBaseline: amount("5"), explains: amount("20") };
    const { parts } = await split([cell()], { ...weights, sureness: "by price" });

    expect(parts.map(({ side, amount }) => [side, amount])).toEqual([
      ["baseline", "7.5"],
      ["notBaseline", "2.5"],
    ]);
  });

  it("never loses or makes a digit, nor goes beyond either end", async () => {
    const digits = fc.integer({ min: 0, max: 9_999_999_999 }).map((each) => String(each).padStart(10, "0"));
    const sums = fc
      .tuple(fc.integer({ min: -999, max: 99_999 }), digits)
      .map(([whole, rest]) => amount(`${whole}.${rest}`));
    const weight = fc.tuple(fc.nat(1_000_000), digits).map(([whole, rest]) => amount(`${whole}.${rest}`));
    await fc.assert(
      fc.asyncProperty(sums, weight, weight, async (of, baseline, notBaseline) => {
        const { parts } = await split([cell({ amount: of })], { baseline, notBaseline });

        expect(units(parts.map((part) => part.amount))).toBe(units([of]));
        expect(parts.every((part) => sign(part.amount) === sign(of))).toBe(true);
      }),
      runs(300),
    );
  });

  it("is on one side where the other weighs nothing", async () => {
    const { parts } = await split([cell()], { notBaseline: amount("0.04"), sureness: "one side" });

    expect(parts).toMatchObject([{ side: "notBaseline", sureness: "one side", amount: "10" }]);
  });

  it("is on no side where nothing is known, nothing weighs anything, or the catalog has no such resources", async () => {
    const unknown = await split([cell()]);
    const weightless = await split([cell()], {});
    const foreign = await split([cell({ service: "Amazon Kendra" })], { baseline: amount("1") });

    for (const { parts } of [unknown, weightless, foreign])
      expect(parts).toMatchObject([{ side: "unallocated", amount: "10", reason: expect.any(String) }]);
    expect(foreign.asked).toEqual([]);
    expect(foreign.parts[0]?.reason).not.toBe(unknown.parts[0]?.reason);
  });

  it("asks for the weights of its own types, region and days", async () => {
    const { asked } = await split([cell()]);

    expect(asked).toEqual([
      {
        service: COMPUTE,
        product: "AmazonEC2",
        types: ["AWS::EC2::Instance"],
        days: QUERY.days,
        region: "eu-west-1",
      },
    ]);
  });
});

describe("what is no usage", () => {
  it.each(["tax", "support", "credit", "refund", "fee", "discount", "transfer", "other"] as const)(
    "of the kind %s is never shared out",
    async (kind) => {
      const of = "-3.1" as Amount;
      const { parts, asked } = await split([cell({ kind, amount: of })], { baseline: amount("1") });

      expect(parts).toEqual([
        { period: MARCH, group: ["eu-west-1", COMPUTE], side: "unallocated", reason: kind, amount: of },
      ]);
      expect(asked).toEqual([]);
    },
  );
});
