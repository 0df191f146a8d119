import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SHED_PHASES, type ShedReading } from "../../model/shed.ts";
import { alarm, NOW, RULE, reading, SETTINGS, STANDBY, shedTo, WEB } from "./decide.test-data.ts";
import { decide } from "./decide.ts";
import { freshState } from "./stand.ts";

const idle = freshState(SETTINGS, NOW);
const on = { alarm: alarm("ALARM") };

describe("an overload", () => {
  it("sheds one step at once, and the next after the shed delay", () => {
    expect(decide(idle, SETTINGS, reading(100, on))).toMatchObject({
      phase: "shedding",
      degree: { level: 5 },
      nextSeconds: 60,
      direction: "shed",
    });
    expect(decide(shedTo(5), SETTINGS, reading(95, on))).toMatchObject({ degree: { level: 10 }, nextSeconds: 60 });
  });

  it("stops at the cap, and goes on looking", () => {
    const settings = { ...SETTINGS, maxShedPercent: 30 };
    const at28 = shedTo(28, { degree: { level: 28, cap: 30 } });
    expect(decide(at28, settings, reading(72, on))).toMatchObject({ phase: "holding", degree: { level: 30, cap: 30 } });
    const at30 = shedTo(30, { degree: { level: 30, cap: 30 } });
    expect(decide(at30, settings, reading(70, on))).toMatchObject({
      phase: "holding",
      degree: { level: 30 },
      nextSeconds: 60,
    });
  });

  it("approaches a cap that was lowered by steps, and does not shed meanwhile", () => {
    const settings = { ...SETTINGS, maxShedPercent: 30 };
    expect(decide(shedTo(60), settings, reading(40, on)).degree).toEqual({ level: 55, cap: 95 });
    expect(decide(shedTo(32, { degree: { level: 32, cap: 31 } }), settings, reading(68, on)).degree).toEqual({
      level: 30,
      cap: 30,
    });
  });

  it("gives back above a lowered cap no faster than otherwise", () => {
    const decision = decide(shedTo(60), { ...SETTINGS, maxShedPercent: 30 }, reading(40, on));
    expect(decision.nextSeconds).toBe(SETTINGS.restoreDelaySeconds);
  });

  it("is told to a person where what has been shed goes nowhere, also at the cap", () => {
    const health = { [WEB]: "healthy", [STANDBY]: "none-healthy" } as const;
    const decision = decide(shedTo(100), SETTINGS, reading(0, { ...on, health }));
    expect(decision).toMatchObject({ phase: "holding", degree: { level: 100 }, nextSeconds: 60 });
    expect(decision.tell).toContain("standby");
  });

  it("is told to a person where no rule can be shed, and ends there", () => {
    const decision = decide(idle, SETTINGS, reading(100, { ...on, rules: [] }));
    expect(decision).toMatchObject({ phase: "idle", degree: { level: 0 } });
    expect(decision.tell).toContain("nothing to shed");
    expect(decision.nextSeconds).toBeUndefined();
  });

  it.each(["none-healthy", "empty", "unknown"] as const)("gives nothing to a group that is %s", (state) => {
    const health = { [WEB]: "healthy", [STANDBY]: state } as const;
    const decision = decide(shedTo(5), SETTINGS, reading(95, { ...on, health }));
    expect(decision).toMatchObject({ phase: "holding", degree: { level: 5 }, nextSeconds: 60 });
    expect(decision.tell).toContain("standby");
  });

  it("tells only once that a group is unfit", () => {
    const health = { [WEB]: "healthy", [STANDBY]: "empty" } as const;
    const { why } = decide(shedTo(5), SETTINGS, reading(95, { ...on, health }));
    expect(decide(shedTo(5, { why }), SETTINGS, reading(95, { ...on, health })).tell).toBeUndefined();
  });

  it("gives to a group that is meant to be empty", () => {
    const health = { [WEB]: "healthy", [STANDBY]: "empty" } as const;
    const settings = { ...SETTINGS, emptyGroups: [STANDBY] };
    expect(decide(shedTo(5), settings, reading(95, { ...on, health })).degree.level).toBe(10);
  });
});

