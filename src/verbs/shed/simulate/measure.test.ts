import { describe, expect, it } from "vitest";
import { measure } from "./measure.ts";
import type { Tick } from "./simulate.ts";

/** Ticks of 5 s with 100 requests each and a primary that serves 100 of them; levels are followed at once. */
function lived(...parts: readonly (Partial<Tick> & { readonly ticks: number })[]): Tick[] {
  const all = parts.flatMap(({ ticks, ...part }) => Array.from({ length: ticks }, () => part));
  return all.map((part, at): Tick => {
    const { offered = 100, capacity = 100, level = 0, alarm = "OK", threshold = 90 } = part;
    const sent = offered * (1 - level / 100);
    const servedByPrimary = Math.min(sent, capacity);
    return {
      seconds: at * 5,
      offered,
      servedByPrimary,
      servedByOthers: offered - sent,
      rejectedByPrimary: sent - servedByPrimary,
      rejectedByOthers: 0,
      demand: offered,
      capacity,
      threshold,
      level,
      alarm,
    };
  });
}

describe("what a run comes to", () => {
  it("counts what was rejected, and how long until it was not", () => {
    const outcome = measure(
      lived({ ticks: 10, offered: 50 }, { ticks: 4, offered: 200 }, { ticks: 6, offered: 200, level: 50 }),
    );
    expect(outcome).toMatchObject({
      offered: 2500,
      rejectedByPrimary: 400,
      rejectedShare: 0.16,
      protectSeconds: 20,
      overshoot: 0,
      overshootLevel: 0,
      highestLevel: 50,
      turns: 0,
      recoverSeconds: undefined,
    });
  });

  it("counts as overshoot only what the primary could have served", () => {
    const outcome = measure(lived({ ticks: 1, offered: 200 }, { ticks: 1, offered: 200, level: 75 }));
    expect(outcome).toMatchObject({ overshoot: 50, overshootShare: 0.125, overshootLevel: 25 });
  });

  it("counts turns, the time to the baseline for good, and the longest time stranded", () => {
    const outcome = measure(
      lived(
        { ticks: 2, offered: 200, level: 40, alarm: "ALARM" },
        { ticks: 3, offered: 60, level: 40, alarm: "ALARM" },
        { ticks: 4, offered: 60, level: 40 },
        { ticks: 1, offered: 60 },
        { ticks: 2, offered: 60, level: 10 },
        { ticks: 9, offered: 60 },
      ),
    );
    expect(outcome).toMatchObject({ turns: 3, recoverSeconds: 50, strandedSeconds: 20 });
  });

  it("says when all was not given back by the end, and when there was nothing to give back", () => {
    const shed = { ticks: 2, offered: 200, level: 40 };
    expect(measure(lived(shed, { ticks: 5, offered: 10, level: 5 })).recoverSeconds).toBe("not by the end");
    expect(measure(lived({ ticks: 5, offered: 10 }))).toMatchObject({
      recoverSeconds: undefined,
      protectSeconds: undefined,
      strandedSeconds: 0,
    });
    expect(measure([])).toMatchObject({ offered: 0, rejectedShare: 0, overshootShare: 0 });
  });
});
