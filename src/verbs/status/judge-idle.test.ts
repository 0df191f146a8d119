import { describe, expect, it } from "vitest";
import type { IdleSign } from "../../catalog/idle.ts";
import type { Arn } from "../../model/brand.ts";
import { instant } from "../../model/brand.ts";
import { dimensionsOf, judgeIdle, tooYoung } from "./judge-idle.ts";

const CPU: IdleSign = { metric: "CPUUtilization", statistic: "Maximum", below: 5, unit: " %" };
const BYTES: IdleSign = { metric: "NetworkOut", statistic: "Sum", below: 1000, unit: " bytes" };
const hours = (value: number, count = 24) => Array.from({ length: count }, () => value);

describe("whether something is idle", () => {
  it("is so where every hour of every sign is quiet", () => {
    const answers = [
      { sign: CPU, values: hours(4.9) },
      { sign: BYTES, values: hours(41) },
    ];
    expect(judgeIdle(answers, 24)).toEqual({
      kind: "idle",
      says: "CPUUtilization at most 4.9 %, NetworkOut 984 bytes in 1 day",
    });
  });

  it("is not where one hour of one sign was loud, or the sum of all, or it is just the threshold", () => {
    const peak = [...hours(0, 23), 5];
    expect(judgeIdle([{ sign: CPU, values: peak }], 24).kind).toBe("busy");
    const quiet = { sign: CPU, values: hours(0) };
    expect(judgeIdle([quiet, { sign: BYTES, values: hours(42) }], 24).kind).toBe("busy");
  });

  it("is not known where data is missing: none at all, an hour of it, one sign of two, or a part of the answer", () => {
    const quiet = { sign: CPU, values: hours(0) };
    expect(judgeIdle([{ sign: CPU, values: [] }], 24).kind).toBe("no data");
    expect(judgeIdle([{ sign: CPU, values: hours(0, 23) }], 24).kind).toBe("no data");
    expect(judgeIdle([quiet, { sign: BYTES, values: [] }], 24).kind).toBe("no data");
    expect(judgeIdle([quiet, { sign: BYTES, values: undefined }], 24).kind).toBe("unknown");
    expect(judgeIdle([], 24).kind).toBe("no data");
  });

  it("is too early to say of what is younger than the time looked at", () => {
    const now = Date.parse("2026-01-13T11:00:00Z");
    expect(tooYoung(instant(now - 23 * 3_600_000), 24, now)).toBe(true);
    expect(tooYoung(instant(now - 24 * 3_600_000), 24, now)).toBe(false);
    expect(tooYoung(undefined, 24, now)).toBe(false);
  });
});

describe("the series of a resource", () => {
  const rule = (dimensions: Parameters<typeof dimensionsOf>[1]["dimensions"]) => ({
    ...{ namespace: "AWS/X", signs: [CPU], dimensions, hours: 24, sources: [] },
  });
  const resource = {
    id: "shop/checkout",
    arn: "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/50dc6c495c0c9188" as Arn,
    configuration: { Variants: [{ Name: "a" }, { Name: "b" }] },
  };

  it("is named by its id, a part of it, its ARN's end, and has one for each value of a property", () => {
    expect(dimensionsOf(resource, rule({ Id: { from: "id" } }))).toEqual([{ Id: "shop/checkout" }]);
    expect(dimensionsOf(resource, rule({ C: { from: "id", part: 0 }, S: { from: "id", part: 1 } }))).toEqual([
      { C: "shop", S: "checkout" },
    ]);
    expect(dimensionsOf(resource, rule({ LoadBalancer: { from: "arn", after: ":loadbalancer/" } }))).toEqual([
      { LoadBalancer: "app/web/50dc6c495c0c9188" },
    ]);
    const variants = rule({ E: { from: "id" }, V: { from: "configuration", path: "Variants[].Name" } });
    expect(dimensionsOf(resource, variants).map(({ V }) => V)).toEqual(["a", "b"]);
  });

  it("does not exist where a dimension has no value", () => {
    expect(dimensionsOf(resource, rule({ V: { from: "configuration", path: "None" } }))).toEqual([]);
    expect(dimensionsOf(resource, rule({ V: { from: "id", part: 5 } }))).toEqual([]);
  });
});
