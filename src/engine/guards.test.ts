import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CoverageStatus } from "../model/coverage.ts";
import type { Plan } from "../model/plan.ts";
import { breachesOf, refuseBreaches } from "./guards.ts";

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

  it("take what was typed for a removal before the file, and the file before what is usual", () => {
    const type = "AWS::EC2::KeyPair";
    const removal = (budget: object, removals = 10) => {
      const steps = Array.from({ length: removals }, (_, index) => ({
        operation: "remove",
        target: { type, region: "eu-west-1", arn: `arn:${index}` },
      }));
      const coverage = [{ type, region: "eu-west-1", status: "complete", count: 40 }];
      const usual = { maxRemovals: 50, maxShare: 0.2, allowData: [] };
      return { verb: "restore", steps, kept: [], coverage, budget: { ...usual, ...budget } } as unknown as Plan;
    };
    expect(guardsOf(removal({}), {})).toEqual(["max-share"]);
    expect(guardsOf(removal({}), { maxShare: 0.25 })).toEqual([]);
    expect(guardsOf(removal({ maxShare: 0.3, typed: ["max-share"] }), { maxShare: 0.01 })).toEqual([]);
    expect(guardsOf(removal({ maxShare: 0.1, typed: ["max-share"] }), { maxShare: 1 })).toEqual(["max-share"]);
    expect(guardsOf(removal({ maxShare: 1 }), { maxShare: 1, maxRemovals: 9 })).toEqual(["max-removals"]);
    expect(guardsOf(removal({ typed: ["max-removals"] }), { maxShare: 1, maxRemovals: 9 })).toEqual([]);
    expect(guardsOf(removal({}, 51), { maxShare: 1, maxRemovals: 60 })).toEqual(["max-share"]);
    const refused = () => refuseBreaches(removal({}), { maxShare: 1, maxRemovals: 9, from: "/e.yaml" });
    expect(refused).toThrow(
      expect.objectContaining({
        details: expect.objectContaining({ hint: expect.stringContaining("guards.max-removals in /e.yaml") }),
      }),
    );
  });
});
