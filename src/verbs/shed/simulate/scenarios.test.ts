import { describe, expect, it } from "vitest";
import { parseComparison } from "./comparison.ts";
import { SIMULATION_NAMES, simulationParameter } from "./parameters.ts";
import { simulateAll } from "./result.ts";
import { type Choice, scenarioOf } from "./scenarios.ts";
import { shapeProfile } from "./shapes.ts";

const FIRST: Choice = { name: "ours", control: "ours", chosen: { targets: 4 } };

describe("parameters of a simulation", () => {
  it.each(SIMULATION_NAMES)("%s: what is out of range is refused with its name", (name) => {
    const { least, most } = simulationParameter(name);
    for (const value of [least - 1, most + 1, Number.NaN])
      expect(() => scenarioOf({ ...FIRST, chosen: { [name]: value } })).toThrow(`--${name} can't be`);
  });

  it("follow from each other where they are not given", () => {
    expect(scenarioOf(FIRST)).toMatchObject({
      settings: { coolDownSeconds: 120 },
      primary: { targets: 4, maxTargets: 5 },
    });
    expect(Object.values(scenarioOf(FIRST).receivers)).toEqual([40]);
    expect(scenarioOf({ ...FIRST, chosen: { "receiver-capacity": 0 } }).settings.emptyGroups).toHaveLength(1);
    expect(() => scenarioOf({ ...FIRST, chosen: { targets: 5, "max-targets": 4 } })).toThrow("at least the 5 targets");
  });
});

describe("a comparison", () => {
  it("differs from the first run in what it names", () => {
    expect(parseComparison(" bold : shed-percent=20, control=classic", FIRST)).toEqual({
      name: "bold",
      control: "classic",
      chosen: { targets: 4, "shed-percent": 20 },
    });
  });

  it.each([
    ["shed-percent=20", "it has no name before a colon"],
    [": shed-percent=20", "it has no name before a colon"],
    ["a:", '"" is not NAME=NUMBER'],
    ["a: shed-percent", '"shed-percent" is not NAME=NUMBER'],
    ["a: shed-percent=1=2", '"shed-percent=1=2" is not NAME=NUMBER'],
    ["a: shed=20", 'there is no "shed"'],
    ["a: shed-percent=lots", 'shed-percent is "lots": not a number'],
    ["a: shed-percent=1,shed-percent=2", "shed-percent stands there twice"],
    ["a: control=mine", "control is one of ours, classic"],
  ])("is refused with the reason: %j", (text, why) => {
    expect(() => parseComparison(text, FIRST)).toThrow(`--compare can't be "${text}": ${why}`);
  });

  it("marks the run that rejects least, and of equals the one that overshoots least", () => {
    const scenarios = ["shed-percent=5", "shed-percent=20", "control=classic"].map((text, at) =>
      scenarioOf(parseComparison(`run ${at}: ${text}`, { ...FIRST, chosen: {} })),
    );
    expect(simulateAll(scenarios, shapeProfile("growing-noise", 100)).best).toBe("run 1");
    expect(simulateAll(scenarios.slice(0, 2), shapeProfile("ramp-up-down", 100)).best).toBe("run 0");
    expect(simulateAll(scenarios.slice(0, 1), shapeProfile("steady", 100)).best).toBeUndefined();
    expect(() => simulateAll([...scenarios, ...scenarios], shapeProfile("steady", 100))).toThrow('named "run 0"');
  });
});
