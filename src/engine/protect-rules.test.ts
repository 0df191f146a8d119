import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Arn, instant } from "../model/brand.ts";
import { type Protectable, type ProtectRule, protectionOf } from "./protect-rules.ts";

const NOW = Date.parse("2026-03-01T12:00:00Z");
const HOUR = 3_600_000;

function resource(change: Partial<Protectable> = {}): Protectable {
  return {
    arn: "arn:aws:ec2:eu-west-1:111122223333:instance/i-1" as Arn,
    type: "AWS::EC2::Instance",
    id: "i-1",
    name: "web",
    tags: { env: "dev" },
    createdAt: instant(NOW - 30 * HOUR),
    ...change,
  };
}

const said = (change: Partial<Protectable>, ...rules: ProtectRule[]) => protectionOf(resource(change), rules, NOW);
const young: ProtectRule = { youngerThanMs: 2 * HOUR, called: "2h" };

describe("protection", () => {
  it("takes every value of its tag but false, and tags that could not be read, for protection", () => {
    expect(said({ tags: { "evenkeel:protect": "true" } })).toContain("evenkeel:protect=true");
    expect(said({ tags: { "evenkeel:protect": "ture" } })).toBeDefined();
    expect(said({ tags: { "evenkeel:protect": "" } })).toBeDefined();
    expect(said({ tags: { "evenkeel:protect": "false" } })).toBeUndefined();
    expect(said({})).toBeUndefined();
    expect(said({ tags: {}, unknown: [{ path: "Tags", reason: "denied" }] })).toContain("denied");
  });

  it.each<[string, ProtectRule, Partial<Protectable>, Partial<Protectable>]>([
    ["a tag with its value", { key: "env", value: "prod" }, { tags: { env: "prod" } }, { tags: { env: "dev" } }],
    ["a tag with any value", { key: "env" }, { tags: { env: "" } }, { tags: { Env: "prod" } }],
    ["an ARN", { id: resource().arn }, {}, { arn: `${resource().arn}1` as Arn }],
    ["an id", { id: "i-1" }, { name: "other" }, { id: "i-11" }],
    ["a name", { id: "web" }, { id: "i-2" }, { name: "web-2" }],
    ["a type", { types: ["AWS::EC2::Instance"], called: "ec2:instance" }, {}, { type: "AWS::EC2::Volume" }],
    ["an age", young, { createdAt: instant(NOW - HOUR) }, { createdAt: instant(NOW - 3 * HOUR) }],
  ])("by %s is of what is meant, and not of its neighbour, and names the place", (_, rule, meant, neighbour) => {
    expect(said(meant, rule)).toContain("guards.protect");
    expect(said(neighbour, rule)).toBeUndefined();
  });

  it("by age is of whatever has no date, one that is none, or one to come", () => {
    expect(said({ createdAt: undefined as never }, young)).toContain("AWS does not tell when it was created");
    expect(said({ createdAt: "yesterday" as never }, young)).toBeDefined();
    expect(said({ createdAt: instant(NOW + HOUR) }, young)).toBeDefined();
  });

  it("ends exactly at the age that a rule names", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4 * HOUR }), (age) => {
        expect(said({ createdAt: instant(NOW - age) }, young) === undefined).toBe(age >= 2 * HOUR);
      }),
    );
  });

  it("is there as soon as one rule of several speaks, in any order", () => {
    const rules: ProtectRule[] = [{ key: "none" }, { id: "i-1" }, { types: ["AWS::SNS::Topic"], called: "sns:topic" }];
    expect(said({}, ...rules)).toBeDefined();
    expect(said({}, ...rules.toReversed())).toBeDefined();
  });
});
