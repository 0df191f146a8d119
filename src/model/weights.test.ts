import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Degree, GREATEST_WEIGHT, SPREADS, shareOf, shedWeights, type Weights } from "./weights.ts";

const RUNS = { numRuns: 1000 };
const PRIMARY = "web";

/** A forward action has two to five groups. */
const anyWeights = fc
  .array(fc.integer({ min: 0, max: GREATEST_WEIGHT }), { minLength: 2, maxLength: 5 })
  .map((weights): Weights => Object.fromEntries(weights.map((weight, at) => [at === 0 ? PRIMARY : `g${at}`, weight])));
const percent = fc.integer({ min: 0, max: 100 });
const anyDegree = fc.record({ level: percent, cap: percent });
const anySpread = fc.constantFrom(...SPREADS);

const total = (weights: Weights) => Object.values(weights).reduce((sum, each) => sum + each, 0);

describe("weights", () => {
  it("keep their sum, and none leaves 0 to 999", () => {
    fc.assert(
      fc.property(anyWeights, anyDegree, anySpread, (baseline, degree, spread) => {
        const shed = shedWeights(baseline, PRIMARY, degree, spread);
        expect(total(shed)).toBe(total(baseline));
        for (const weight of Object.values(shed)) expect(weight).toSatisfy(isWeight);
      }),
      RUNS,
    );
  });

  it("are the baseline at level 0, whatever the cap", () => {
    fc.assert(
      fc.property(anyWeights, percent, anySpread, (baseline, cap, spread) => {
        expect(shedWeights(baseline, PRIMARY, { level: 0, cap }, spread)).toEqual(baseline);
      }),
      RUNS,
    );
  });

  it("do not depend on the order of the groups", () => {
    fc.assert(
      fc.property(anyWeights, anyDegree, anySpread, (baseline, degree, spread) => {
        const turned = Object.fromEntries(Object.entries(baseline).reverse());
        expect(shedWeights(turned, PRIMARY, degree, spread)).toEqual(shedWeights(baseline, PRIMARY, degree, spread));
      }),
      RUNS,
    );
  });

  it("never fall for the others, nor rise for the primary, and a higher level never sheds less", () => {
    fc.assert(
      fc.property(anyWeights, anyDegree, percent, anySpread, (baseline, degree, more, spread) => {
        const shed = shedWeights(baseline, PRIMARY, degree, spread);
        const level = Math.min(100, degree.level + more);
        const deeper = shedWeights(baseline, PRIMARY, { ...degree, level }, spread);
        for (const group of Object.keys(baseline))
          if (group !== PRIMARY) expect(weightOf(shed, group)).toBeGreaterThanOrEqual(weightOf(baseline, group));
        expect(weightOf(shed, PRIMARY)).toBeLessThanOrEqual(weightOf(baseline, PRIMARY));
        expect(weightOf(deeper, PRIMARY)).toBeLessThanOrEqual(weightOf(shed, PRIMARY));
      }),
      RUNS,
    );
  });

  it("shed no more than the level, and nothing beyond the cap", () => {
    fc.assert(
      fc.property(anyWeights, anyDegree, anySpread, (baseline, { level, cap }, spread) => {
        const shed = shedWeights(baseline, PRIMARY, { level, cap }, spread);
        expect(weightOf(shed, PRIMARY) * 100).toBeGreaterThanOrEqual(weightOf(baseline, PRIMARY) * (100 - level));
        if (weightOf(shed, PRIMARY) < weightOf(baseline, PRIMARY))
          expect((total(shed) - weightOf(shed, PRIMARY)) * 100).toBeLessThanOrEqual(total(shed) * cap);
      }),
      RUNS,
    );
  });

  it("give each of the others as much as the others get, but for one", () => {
    fc.assert(
      fc.property(anyWeights, anyDegree, (baseline, degree) => {
        const shed = shedWeights(baseline, PRIMARY, degree, "evenly");
        const gains = Object.keys(baseline)
          .filter((group) => group !== PRIMARY && weightOf(shed, group) < GREATEST_WEIGHT)
          .map((group) => weightOf(shed, group) - weightOf(baseline, group));
        if (gains.length > 0) expect(Math.max(...gains) - Math.min(...gains)).toBeLessThanOrEqual(1);
      }),
      RUNS,
    );
  });

  it.each<[string, Weights, Degree, Weights]>([
    ["100/0 by 5", { web: 100, a: 0 }, { level: 5, cap: 100 }, { web: 95, a: 5 }],
    ["60/40 by 20, cap 50", { web: 60, a: 40 }, { level: 20, cap: 50 }, { web: 50, a: 50 }],
    ["100/0/0 by 5", { web: 100, a: 0, b: 0 }, { level: 5, cap: 100 }, { web: 95, a: 3, b: 2 }],
    ["70/20/10 whole", { web: 70, a: 20, b: 10 }, { level: 100, cap: 100 }, { web: 0, a: 55, b: 45 }],
    ["1/0 by half: there is no half", { web: 1, a: 0 }, { level: 50, cap: 100 }, { web: 1, a: 0 }],
    ["1/0 whole", { web: 1, a: 0 }, { level: 100, cap: 100 }, { web: 0, a: 1 }],
    ["200/0 by 5", { web: 200, a: 0 }, { level: 5, cap: 100 }, { web: 190, a: 10 }],
    ["999/999: there is no room", { web: 999, a: 999 }, { level: 50, cap: 100 }, { web: 999, a: 999 }],
    [
      "999/990/0: what one has no room for",
      { web: 999, a: 990, b: 0 },
      { level: 10, cap: 100 },
      { web: 900, a: 999, b: 90 },
    ],
    ["the primary at 0", { web: 0, a: 100 }, { level: 50, cap: 100 }, { web: 0, a: 100 }],
    ["no weight at all", { web: 0, a: 0 }, { level: 50, cap: 100 }, { web: 0, a: 0 }],
  ])("%s", (_, baseline, degree, expected) => {
    expect(shedWeights(baseline, PRIMARY, degree, "evenly")).toEqual(expected);
  });

  it("go to the others by their own weights where that is asked for", () => {
    const baseline = { web: 70, a: 20, b: 10 };
    expect(shedWeights(baseline, PRIMARY, { level: 100, cap: 100 }, "by-weight")).toEqual({ web: 0, a: 67, b: 33 });
    const unweighted = { web: 70, a: 0, b: 0 };
    expect(shedWeights(unweighted, PRIMARY, { level: 100, cap: 100 }, "by-weight")).toEqual({ web: 0, a: 35, b: 35 });
  });

  it("come from degrees, not from each other: any way up and down ends in the baseline", () => {
    const baselines = [
      { web: 100, a: 0 },
      { web: 90, a: 10 },
      { web: 70, a: 20, b: 10 },
      { web: 1, a: 0 },
      { web: 200, a: 0 },
    ];
    for (const baseline of baselines)
      for (let level = 0; level <= 100; level++) {
        const degree = { level: 100 - level, cap: 100 };
        expect(total(shedWeights(baseline, PRIMARY, degree, "evenly"))).toBe(total(baseline));
        if (degree.level === 0) expect(shedWeights(baseline, PRIMARY, degree, "evenly")).toEqual(baseline);
      }
  });
});

it("tells a group's share of the requests", () => {
  expect(shareOf({ web: 30, a: 10 }, "web")).toBe(0.75);
  expect(shareOf({ web: 0, a: 0 }, "web")).toBe(0);
  expect(shareOf({ a: 10 }, "web")).toBe(0);
});

const weightOf = (weights: Weights, group: string) => weights[group] ?? 0;
const isWeight = (weight: number) => Number.isInteger(weight) && weight >= 0 && weight <= GREATEST_WEIGHT;
