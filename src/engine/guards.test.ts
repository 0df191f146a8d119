import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CoverageStatus } from "../model/coverage.ts";
import type { Plan } from "../model/plan.ts";
import { breachesOf, protectionOf, refuseBreaches } from "./guards.ts";

function plan(steps: number, total = 10, status: CoverageStatus = "complete", verb = "pause"): Plan {
  const type = "AWS::EC2::Instance";
  return {
    verb,
    account: "111122223333",
    coverage: [{ type, region: "eu-west-1", status, count: total }],
    steps: Array.from({ length: steps }, (_, index) => ({ id: `s${index}`, target: { type, region: "eu-west-1" } })),
  } as unknown as Plan;
}

const guardsOf = (...args: Parameters<typeof breachesOf>) => breachesOf(...args).map(({ guard }) => guard);

describe("guards", () => {
  it("allow exactly as many changes, and as great a share, as their limits say", () => {
    fc.assert(
      fc.property(
        fc.nat(20),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 100 }),
        (steps, max, share) => {
          expect(guardsOf(plan(steps), { maxSteps: max }).includes("max-steps")).toBe(steps > max);
          const maxShare = share / 100;
          expect(guardsOf(plan(steps, 20), { maxShare }).includes("max-share")).toBe(steps > maxShare * 20);
        },
      ),
    );
  });

  it("refuse a share of a number that is not known", () => {
    expect(guardsOf(plan(1, 100, "partial"), { maxShare: 0.5 })).toEqual(["max-share"]);
    expect(guardsOf({ ...plan(1), coverage: [] }, { maxShare: 1 })).toEqual(["max-share"]);
  });

  it("hold accounts and regions, also for a resume, which no budget stops", () => {
    const resume = plan(9, 10, "partial", "resume");
    expect(guardsOf(resume, { maxSteps: 1, maxShare: 0.1 })).toEqual([]);
    expect(guardsOf(resume, { notAccounts: ["111122223333"] })).toEqual(["accounts"]);
    expect(guardsOf(plan(1), { accounts: ["999988887777"] })).toEqual(["accounts"]);
    expect(guardsOf(plan(1), { accounts: ["111122223333"], regions: ["eu-west-1"] })).toEqual([]);
    expect(guardsOf(plan(1), { regions: ["us-east-1"] })).toEqual(["regions"]);
    expect(guardsOf(plan(1), { notRegions: ["eu-west-1"] })).toEqual(["regions"]);
  });

  it("name the guard, its limit, what was found and how to lift it", () => {
    const refused = () => refuseBreaches(plan(7), { maxSteps: 5, from: "/home/me/evenkeel.yaml" });
    expect(refused).toThrow("guard max-steps allows 5 changes; the plan makes 7");
    expect(refused).toThrow(
      expect.objectContaining({
        code: "REFUSED",
        details: expect.objectContaining({ hint: expect.stringMatching(/--max-steps 7 .*evenkeel[.]yaml/) }),
      }),
    );
  });

  it("take every value but false, and tags that could not be read, for protection", () => {
    const tagged = (tags: Record<string, string>) => protectionOf({ tags });
    expect(tagged({ "evenkeel:protect": "true" })).toContain("evenkeel:protect=true");
    expect(tagged({ "evenkeel:protect": "ture" })).toBeDefined();
    expect(tagged({ "evenkeel:protect": "false" })).toBeUndefined();
    expect(tagged({ env: "prod" })).toBeUndefined();
    expect(protectionOf({ tags: { env: "prod" } }, [{ key: "env", value: "prod" }])).toContain("env=prod");
    expect(protectionOf({ tags: { env: "dev" } }, [{ key: "env", value: "prod" }])).toBeUndefined();
    expect(protectionOf({ tags: { env: "" } }, [{ key: "env" }])).toBeDefined();
    expect(protectionOf({ tags: {}, unknown: [{ path: "Tags", reason: "denied" }] })).toContain("denied");
  });
});
