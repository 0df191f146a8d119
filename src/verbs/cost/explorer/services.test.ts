import { expect, it } from "vitest";
import { free } from "../../../catalog/charges.ts";
import { FACTS, loadEntry } from "../../../catalog/registry.ts";
import { kindOf, kindOfRecord } from "./kinds.ts";
import { EXPLORER_SERVICES, productOf } from "./services.ts";

it("has a service for every type of the catalog that costs something", async () => {
  const listed = new Set(Object.values(EXPLORER_SERVICES).flatMap(({ types }) => types));
  const entries = await Promise.all(FACTS.map(async ({ type }) => ({ type, ...(await loadEntry(type)) })));
  const missing = entries.filter(({ type, charges }) => charges !== free && !listed.has(type));

  expect(missing.map(({ type }) => type)).toEqual([]);
});

it("has only types of the catalog", () => {
  const known = new Set(FACTS.map(({ type }) => type));
  const unknown = Object.values(EXPLORER_SERVICES).flatMap(({ types }) => types.filter((type) => !known.has(type)));

  expect(unknown).toEqual([]);
});

it("has the product codes by which bills name bare resources", () => {
  const products = new Set(Object.values(EXPLORER_SERVICES).map(({ product }) => product));
  const unknown = FACTS.filter(({ billed }) => billed?.products && !billed.products.some((each) => products.has(each)));

  expect(unknown.map(({ type }) => type)).toEqual([]);
  expect(productOf("Amazon Kendra")).toBe("Amazon Kendra");
});

it.each([
  ["Usage", "usage"],
  ["DiscountedUsage", "usage"],
  ["SavingsPlanCoveredUsage", "usage"],
  ["SavingsPlanNegation", "discount"],
  ["SavingsPlanRecurringFee", "fee"],
  ["SavingsPlanUpfrontFee", "fee"],
  ["RIFee", "fee"],
  ["Recurring", "fee"],
  ["Upfront", "fee"],
  ["Tax", "tax"],
  ["Support", "support"],
  ["Credit", "credit"],
  ["Refund", "refund"],
  ["Enterprise Discount Program Discount", "discount"],
  ["BundledDiscount", "discount"],
  ["FlatRateSubscription", "other"],
])("takes the record type %s for %s", (record, kind) => {
  expect(kindOfRecord(record)).toBe(kind);
});

it("knows services that are a kind of charge, whatever AWS calls the record", () => {
  expect(kindOf("AWS Support (Business)", "usage")).toBe("support");
  expect(kindOf("AWS Premium Support", "fee")).toBe("support");
  expect(kindOf("Tax", "usage")).toBe("tax");
  expect(kindOf("AWS Data Transfer", "usage")).toBe("transfer");
  expect(kindOf("AWS Data Transfer", "credit")).toBe("credit");
  expect(kindOf("AWS Lambda", "usage")).toBe("usage");
});
