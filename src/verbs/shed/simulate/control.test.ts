import { describe, expect, it } from "vitest";
import type { AlarmReading } from "../../../model/shed.ts";
import { alarmOf } from "./alarm.ts";
import { classic } from "./classic.ts";
import type { Control } from "./control.ts";
import { ours } from "./ours.ts";
import { scenarioOf } from "./scenarios.ts";

type State = AlarmReading["state"];

describe("the alarm", () => {
  const states = (...values: readonly (number | undefined)[]): State[] => {
    const alarm = alarmOf({ threshold: 500, periodSeconds: 60, evaluationPeriods: 3 }, 0);
    return values.map((value, at) => {
      alarm.endPeriod(value, (at + 1) * 60_000);
      return alarm.reading().state;
    });
  };

  it("rings when all periods are strictly above the threshold, one period late", () => {
    expect(states(501, 501, 501, 0)).toEqual(["OK", "OK", "OK", "ALARM"]);
    expect(states(500, 500, 500, 500)).toEqual(["OK", "OK", "OK", "OK"]);
    expect(states(501, 501, 501, 500, 0)).toEqual(["OK", "OK", "OK", "ALARM", "OK"]);
  });

  it("has insufficient data when all that it looks at is missing", () => {
    const none = [undefined, undefined, undefined, undefined, undefined, undefined];
    expect(states(501, 501, 501, ...none).at(-2)).toBe("ALARM");
    expect(states(501, 501, 501, ...none).at(-1)).toBe("INSUFFICIENT_DATA");
    expect(states(1, ...none, 1, 1).at(-1)).toBe("OK");
  });
});

const scenario = scenarioOf({ name: "run", control: "ours", chosen: { "shed-percent": 50, "restore-percent": 50 } });

/** The level after each minute, with the alarm in these states. */
function levels(control: Control, states: readonly State[]): number[] {
  let since = 0;
  return states.map((state, minute) => {
    const hasChanged = minute > 0 && state !== states[minute - 1];
    const now = minute * 60_000;
    if (hasChanged) since = now;
    return control({ now, alarm: { state, since, threshold: 500, countsLoad: true }, hasChanged }).level;
  });
}

const minutes = (state: State, count: number): State[] => Array.from({ length: count }, () => state);

describe("without data after a full shed", () => {
  const lost: State[] = ["OK", ...minutes("ALARM", 3), ...minutes("INSUFFICIENT_DATA", 60)];

  it("fixed steps leave all of it shed for ever", () => {
    expect(levels(classic(scenario), lost).at(-1)).toBe(100);
  });

  it("ours gives it back", () => {
    expect(levels(ours(scenario, 0), lost).at(-1)).toBe(0);
  });
});

describe("an alarm that flaps", () => {
  const flapping: State[] = ["OK", "ALARM", "OK", "ALARM", "OK", "ALARM", "ALARM", "ALARM"];
  const small = scenarioOf({ name: "run", control: "ours", chosen: { "shed-percent": 5 } });

  it("makes fixed steps shed several times as fast, and ours never more than a step for each delay", () => {
    const greatestRise = (all: readonly number[]) => Math.max(...all.map((level, at) => level - (all[at - 1] ?? 0)));
    expect(greatestRise(levels(classic(small), flapping))).toBeGreaterThanOrEqual(10);
    expect(greatestRise(levels(ours(small, 0), flapping))).toBe(5);
  });
});
