import { describe, expect, it } from "vitest";
import { storeUrlIn } from "./context.ts";
import { policyChoiceIn, selectionIn, switchIn } from "./env.ts";

describe("EVENKEEL_SELECTION", () => {
  it("is everything where there is none", () => {
    for (const text of [undefined, ""]) expect(selectionIn({ EVENKEEL_SELECTION: text })).toEqual({});
  });

  it("is what the command line would select", () => {
    const selection = {
      type: ["ec2:instance"],
      excludeTag: ["keep=yes"],
      regions: ["eu-west-1"],
      createdBefore: "2026-01-01",
    };
    expect(selectionIn({ EVENKEEL_SELECTION: JSON.stringify(selection) })).toEqual(selection);
  });

  it.each([
    ["{", /no JSON/],
    ["[]", /makes no sense/],
    ["null", /makes no sense/],
    ['"ec2:instance"', /makes no sense/],
    ['{"types":["ec2:instance"]}', /makes no sense/],
    ['{"type":"ec2:instance"}', /makes no sense/],
    ['{"type":[]}', /makes no sense/],
    ['{"tag":[]}', /makes no sense/],
    ['{"type":["ec2:instances"]}', /no resource type/],
    ['{"regions":["Ireland"]}', /./],
    ['{"createdBefore":"soon"}', /date/],
  ])("is refused as %s: it could select more than was meant", (text, why) => {
    expect(() => selectionIn({ EVENKEEL_SELECTION: text })).toThrow(why);
  });
});

describe("policies", () => {
  const written = { disks: { match: { type: ["ec2:volume"], age: "30d" }, action: "report" } };

  it("are the built-in one where none is named", () => {
    for (const EVENKEEL_POLICY of [undefined, ""])
      expect(policyChoiceIn({ EVENKEEL_POLICY })).toEqual({ policies: ["packer"], written: {} });
  });

  it("are those that are named, as they are written", () => {
    const env = { EVENKEEL_POLICY: "packer, disks", EVENKEEL_POLICIES: JSON.stringify(written) };
    expect(policyChoiceIn(env)).toEqual({ policies: ["packer", "disks"], written });
  });

  it.each([
    "{",
    "[]",
    '{"Disks":{}}',
    '{"disks":{"match":{},"action":"delete"}}',
    '{"packer":{"match":{"type":["ec2:volume"]},"action":"remove"}}',
  ])("are refused as %s", (EVENKEEL_POLICIES) => {
    expect(() => policyChoiceIn({ EVENKEEL_POLICIES })).toThrow(/EVENKEEL_POLICIES makes no sense/);
  });
});

it("takes a switch for what it says, and nothing else", () => {
  expect([undefined, "", "false", "true"].map((X) => switchIn({ X }, "X"))).toEqual([false, false, false, true]);
  for (const X of ["TRUE", "yes", "1", " true"]) expect(() => switchIn({ X }, "X")).toThrow(/true or false/);
});

it("keeps what it has to keep in a bucket, as a function has no other place", () => {
  expect(storeUrlIn({ EVENKEEL_STORE: "s3://bucket/prefix" })).toBe("s3://bucket/prefix");
  for (const EVENKEEL_STORE of [undefined, "", "./.evenkeel", "file:/tmp/x", "s3://", "s3://B/x", "https://bucket"])
    expect(() => storeUrlIn({ EVENKEEL_STORE })).toThrow();
});
