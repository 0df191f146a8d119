import { describe, expect, it } from "vitest";
import { elementAt, isAt, isUnder, mapAt, memberAt, ROOT, takeOut, valuesAt } from "./path.ts";

const INSTANCE = {
  State: { Name: "running" },
  Interfaces: [
    { Id: "a", Groups: [{ GroupId: "sg-1" }, { GroupId: "sg-2" }] },
    { Id: "b", Groups: [] },
  ],
  Environment: { Variables: { USER: "shop", "log.level": "debug" } },
};

describe("valuesAt", () => {
  it("reaches members, every element of lists, and every key of maps, in order", () => {
    expect(valuesAt(INSTANCE, "State.Name")).toEqual(["running"]);
    expect(valuesAt(INSTANCE, "Interfaces[].Groups[].GroupId")).toEqual(["sg-1", "sg-2"]);
    expect(valuesAt(INSTANCE, "Environment.Variables.*")).toEqual(["shop", "debug"]);
  });

  it("reaches nothing where a member is absent or of another kind", () => {
    expect(valuesAt(INSTANCE, "State[].Name")).toEqual([]);
    expect(valuesAt(INSTANCE, "Interfaces.Id")).toEqual([]);
    expect(valuesAt(INSTANCE, "Missing.Name")).toEqual([]);
    expect(valuesAt(undefined, "State")).toEqual([]);
  });

  it("does not take what every object inherits for a member", () => {
    expect(valuesAt(INSTANCE, "constructor")).toEqual([]);
    expect(mapAt({ a: 1 }, "toString", () => "changed")).toEqual({ a: 1 });
  });

  it("reaches elements of lists in lists", () => {
    expect(valuesAt({ Rows: [[1, 2], [3]] }, "Rows[][]")).toEqual([1, 2, 3]);
  });
});

describe("mapAt", () => {
  it("replaces and removes in a copy, and tells where", () => {
    const places: string[] = [];
    const mapped = mapAt(INSTANCE, "Interfaces[].Groups[].GroupId", (value, at) => {
      places.push(at);
      return value === "sg-1" ? undefined : `${String(value)}!`;
    });

    expect(valuesAt(mapped, "Interfaces[].Groups[].GroupId")).toEqual(["sg-2!"]);
    expect(places).toEqual(["Interfaces[0].Groups[0].GroupId", "Interfaces[0].Groups[1].GroupId"]);
    expect(valuesAt(INSTANCE, "Interfaces[].Groups[].GroupId")).toEqual(["sg-1", "sg-2"]);
  });

  it("removes elements of a list", () => {
    expect(mapAt({ Names: ["a", "b"] }, "Names[]", (name) => (name === "a" ? undefined : name))).toEqual({
      Names: ["b"],
    });
  });
});

it("takes values out and keeps them by their full path", () => {
  const { left, taken } = takeOut(INSTANCE, ["State", "Interfaces[].Id"]);

  expect(taken).toEqual({ State: { Name: "running" }, "Interfaces[0].Id": "a", "Interfaces[1].Id": "b" });
  expect(valuesAt(left, "State")).toEqual([]);
  expect(valuesAt(left, "Interfaces[].Id")).toEqual([]);
});

describe("isUnder", () => {
  it.each([
    ["State", "State"],
    ["State.Name", "State"],
    ["Interfaces[0].Groups[sg-1].GroupId", "Interfaces[].Groups"],
    ["Interfaces[0]", "Interfaces"],
    ["Rows[0][1]", "Rows"],
    ["Environment.Variables.USER", "Environment.Variables.*"],
    ["Tags.team", "Tags"],
    ["Anything.at[0].all", "*"],
  ])("finds %s at or below %s", (concrete, pattern) => expect(isUnder(concrete, pattern)).toBe(true));

  it.each([
    ["State", "State.Name"],
    ["StateReason", "State"],
    ["InterfacesMore[0]", "Interfaces"],
    ["Interfaces[0].Id", "Interfaces[].Groups"],
    ["Tag", "Tags"],
  ])("does not find %s below %s", (concrete, pattern) => expect(isUnder(concrete, pattern)).toBe(false));
});

it("tells the very place from what lies below it", () => {
  expect(isAt("Interfaces[].Groups", "Interfaces[].Groups")).toBe(true);
  expect(isAt("Stages.v1", "Stages.*")).toBe(true);
  expect(isAt("Interfaces[]", "Interfaces")).toBe(false);
  expect(isAt("Interfaces[].Groups[].GroupId", "Interfaces[].Groups")).toBe(false);
});

it("keeps keys of maps from being read as paths", () => {
  const place = memberAt(memberAt(ROOT, "Tags"), "kubernetes.io/x[0]");

  expect(place).toEqual({ path: "Tags.kubernetes.io/x[0]", general: "Tags.kubernetes_io/x_0_" });
  expect(elementAt(memberAt(ROOT, "Rules"), "a]b.c")).toEqual({ path: "Rules[a]b.c]", general: "Rules[]" });
});
