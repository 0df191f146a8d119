import { expect, it } from "vitest";
import type { IsoInstant, Region } from "../model/brand.ts";
import { amount, moneyOf, planMoney } from "../model/money.ts";
import { hourlyPrice, moneyLines, price, rateText } from "./money.ts";

it("groups thousands and rounds to what is shown", () => {
  expect(price(amount("1355.537"), "USD")).toBe("$1,355.54");
  expect(price(amount("1234567.005"), "USD")).toBe("$1,234,567.01");
  expect(price(amount("-12.5"), "USD")).toBe("-$12.50");
  expect(price(amount("12.5"), "CNY")).toBe("CNY 12.50");
});

it("never shows something as nothing", () => {
  expect(hourlyPrice(amount("0.00001"), "USD")).toBe("< $0.0001");
  expect(hourlyPrice(amount("0"), "USD")).toBe("$0.0000");
});

it("tells hour, day and month", () => {
  expect(rateText({ hour: amount("0.0416"), day: amount("0.9984"), month: amount("30.368") }, "USD")).toBe(
    "$0.0416 an hour, $1.00 a day, $30.37 a month",
  );
});

it("says what is not in the sums, and of when the prices are", () => {
  const fetchedAt = "2026-01-13T11:00:00.000Z" as IsoInstant;
  const shared = {
    currency: "USD",
    unit: "Hrs",
    serviceCode: "AmazonEC2",
    region: "eu-west-1" as Region,
    sku: "S",
  } as const;
  const costs = {
    currency: "USD" as const,
    parts: [
      { part: "compute", hourly: amount("0.1"), stops: true, price: { ...shared, amount: amount("0.1"), fetchedAt } },
    ],
    unpriced: [{ part: "tasks", stops: true, reason: "not told" }],
  };
  const money = planMoney([moneyOf(costs, true)], [moneyOf(costs, false)]);

  expect(money && moneyLines(money, "pause")).toEqual([
    "Saves $0.1000 an hour, $2.40 a day, $73.00 a month.",
    "Goes on costing, of what is paused: $0.0000 an hour, $0.00 a day, $0.00 a month.",
    "Goes on costing, of what is kept: $0.1000 an hour, $2.40 a day, $73.00 a month.",
    "Not in these sums: 2 parts without a price.",
    "On-demand list prices, read from AWS 2026-01-13 11:00 UTC; discounts and Savings Plans are not looked at.",
  ]);
  expect(money && moneyLines(money, "resume")[0]).toBe("Costs again $0.1000 an hour, $2.40 a day, $73.00 a month.");
});