describe("an alarm that is off", () => {
  it("changes nothing where nothing is shed, and ends the loop", () => {
    const decision = decide(idle, SETTINGS, reading(100));
    expect(decision).toMatchObject({ phase: "idle", degree: { level: 0 } });
    expect(decision.nextSeconds).toBeUndefined();
  });

  it("waits for the cool-down, no longer than that", () => {
    const decision = decide(shedTo(40), SETTINGS, reading(60, { alarm: alarm("OK", 30) }));
    expect(decision).toMatchObject({ phase: "holding", degree: { level: 40 }, nextSeconds: 90 });
  });

  it("gives one step back after another, and looks once more at the end", () => {
    expect(decide(shedTo(40), SETTINGS, reading(60))).toMatchObject({
      phase: "restoring",
      degree: { level: 35 },
      nextSeconds: 120,
    });
    expect(decide(shedTo(3), SETTINGS, reading(97))).toMatchObject({
      phase: "idle",
      degree: { level: 0 },
      nextSeconds: 120,
    });
  });

  it("waits while its metric says that giving back would only ring it again", () => {
    const near = alarm("OK", 600, { value: 396 });
    expect(decide(shedTo(50), SETTINGS, reading(50, { alarm: near }))).toMatchObject({
      phase: "holding",
      degree: { level: 50 },
    });
    const low = alarm("OK", 600, { value: 300 });
    expect(decide(shedTo(50), SETTINGS, reading(50, { alarm: low }))).toMatchObject({ degree: { level: 45 } });
  });

  it("does not keep load for ever because the metric stays between the thresholds", () => {
    const near = alarm("OK", 600, { value: 390 });
    const waited = shedTo(50, { changedAt: new Date(NOW - 600_000).toISOString() as typeof idle.changedAt });
    expect(decide(waited, SETTINGS, reading(50, { alarm: near }))).toMatchObject({ degree: { level: 45 } });
    const above = alarm("OK", 600, { value: 495 });
    expect(decide(waited, SETTINGS, reading(50, { alarm: above }))).toMatchObject({ degree: { level: 50 } });
  });

  it("does not count on a metric that does not count load to grow with it", () => {
    const latency = alarm("OK", 600, { value: 390, countsLoad: false });
    expect(decide(shedTo(95), SETTINGS, reading(5, { alarm: latency }))).toMatchObject({ degree: { level: 90 } });
  });

  it("gives nothing back to a primary without a healthy target", () => {
    const health = { [WEB]: "none-healthy", [STANDBY]: "healthy" } as const;
    const decision = decide(shedTo(40), SETTINGS, reading(60, { health }));
    expect(decision).toMatchObject({ phase: "holding", degree: { level: 40 }, nextSeconds: 120 });
    expect(decision.tell).toContain("web");
  });

  it("turns round when it comes on again", () => {
    const restoring = shedTo(40, { phase: "restoring", direction: "restore" });
    expect(decide(restoring, SETTINGS, reading(60, on))).toMatchObject({ phase: "shedding", degree: { level: 45 } });
  });
});

describe("an alarm without data", () => {
  it("goes on as before for the time that is set, then counts as off", () => {
    const short = { alarm: alarm("INSUFFICIENT_DATA", 60) };
    expect(decide(shedTo(40), SETTINGS, reading(60, short)).degree.level).toBe(45);
    expect(decide(shedTo(40, { direction: "restore" }), SETTINGS, reading(60, short)).degree.level).toBe(35);
    const long = { alarm: alarm("INSUFFICIENT_DATA", 3600) };
    expect(decide(shedTo(90), SETTINGS, reading(10, long)).degree.level).toBe(85);
    expect(decide(idle, SETTINGS, reading(100, short)).degree.level).toBe(0);
  });
});

describe("what ends it", () => {
  it("is an alarm that is gone: all is given back by steps, whatever comes, and a person is told once", () => {
    const decision = decide(shedTo(40), SETTINGS, reading(60, { alarm: "gone" }));
    expect(decision).toMatchObject({ degree: { level: 35 }, givingBack: true });
    expect(decision.tell).toContain("gone");
    const after = shedTo(35, { givingBack: true, why: decision.why });
    const next = decide(after, SETTINGS, reading(65, on));
    expect(next).toMatchObject({ degree: { level: 30 }, givingBack: true });
    expect(next.tell).toBeUndefined();
  });

  it("is the longest time that is allowed", () => {
    const settings = { ...SETTINGS, maxDurationSeconds: 600 };
    const decision = decide(shedTo(40), settings, reading(60, on));
    expect(decision).toMatchObject({ degree: { level: 35 }, givingBack: true, phase: "restoring" });
    expect(decision.tell).toContain("10 min");
    expect(decide(shedTo(40), { ...settings, maxDurationSeconds: 601 }, reading(60, on)).degree.level).toBe(45);
  });

  it("does not begin anew by itself once all is given back, as the alarm is on still", () => {
    const after = shedTo(3, { givingBack: true });
    const decision = decide(after, SETTINGS, reading(97, on));
    expect(decision).toMatchObject({ phase: "idle", degree: { level: 0 } });
    expect(decision.nextSeconds).toBeUndefined();
  });

  it("is a listener that is gone", () => {
    const decision = decide(shedTo(40), SETTINGS, reading(60, { rules: "gone", present: [] }));
    expect(decision).toMatchObject({ phase: "idle", forgets: true });
    expect(decision.tell).toContain("gone");
  });
});

