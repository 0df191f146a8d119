import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { measure } from "./measure.ts";
import type { LoadPoint, Profile } from "./profile.ts";
import type { ControlName } from "./scenario.ts";
import { scenarioOf } from "./scenarios.ts";
import { SHAPE_NAMES, type ShapeName, shapeProfile } from "./shapes.ts";
import { simulate } from "./simulate.ts";

const scenario = (chosen = {}, control: ControlName = "ours") => scenarioOf({ name: "run", control, chosen });
const live = (shape: ShapeName, chosen = {}, control: ControlName = "ours") => {
  const ticks = simulate(scenario(chosen, control), shapeProfile(shape, 100));
  return { ticks, outcome: measure(ticks) };
};
/** A load that changes by steps, each of so many minutes. */
const steps = (...parts: readonly (readonly [minutes: number, rps: number])[]): Profile => {
  let seconds = 0;
  const points = parts.flatMap(([minutes, rps]): LoadPoint[] => {
    const from = seconds;
    seconds += minutes * 60;
    return [
      [from, rps],
      [seconds, rps],
    ];
  });
  return { name: "steps", points };
};

const profiles = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 400 })), { minLength: 1, maxLength: 8 })
  .map((parts) => steps(...parts));
const choices = fc.record({
  "shed-percent": fc.integer({ min: 1, max: 100 }),
  "max-shed-percent": fc.integer({ min: 0, max: 100 }),
  "restore-percent": fc.integer({ min: 1, max: 100 }),
  "restore-delay": fc.integer({ min: 60, max: 300 }),
  "cool-down": fc.integer({ min: 0, max: 900 }),
  "primary-weight": fc.integer({ min: 1, max: 999 }),
  "receiver-weight": fc.integer({ min: 0, max: 999 }),
  "receiver-capacity": fc.integer({ min: 0, max: 300 }),
  propagation: fc.integer({ min: 0, max: 120 }),
});
const controls = fc.constantFrom<ControlName>("ours", "classic");

describe("a simulation", () => {
  it("serves or rejects every request that is offered, within each tick and in all", () => {
    fc.assert(
      fc.property(profiles, choices, controls, (profile, chosen, control) => {
        const ticks = simulate(scenario(chosen, control), profile);
        for (const tick of ticks) {
          const { servedByPrimary, servedByOthers, rejectedByPrimary, rejectedByOthers } = tick;
          const parts = [servedByPrimary, servedByOthers, rejectedByPrimary, rejectedByOthers];
          expect(Math.min(...parts)).toBeGreaterThanOrEqual(0);
          // Whatever the weights: their sum stays the rule's.
          expect(parts.reduce((sum, each) => sum + each, 0)).toBeCloseTo(tick.offered, 6);
          expect(servedByPrimary).toBeLessThanOrEqual(tick.capacity);
        }
        const whole = profile.points.reduce(
          (sum, [seconds, rps], at) => sum + rps * ((profile.points[at + 1]?.[0] ?? seconds) - seconds),
          0,
        );
        expect(measure(ticks).offered).toBeCloseTo(whole, 4);
      }),
      { seed: 1, numRuns: 60 },
    );
    // Sixty simulations of up to an hour, and six numbers compared in each tick.
  }, 60_000);

  it("stays between nothing and the cap, and gives the same answer twice", () => {
    fc.assert(
      fc.property(profiles, choices, controls, (profile, chosen, control) => {
        const ticks = simulate(scenario(chosen, control), profile);
        for (const { level } of ticks) {
          expect(level).toBeGreaterThanOrEqual(0);
          expect(level).toBeLessThanOrEqual(chosen["max-shed-percent"]);
        }
        expect(simulate(scenario(chosen, control), profile)).toEqual(ticks);
      }),
      { seed: 2, numRuns: 40 },
    );
  });

  it("begins to shed when the alarm has had its periods and its value is known, and not before", () => {
    const { ticks } = live("step-up");
    const begun = ticks.find(({ level }) => level > 0);
    // Ten minutes of quiet, three periods above the threshold, and one that the last value comes late.
    expect(begun?.seconds).toBe((10 + 3 + 1) * 60);
    expect(ticks.find(({ servedByOthers }) => servedByOthers > 0)?.seconds).toBe((begun?.seconds ?? 0) + 10);
  });

  it("adds targets after the delay, no more than there may be, and takes them away slowly", () => {
    const ticks = simulate(scenario({ "max-targets": 12, "scaling-delay": 120 }), steps([5, 50], [30, 150], [120, 20]));
    const capacityAt = (minutes: number) => (ticks[minutes * 12]?.capacity ?? 0) / 5;
    expect([capacityAt(5), capacityAt(7), capacityAt(8), capacityAt(34)]).toEqual([100, 100, 120, 120]);
    expect([capacityAt(49), capacityAt(50), capacityAt(66), capacityAt(154)]).toEqual([120, 110, 100, 100]);
  });

  it("takes a group that is empty on purpose for one that rejects all that it gets", () => {
    const { outcome } = live("step-up-down", { "receiver-capacity": 0 });
    expect(outcome.servedByOthers).toBe(0);
    expect(outcome.rejectedByOthers).toBeGreaterThan(0);
  });
});

