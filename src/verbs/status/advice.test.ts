import { expect, it } from "vitest";
import type { Arn, Region } from "../../model/brand.ts";
import { amount, type Money } from "../../model/money.ts";
import { adviceOn } from "./advice.ts";
import type { StatusRow } from "./result.ts";

const IDLE = { kind: "idle", says: "nothing happened" } as const;
const money = (gross: string, remains: string, net: string) =>
  ({
    ...{ currency: "USD", parts: [{}], unpriced: [] },
    ...{ gross: amount(gross), remains: amount(remains), net: amount(net) },
  }) as unknown as Money;

function row(id: string, more: Partial<StatusRow>): StatusRow {
  const facts = { short: "ec2:instance", title: "EC2 instance", group: "compute" } as const;
  const target = { arn: `arn:${id}` as Arn, type: "AWS::EC2::Instance", id, region: "eu-west-1" as Region } as const;
  return { target, facts, state: "running", words: "running", owned: false, ...more };
}

it("puts the most money first, and what has no price last", () => {
  const rows = [
    row("cheap", { idle: IDLE, money: money("1", "0", "1") }),
    row("unpriced", { idle: IDLE }),
    row("dear", { idle: IDLE, money: money("10", "1", "9") }),
    row("stopped", { state: "paused", money: money("2", "2", "0") }),
  ];
  const advice = adviceOn(rows, false);

  expect(advice.map(({ row: { target }, hour }) => [target.id, hour])).toEqual([
    ["dear", "9"],
    ["stopped", "2"],
    ["cheap", "1"],
    ["unpriced", undefined],
  ]);
});

it("never sends anybody to pause what is not idle, what a pause keeps, or what goes with its owner", () => {
  const rows = [
    row("busy", { idle: { kind: "busy", says: "" } }),
    row("silent", { idle: { kind: "no data", says: "" } }),
    row("young", { idle: { kind: "too young", says: "" } }),
    row("unread", { idle: { kind: "unknown", says: "" } }),
    row("protected", { state: "kept", reason: "by tag", idle: IDLE }),
    row("member", { idle: IDLE, owned: true }),
    row("free", { state: "paused", money: { ...money("0", "0", "0"), parts: [] } }),
  ];

  expect(adviceOn(rows, false)).toEqual([]);
});

it("tells of what is idle and has no stop what a person can do, without a command", () => {
  const { facts } = row("", {});
  const [advice] = adviceOn(
    [row("nat", { state: "kept", facts: { ...facts, noStop: "delete it" }, idle: IDLE })],
    false,
  );

  expect(advice).toMatchObject({ kind: "remove idle", says: expect.stringContaining("delete it") });
  expect(advice).not.toHaveProperty("command");
});