describe("somebody else's change", () => {
  const foreign: Partial<ShedReading> = { ...on, rules: [{ rule: RULE, weights: { [WEB]: 50, [STANDBY]: 50 } }] };

  it("stops it, and is told once", () => {
    const decision = decide(shedTo(40), SETTINGS, reading(0, foreign));
    expect(decision).toMatchObject({ phase: "lost", degree: { level: 40 } });
    expect(decision.tell).toContain("web 50, standby 50");
    expect(decision.nextSeconds).toBeUndefined();
    const after = decide(shedTo(40, { phase: "lost", why: decision.why }), SETTINGS, reading(0, foreign));
    expect(after).toMatchObject({ phase: "lost" });
    expect(after.tell).toBeUndefined();
  });

  it("is also another group, and a rule that was rewritten", () => {
    const grown = [{ rule: RULE, weights: { [WEB]: 60, [STANDBY]: 40, other: 0 } }];
    expect(decide(shedTo(40), SETTINGS, reading(0, { rules: grown })).phase).toBe("lost");
    expect(decide(shedTo(40), SETTINGS, reading(0, { rules: [] })).phase).toBe("lost");
  });

  it("is not a rule that was deleted", () => {
    expect(decide(shedTo(40), SETTINGS, reading(0, { rules: [], present: [] })).phase).not.toBe("lost");
  });

  it("is not a step of our own that was cut short", () => {
    const rules = [{ rule: RULE, weights: { [WEB]: 55, [STANDBY]: 45 } }];
    const cut = shedTo(40, { pending: { degree: { level: 45, cap: 100 }, rules } });
    expect(decide(cut, SETTINGS, reading(55, on)).degree.level).toBe(45);
    expect(decide(cut, SETTINGS, reading(60, on)).degree.level).toBe(45);
    // Of which nothing was written: it is as if it had never been begun.
    expect(decide(cut, SETTINGS, reading(60)).degree.level).toBe(35);
    // First it is brought to its end, whatever the alarm says by then; the usual delay later it turns round.
    expect(decide(cut, SETTINGS, reading(55))).toMatchObject({ degree: { level: 45 }, nextSeconds: 60 });
  });

  it("does not end a step that was cut short beyond a cap that was lowered, nor in a group that is unfit", () => {
    const rules = [{ rule: RULE, weights: { [WEB]: 55, [STANDBY]: 45 } }];
    const cut = shedTo(40, { pending: { degree: { level: 45, cap: 100 }, rules } });
    expect(decide(cut, { ...SETTINGS, maxShedPercent: 40 }, reading(55, on)).degree.level).toBe(40);
    const health = { [WEB]: "healthy", [STANDBY]: "none-healthy" } as const;
    expect(decide(cut, SETTINGS, reading(55, { ...on, health }))).toMatchObject({
      phase: "holding",
      degree: { level: 40 },
    });
  });

  it("yields to a person who puts the recorded weights back, and to one who takes those that are there", () => {
    const lost = shedTo(40, { phase: "lost" });
    expect(decide(lost, SETTINGS, reading(0, foreign), { kind: "restore", now: true })).toMatchObject({
      phase: "idle",
      degree: { level: 0 },
    });
    expect(decide(lost, SETTINGS, reading(0, foreign), { kind: "accept" })).toMatchObject({
      phase: "idle",
      forgets: true,
    });
  });
});