describe("the built-in loads", () => {
  it.each(SHAPE_NAMES)("%s: never negative, in order, at least an hour, and of the wanted height", (shape) => {
    const { points } = shapeProfile(shape, 100);
    expect(points[0]?.[0]).toBe(0);
    points.forEach(([seconds, rps], at) => {
      expect(rps).toBeGreaterThanOrEqual(0);
      expect(seconds).toBeGreaterThanOrEqual(points[at - 1]?.[0] ?? 0);
    });
    expect(points.at(-1)?.[0]).toBeGreaterThanOrEqual(3600);
    expect(shapeProfile(shape, 200).points).toEqual(points.map(([seconds, rps]) => [seconds, rps * 2]));
  });

  it("shed nothing where nothing is to be shed", () => {
    expect(live("steady").outcome).toMatchObject({ highestLevel: 0, rejectedShare: 0, turns: 0 });
    expect(live("spike").outcome).toMatchObject({ highestLevel: 0 });
  });

  it.each(SHAPE_NAMES)(
    "%s: ours rejects no more than fixed steps, and has given all back where the load has gone",
    (shape) => {
      const careful = live(shape).outcome;
      const fixed = live(shape, {}, "classic").outcome;
      expect(careful.rejectedShare).toBeLessThanOrEqual(fixed.rejectedShare);
      expect(careful.turns).toBeLessThanOrEqual(fixed.turns);
      expect(careful.recoverSeconds).not.toBe("not by the end");
    },
  );

  it("that stay are met by a level that comes to rest", () => {
    const { ticks } = live("step-up");
    const late = ticks.filter(({ seconds }) => seconds > 3600);
    expect(new Set(late.map(({ level }) => level)).size).toBe(1);
    expect(new Set(late.map(({ alarm }) => alarm))).toEqual(new Set(["OK"]));
  });

  it.each([
    ["shed-percent", 20],
    ["max-shed-percent", 10],
    ["restore-percent", 20],
    ["shed-delay", 240],
    ["restore-delay", 300],
    ["restore-threshold", 50],
    ["cool-down", 900],
    ["max-duration", 600],
    ["alarm-threshold", 450],
    ["alarm-periods", 5],
    ["alarm-period", 120],
    ["targets", 12],
    ["capacity", 8],
    ["max-targets", 20],
    ["scale-above", 450],
    ["scaling-delay", 60],
    ["scale-in-delay", 60],
    ["receiver-capacity", 10],
    ["primary-weight", 3],
    ["receiver-weight", 20],
    ["propagation", 60],
  ] as const)("turn out otherwise with %s %i", (name, value) => {
    // Where the load falls for good, targets go only after all has been given back.
    const shape = name === "scale-in-delay" ? "sawtooth" : "flash-crowd";
    expect(live(shape, { [name]: value }).outcome).not.toEqual(live(shape).outcome);
  });
});
