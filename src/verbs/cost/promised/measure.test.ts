import { describe, expect, it } from "vitest";
import { type Arn, instant, type Region } from "../../../model/brand.ts";
import { day } from "../../../model/calendar.ts";
import { amount, type Money } from "../../../model/money.ts";
import type { ResourceHour } from "../../../store/bill/contract.ts";
import { type MeasureMeans, measure } from "./measure.ts";
import type { Stay } from "./stays.ts";

const ARN = "arn:aws:ec2:eu-west-1:111122223333:instance/i-1" as Arn;
const SPAN = { start: day("2026-03-01"), end: day("2026-03-31") };
const NET = amount("0.096");
const money: Money = { currency: "USD", parts: [], unpriced: [], gross: NET, remains: amount("0"), net: NET };

function stay(from: string, to?: string, more: Partial<Stay> = {}): Stay {
  const target = { arn: ARN, type: "AWS::EC2::Instance", id: "i-1", region: "eu-west-1" as Region } as const;
  return {
    run: "pause-1-1",
    target,
    from: instant(from),
    money,
    ...(to === undefined ? {} : { to: instant(to) }),
    ...more,
  };
}

/** A charge for each hour (or day) from one to before another. */
function charges(from: string, to: string, each: string, hours = 1): ResourceHour[] {
  const all: ResourceHour[] = [];
  for (let at = Date.parse(from); at < Date.parse(to); at += hours * 3_600_000)
    all.push({ resource: ARN, hour: instant(at), hours, amount: amount(each), currency: "USD" });
  return all;
}

const measured = (one: Stay, hours: readonly ResourceHour[], more: Partial<MeasureMeans> = {}) =>
  measure(one, { span: SPAN, hours, ...more });

describe("what a pause promised against what the bill shows", () => {
  const running = charges("2026-03-01T00:00:00Z", "2026-03-10T20:00:00Z", "0.1");

  it("compares the whole hours of the pause with the week before", () => {
    const hours = [...running, ...charges("2026-03-11T07:00:00Z", "2026-03-12T00:00:00Z", "0.1")];
    expect(measured(stay("2026-03-10T19:20:00Z", "2026-03-11T06:40:00Z"), hours)).toMatchObject({
      paused: { from: "2026-03-10T20:00:00.000Z", to: "2026-03-11T06:00:00.000Z", hours: 10 },
      promised: "0.96",
      shown: "1",
      charged: "0",
    });
  });

  it("takes off what was still charged", () => {
    const still = charges("2026-03-10T20:00:00Z", "2026-03-11T06:00:00Z", "0.02");
    expect(measured(stay("2026-03-10T20:00:00Z", "2026-03-11T06:00:00Z"), [...running, ...still])).toMatchObject({
      shown: "0.8",
      charged: "0.2",
    });
  });

  it("a pause that stopped nothing has saved nothing", () => {
    const still = charges("2026-03-10T20:00:00Z", "2026-03-11T06:00:00Z", "0.1");
    expect(measured(stay("2026-03-10T20:00:00Z", "2026-03-11T06:00:00Z"), [...running, ...still])).toMatchObject({
      promised: "0.96",
      shown: "0",
    });
  });

  it("of what is still paused it takes what the bill has", () => {
    expect(
      measured(stay("2026-03-30T00:00:00Z"), charges("2026-03-20T00:00:00Z", "2026-03-30T00:00:00Z", "0.1")),
    ).toMatchObject({
      paused: { hours: 48, to: "2026-04-01T00:00:00.000Z" },
      shown: "4.8",
    });
  });

  it("where the bill tells days, whole days count", () => {
    const days = charges("2026-03-01T00:00:00Z", "2026-03-10T00:00:00Z", "2.4", 24);
    expect(measured(stay("2026-03-09T20:00:00Z", "2026-03-12T06:00:00Z"), days)).toMatchObject({
      paused: { from: "2026-03-10T00:00:00.000Z", to: "2026-03-12T00:00:00.000Z", hours: 48 },
      shown: "4.8",
    });
  });

  it("what is two days old is compared with its two days", () => {
    const hours = charges("2026-03-08T20:00:00Z", "2026-03-10T20:00:00Z", "0.1");
    expect(measured(stay("2026-03-10T20:00:00Z", "2026-03-11T06:00:00Z"), hours)).toMatchObject({ shown: "1" });
  });

  it("an earlier pause of the same is not taken for its usual costs", () => {
    const hours = [
      ...charges("2026-03-01T00:00:00Z", "2026-03-09T00:00:00Z", "0.1"),
      ...charges("2026-03-10T00:00:00Z", "2026-03-10T20:00:00Z", "0.1"),
    ];
    const after = instant("2026-03-10T00:00:00Z");
    expect(measured(stay("2026-03-10T20:00:00Z", "2026-03-11T06:00:00Z"), hours, { after })).toMatchObject({
      shown: "1",
    });
  });
});

describe("what the bill does not show", () => {
  const running = charges("2026-03-01T00:00:00Z", "2026-03-10T20:00:00Z", "0.1");

  it.each([
    ["a pause of half an hour", stay("2026-03-10T20:10:00Z", "2026-03-10T20:50:00Z"), running, /no whole hour/],
    ["a pause after the bill's end", stay("2026-04-02T00:00:00Z", "2026-04-03T00:00:00Z"), running, /no whole hour/],
    ["a resource without charges", stay("2026-03-10T20:00:00Z", "2026-03-11T06:00:00Z"), [], /no charges of it/],
    ["the first hours of the bill", stay("2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z"), running, /no charges of it/],
  ])("%s", (_, one, hours, reason) => {
    expect(measured(one, hours)).toEqual({ stay: one, reason: expect.stringMatching(reason) });
  });

  it("a bill in another currency", () => {
    const yuan = running.map((each) => ({ ...each, currency: "CNY" }));
    const one = stay("2026-03-10T20:00:00Z", "2026-03-11T06:00:00Z");
    expect(measured(one, yuan)).toEqual({ stay: one, reason: "the bill is in CNY, and the promise in USD" });
  });

  it("a plan without prices", () => {
    const { money: _, ...plain } = stay("2026-03-10T20:00:00Z", "2026-03-11T06:00:00Z");
    expect(measured(plain, running)).toMatchObject({ reason: "its plan was made without prices" });
  });
});