describe("a person", () => {
  it("freezes it where it stands: nothing changes any more", () => {
    const decision = decide(shedTo(40), SETTINGS, reading(60, on), { kind: "freeze" });
    expect(decision).toMatchObject({ phase: "frozen", degree: { level: 40 } });
    expect(decision.nextSeconds).toBeUndefined();
    expect(decide(shedTo(40, { phase: "frozen" }), SETTINGS, reading(60, on))).toMatchObject({
      phase: "frozen",
      degree: { level: 40 },
    });
  });

  it("gives back by steps although the alarm is on, and it stays at that", () => {
    const decision = decide(shedTo(40), SETTINGS, reading(60, on), { kind: "restore", now: false });
    expect(decision).toMatchObject({ degree: { level: 35 }, givingBack: true });
  });

  it("sheds up to a level at once", () => {
    expect(decide(idle, SETTINGS, reading(100), { kind: "shed", level: 60 }).degree.level).toBe(60);
  });
});

it("is the same for the same reading, never beyond one step nor outside of 0 to the cap, and still while frozen or lost", () => {
  const percent = fc.integer({ min: 0, max: 100 });
  const step = fc.integer({ min: 1, max: 100 });
  const alarms = fc.oneof(
    fc.constant("gone" as const),
    fc
      .record({
        state: fc.constantFrom("ALARM", "OK", "INSUFFICIENT_DATA"),
        seconds: fc.integer({ min: 0, max: 7200 }),
        value: fc.option(fc.integer({ min: 0, max: 2000 }), { nil: undefined }),
      })
      .map(({ state, seconds, value }) => alarm(state, seconds, value === undefined ? {} : { value })),
  );
  const healths = fc.constantFrom("healthy", "none-healthy", "empty", "unknown");
  fc.assert(
    fc.property(
      fc.record({ level: percent, up: step, down: step, cap: percent, phase: fc.constantFrom(...SHED_PHASES) }),
      alarms,
      healths,
      healths,
      (how, alarm, web, standby) => {
        const settings = { ...SETTINGS, shedPercent: how.up, restorePercent: how.down, maxShedPercent: how.cap };
        const stand = shedTo(how.level, { phase: how.phase });
        const seen = reading(100 - how.level, { alarm, health: { [WEB]: web, [STANDBY]: standby } });
        const decision = decide(stand, settings, seen);
        expect(decide(stand, settings, seen)).toEqual(decision);
        const moved = decision.degree.level - how.level;
        expect(moved).toBeLessThanOrEqual(how.up);
        expect(moved).toBeGreaterThanOrEqual(-how.down);
        if (moved > 0) expect(decision.degree.level).toBeLessThanOrEqual(how.cap);
        if (how.phase === "frozen" || how.phase === "lost") expect(moved).toBe(0);
        // A loop that ends has given everything back.
        else if (decision.nextSeconds === undefined) expect(decision.degree.level).toBe(0);
      },
    ),
    { numRuns: 1000 },
  );
});

describe("a step back", () => {
  it("is as short as the metric wants it", () => {
    const near = alarm("OK", 600, { value: 380, valueSince: NOW });
    const settings = { ...SETTINGS, restorePercent: 40 };
    // 380 at half of the load: 400 at 52.6 %, so 2 of 40 points are safe (40, 20, 10, 5, 2, 1).
    expect(decide(shedTo(50), settings, reading(50, { alarm: near })).degree.level).toBe(48);
  });

  it("is a point from where the primary has no load: what that comes to has to show", () => {
    const settings = { ...SETTINGS, restorePercent: 50 };
    expect(decide(shedTo(100), settings, reading(0)).degree.level).toBe(99);
    const low = alarm("OK", 600, { value: 6, valueSince: NOW });
    expect(decide(shedTo(99), settings, reading(1, { alarm: low })).degree.level).toBe(49);
    const high = alarm("OK", 600, { value: 60, valueSince: NOW });
    expect(decide(shedTo(99), settings, reading(1, { alarm: high })).degree.level).toBe(96);
  });

  it("takes a metric from before the last change for what it may have been measured at", () => {
    const former = { former: { level: 75, cap: 100 } };
    const old = alarm("OK", 600, { value: 199, valueSince: NOW - 120_000 });
    // 199 at a quarter of the load, not at half of it.
    expect(decide(shedTo(50, former), SETTINGS, reading(50, { alarm: old })).phase).toBe("holding");
    const fresh = alarm("OK", 600, { value: 199, valueSince: NOW - 30_000 });
    expect(decide(shedTo(50, former), SETTINGS, reading(50, { alarm: fresh })).degree.level).toBe(45);
  });

  it("is looked for each restore delay, however long the cool-down is", () => {
    const settings = { ...SETTINGS, coolDownSeconds: 3600 };
    expect(decide(shedTo(40), settings, reading(60))).toMatchObject({ phase: "holding", nextSeconds: 120 });
  });
});
