import { expect, it } from "vitest";
import { amount, sum } from "../../model/money.ts";
import type { WorldCharge } from "../services/ce/ledger.ts";
import { demoWorld, STAGING } from "./world.ts";

const total = (charges: readonly WorldCharge[]) => sum(charges.map((each) => amount(each.amount)));

it("charges for whatever is there, at list prices, from its creation on", async () => {
  const { charges = [] } = await demoWorld("2026-01-13T11:00:00.000Z");
  const of = (resource: string, usageType: string) =>
    charges.filter((each) => each.resource?.endsWith(resource) && each.usageType === usageType);

  expect(new Set(charges.map(({ account }) => account))).toEqual(new Set([STAGING]));
  expect([
    charges[0]?.day,
    charges
      .map(({ day }) => day)
      .sort()
      .at(-1),
  ]).toEqual(["2025-12-13", "2026-01-12"]);
  // 31 days of 24 hours at 0.159, and of 100 GB-months at 0.115.
  expect(total(of("db:orders", "InstanceUsage:db.m6g.large"))).toBe("118.296");
  expect(of("db:orders", "RDS:GP2-Storage")[0]?.amount).toBe("0.3780821918");
  const [build] = charges.filter(({ usageType }) => usageType === "APS2-BoxUsage:c6i.xlarge");
  // Made on the 11th at 9 o'clock: 15 hours at 0.222.
  expect(build).toMatchObject({ day: "2026-01-11", amount: "3.33" });
});

it("has what is gone, what names no resource, tax and support on the first of a month, and a credit", async () => {
  for (const now of ["2026-01-01T00:10:00.000Z", "2026-03-31T23:00:00.000Z", "2026-07-15T12:00:00.000Z"]) {
    const { charges = [] } = await demoWorld(now);
    const firsts = charges.filter(({ day }) => day.endsWith("-01"));
    const test = charges.filter(({ tags }) => tags?.purpose === "load-test" && tags.Name === undefined);

    // 6 instances for 4 days, 24 hours each, at 0.17; and their volumes of 100 GB at 0.08 a month.
    expect(total(test.filter(({ service }) => service.endsWith("Compute")))).toBe("97.92");
    expect(Number(total(test))).toBeCloseTo(97.92 + (6 * 4 * 24 * 100 * 0.08) / 730, 6);
    expect(charges.some(({ resource, service }) => resource === undefined && service === "AWS Data Transfer")).toBe(
      true,
    );
    for (const each of ["Tax", "AWS Support (Developer)"])
      expect(firsts.filter(({ service }) => service === each).length, `${each} ${now}`).toBeGreaterThan(0);
    expect(charges.filter(({ recordType }) => recordType === "Credit").map((each) => each.amount)).toEqual(["-25"]);
  }
});

it("is the same each time, and no amount has more digits than Cost Explorer tells", async () => {
  const { charges = [] } = await demoWorld();

  expect((await demoWorld()).charges).toEqual(charges);
  for (const { amount: text } of charges) expect(text).toMatch(/^-?\d+(\.\d{1,10})?$/);
});
